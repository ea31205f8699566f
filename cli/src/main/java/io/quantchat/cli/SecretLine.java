package io.quantchat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a line that is a secret: not a byte beyond its end, and no copy of it stays. */
final class SecretLine {

  /** Bytes of UTF-8; the server takes passwords of 1,024 characters. */
  private static final int LONGEST = 4096;

  private SecretLine() {}

  /**
   * @return the line without its end, the caller's to wipe; empty at the end of the stream
   * @throws CommandException where it is too long, or isn't UTF-8
   */
  static char[] read(InputStream in) throws IOException {
    var bytes = new byte[LONGEST];
    int size = 0;
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (size == LONGEST) {
          throw new CommandException(Exit.USAGE, "A secret has 4096 bytes at most.");
        }
        bytes[size++] = (byte) next;
      }
      if (size > 0 && bytes[size - 1] == '\r') {
        size--;
      }
      return decoded(bytes, size);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static char[] decoded(byte[] bytes, int size) {
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size));
      char[] secret = Arrays.copyOf(decoded.array(), decoded.length());
      Arrays.fill(decoded.array(), '\0');
      return secret;
    } catch (CharacterCodingException e) {
      throw new CommandException(Exit.USAGE, "A secret must be UTF-8.");
    }
  }
}
