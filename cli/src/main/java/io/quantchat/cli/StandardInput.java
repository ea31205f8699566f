package io.quantchat.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text from a stream: UTF-8, bounded. */
final class StandardInput {

  private StandardInput() {}

  /**
   * All of it.
   *
   * @param most bytes
   * @throws CommandException where it is more, or no UTF-8
   */
  static String all(InputStream in, int most) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(in, most)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CommandException(Exit.USAGE, "Text must be UTF-8.", e);
    }
  }

  /**
   * All of it, in whichever encoding.
   *
   * @param most bytes
   * @throws CommandException where it is more
   */
  static byte[] bytes(InputStream in, int most) {
    try {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new CommandException(Exit.USAGE, "That is more than " + most + " bytes: split it.");
      }
      return bytes;
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The text can't be read.", e);
    }
  }

  /** The next line without its end; nothing at the end. What isn't UTF-8 in it is marked. */
  static Optional<String> line(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = in.read();
    }
    String line = bytes.toString(StandardCharsets.UTF_8);
    return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }
}
