package io.quantchat.client.markdown;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file's text, in whichever encoding an editor has left it.
 *
 * @param certain whether the encoding is known; else it is a guess, which digests may bear out
 */
public record FileText(String text, boolean certain) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What editors for Windows call ANSI; Latin-1, as far as that has letters. */
  private static final String WESTERN = "windows-1252";

  /** Text that wasn't in a file. */
  public static FileText of(String text) {
    return new FileText(withoutMark(text), true);
  }

  public static FileText of(byte[] file) {
    if (file.length > 1) {
      // A mark, or the zero beside the first character, which is ASCII.
      int first = file[0] & 0xff;
      int second = file[1] & 0xff;
      if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
        return in(StandardCharsets.UTF_16BE, file);
      }
      if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
        return in(StandardCharsets.UTF_16LE, file);
      }
    }
    try {
      return of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException notUtf8) {
      Charset western =
          Charset.isSupported(WESTERN) ? Charset.forName(WESTERN) : StandardCharsets.ISO_8859_1;
      return new FileText(new String(file, western), false);
    }
  }

  private static FileText in(Charset charset, byte[] file) {
    try {
      return of(charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException damaged) {
      return new FileText(withoutMark(new String(file, charset)), false);
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
