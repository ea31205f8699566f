package io.quantchat.infra.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that one side has sent on one connection.
 *
 * @param requests how many, or answers, the one that opened a socket among them
 * @param frames how many were sent over a socket
 * @param plain requests with their heads, then what was in the frames, masks taken off
 */
record Heard(int requests, int frames, byte[] plain) {

  private static final String HEAD_ENDS = "\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]{1,9})\\s*$");
  private static final Pattern UPGRADE = Pattern.compile("(?im)^upgrade: *websocket\\s*$");

  /**
   * Reads HTTP/1.1 (RFC 9112) and WebSocket frames (RFC 6455, section 5.2), without extensions. The
   * last of them may be on its way still.
   */
  static Heard of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var plain = new ByteArrayOutputStream();
    int requests = 0;
    int at = 0;
    while (at < bytes.length) {
      int bodyBegins = endOfHead(text, at);
      String head = text.substring(at, bodyBegins);
      int end = Math.min(bytes.length, bodyBegins + lengthOfBody(head));
      plain.write(bytes, at, end - at);
      requests++;
      at = end;
      if (UPGRADE.matcher(head).find()) {
        ByteBuffer socket = ByteBuffer.wrap(bytes, at, bytes.length - at);
        return new Heard(requests, unmask(socket, plain), plain.toByteArray());
      }
    }
    return new Heard(requests, 0, plain.toByteArray());
  }

  /** All connections' together. */
  static Heard of(List<Heard> connections) {
    var plain = new ByteArrayOutputStream();
    int requests = 0;
    int frames = 0;
    for (Heard connection : connections) {
      requests += connection.requests;
      frames += connection.frames;
      plain.writeBytes(connection.plain);
    }
    return new Heard(requests, frames, plain.toByteArray());
  }

  private static int endOfHead(String text, int from) {
    int end = text.indexOf(HEAD_ENDS, from);
    return end < 0 ? text.length() : end + HEAD_ENDS.length();
  }

  private static int lengthOfBody(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /**
   * A client's are masked, a server's aren't. A text that is cut into several frames is whole
   * again.
   */
  private static int unmask(ByteBuffer frames, ByteArrayOutputStream plain) {
    int count = 0;
    while (frames.remaining() >= 2) {
      frames.get();
      byte second = frames.get();
      int masked = second < 0 ? Integer.BYTES : 0;
      long length = second & 0x7F;
      int extended = length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0;
      if (frames.remaining() < extended + masked) {
        return count;
      }
      if (extended > 0) {
        length =
            extended == Short.BYTES ? Short.toUnsignedLong(frames.getShort()) : frames.getLong();
      }
      byte[] mask = new byte[Integer.BYTES];
      frames.get(mask, 0, masked);
      byte[] payload = new byte[(int) Math.min(length, frames.remaining())];
      frames.get(payload);
      for (int i = 0; i < payload.length; i++) {
        plain.write(payload[i] ^ mask[i % mask.length]);
      }
      count++;
    }
    return count;
  }
}
