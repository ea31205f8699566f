package io.quantchat.infra.bench.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** A WebSocket client of RFC 6455 that does no more than the relay's frames need. */
final class FrameConnection implements AutoCloseable {

  private static final int USUAL_BUFFER = 16 * 1024;
  private static final int SMALL_BUFFER = 256;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private byte[] payload = new byte[0];
  private int length;

  private FrameConnection(Socket socket, int buffer) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), buffer));
    this.out = socket.getOutputStream();
  }

  /**
   * Opens one with an access token.
   *
   * @param url such as {@code ws://localhost:8080/ws}
   */
  static FrameConnection open(URI url, String token) throws IOException {
    return open(url, token, USUAL_BUFFER);
  }

  /** One on which little is expected to come: there may be thousands of them. */
  static FrameConnection openIdle(URI url, String token) throws IOException {
    return open(url, token, SMALL_BUFFER);
  }

  private static FrameConnection open(URI url, String token, int buffer) throws IOException {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    FrameConnection connection = new FrameConnection(HttpConnection.connect(url), buffer);
    connection.out.write(
        """
        GET %s?token=%s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: %s\r
        \r
        """
            .formatted(
                url.getPath(), token, url.getAuthority(), Base64.getEncoder().encodeToString(key))
            .getBytes(StandardCharsets.US_ASCII));
    int status = connection.readHandshake();
    if (status != SWITCHING_PROTOCOLS) {
      connection.close();
      throw new IOException("The socket was refused with status " + status);
    }
    connection.socket.setSoTimeout(0);
    return connection;
  }

  /** The status; all up to the first frame is read. */
  private int readHandshake() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  /**
   * Waits for the next text frame; pings are answered meanwhile.
   *
   * @return whether there is one: false once the socket is closed
   */
  boolean next() throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      readPayload();
      switch (first) {
        case FINAL | TEXT -> {
          return true;
        }
        case FINAL | PING -> write(PONG, payload, length);
        case FINAL | PONG -> {}
        case FINAL | CLOSE -> {
          return false;
        }
        default -> throw new IOException("A frame came in parts, or binary");
      }
    }
  }

  private void readPayload() throws IOException {
    int told = in.readUnsignedByte();
    long announced =
        switch (told) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> told;
        };
    if (announced < 0 || announced > 256 * 1024) {
      throw new EOFException("A frame of " + announced + " bytes came");
    }
    length = (int) announced;
    if (payload.length < length) {
      payload = new byte[length];
    }
    in.readFully(payload, 0, length);
  }

  /** Whether the other side has not closed it. Frames that have come are dropped. */
  boolean isOpen() throws IOException {
    socket.setSoTimeout(1);
    try {
      return next();
    } catch (SocketTimeoutException nothingCame) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  /** The text of the frame that {@link #next} found, valid until it is called again. */
  ByteBuffer text() {
    return ByteBuffer.wrap(payload, 0, length);
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(TEXT, bytes, bytes.length);
  }

  /** A client must mask; a mask of zeros is one, and changes nothing. */
  private synchronized void write(int type, byte[] bytes, int count) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(count + 8);
    frame.put((byte) (FINAL | type));
    if (count < 126) {
      frame.put((byte) (MASKED | count));
    } else {
      frame.put((byte) (MASKED | 126)).putShort((short) count);
    }
    frame.putInt(0).put(bytes, 0, count);
    out.write(frame.array(), 0, frame.position());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
