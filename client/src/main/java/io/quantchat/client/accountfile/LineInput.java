package io.quantchat.client.accountfile;

import io.quantchat.client.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link LineOutput} has written. */
final class LineInput {

  /** Bytes of one line: no message, and no bundle, is near to it. */
  private static final int LONGEST = 16 * 1024 * 1024;

  private final PushbackInputStream in;
  private final SegmentCipher cipher;
  private byte[] segment = new byte[0];
  private int at;
  private boolean wasLast;
  private long lines;

  LineInput(InputStream in, SegmentCipher cipher) {
    this.in = new PushbackInputStream(in);
    this.cipher = cipher;
  }

  /** The number of the line that was read last, from 1 on. */
  long lines() {
    return lines;
  }

  /** The next line; nothing once all of the file is read and is whole. */
  Optional<Fields> next() {
    try {
      var line = new ByteArrayOutputStream();
      while (true) {
        if (at == segment.length && !fill()) {
          if (line.size() > 0) {
            throw Refusals.senseless(lines + 1, null);
          }
          return Optional.empty();
        }
        int end = at;
        while (end < segment.length && segment[end] != '\n') {
          end++;
        }
        line.write(segment, at, end - at);
        at = end;
        if (line.size() > LONGEST) {
          throw Refusals.senseless(lines + 1, null);
        }
        if (end < segment.length) {
          at++;
          lines++;
          return Optional.of(new Fields(lines, parsed(line.toByteArray())));
        }
      }
    } catch (IOException e) {
      throw Refusals.unreadable(e);
    }
  }

  /** Whether there is another segment. */
  private boolean fill() throws IOException {
    if (wasLast) {
      return false;
    }
    byte[] sealed = in.readNBytes(SegmentCipher.SEGMENT + SegmentCipher.TAG);
    int following = in.read();
    wasLast = following < 0;
    if (!wasLast) {
      in.unread(following);
    }
    if (sealed.length <= SegmentCipher.TAG) {
      throw Refusals.damaged();
    }
    segment = cipher.open(sealed, wasLast);
    at = 0;
    return true;
  }

  private Map<String, Object> parsed(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return Json.read(text)
          .flatMap(Json::object)
          .orElseThrow(() -> Refusals.senseless(lines, null));
    } catch (CharacterCodingException e) {
      throw Refusals.senseless(lines, e);
    }
  }
}
