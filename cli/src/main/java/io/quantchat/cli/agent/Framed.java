package io.quantchat.cli.agent;

import io.quantchat.client.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Frames on a socket, one thread reading and one writing. A frame that came in half is none: the
 * connection has ended.
 */
final class Framed implements AutoCloseable {

  /** Bytes of the largest frame: a whole import, with each character of its text escaped. */
  static final int LARGEST = 1 << 30;

  /** Bytes of the largest frame before it is known who speaks. */
  static final int LARGEST_HELLO = 4096;

  /** What is announced and doesn't come takes no more memory than this. */
  private static final int CHUNK = 1 << 16;

  private final SocketChannel channel;

  Framed(SocketChannel channel) {
    this.channel = channel;
  }

  static byte[] encoded(Map<String, ?> frame) {
    return Json.ascii(frame).getBytes(StandardCharsets.US_ASCII);
  }

  void write(byte[] frame) throws IOException {
    var length = ByteBuffer.allocate(Integer.BYTES).putInt(0, frame.length);
    writeAll(length);
    writeAll(ByteBuffer.wrap(frame));
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * The next frame.
   *
   * @param largest bytes
   * @throws IOException at the end, and where it is no frame
   */
  Map<String, Object> read(int largest) throws IOException {
    int length = readAll(Integer.BYTES).getInt();
    if (length < 0 || length > largest) {
      throw new IOException("A frame is too long");
    }
    String json = StandardCharsets.US_ASCII.decode(readAll(length)).toString();
    return Json.read(json)
        .flatMap(Json::object)
        .orElseThrow(() -> new IOException("A frame is no JSON object"));
  }

  private ByteBuffer readAll(int length) throws IOException {
    var bytes = new byte[Math.min(length, CHUNK)];
    int size = 0;
    while (size < length) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * size));
      }
      int read = channel.read(ByteBuffer.wrap(bytes, size, bytes.length - size));
      if (read < 0) {
        throw new EOFException("The connection has ended");
      }
      size += read;
    }
    return ByteBuffer.wrap(bytes, 0, length);
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException gone) {
      // That is what was wanted.
    }
  }
}
