package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.Patience;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A WebSocket client that can do what polite ones can't: any frame, any header, no goodbye. */
final class TestSocket implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** One frame from the server. */
  record Received(int opCode, boolean fin, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** Code and reason of a close frame, such as {@code 1001 Going away}. */
    String closing() {
      if (opCode != CLOSE) {
        throw new AssertionError("no close frame but " + opCode + ": " + text());
      }
      if (payload.length == 0) {
        return "";
      }
      int code = ByteBuffer.wrap(payload).getShort();
      return code + " " + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private String status = "";
  private String connectionId = "";
  private final Map<String, String> headers = new LinkedHashMap<>();

  private TestSocket(InetAddress host, int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(host, port));
    socket.setSoTimeout((int) Patience.LONGEST.toMillis());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  static TestSocket connect(int port, String target, String... extraHeaders) throws IOException {
    TestSocket client = open(port, target, 0, extraHeaders);
    if (client.status() != 101) {
      throw new AssertionError("refused with " + client.status());
    }
    return client;
  }

  static TestSocket connectTo(InetAddress host, int port, String target) throws IOException {
    TestSocket client = new TestSocket(host, port, 0);
    client.sendHandshake(target);
    client.readAnswer();
    return client;
  }

  static TestSocket connectWithSmallBuffer(int port, String target) throws IOException {
    return open(port, target, 4096);
  }

  /** Shakes hands, whatever comes of it. */
  static TestSocket open(int port, String target, int receiveBuffer, String... extraHeaders)
      throws IOException {
    TestSocket client = new TestSocket(InetAddress.getLoopbackAddress(), port, receiveBuffer);
    client.sendHandshake(target, extraHeaders);
    client.readAnswer();
    return client;
  }

  /** Sends the handshake and doesn't wait for an answer. */
  static TestSocket begin(int port, String target) throws IOException {
    TestSocket client = new TestSocket(InetAddress.getLoopbackAddress(), port, 0);
    client.sendHandshake(target);
    return client;
  }

  private void sendHandshake(String target, String... extraHeaders) throws IOException {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost:"
            + socket.getPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: c2l4dGVlbiBieXRlcyE0Mg==\r\nUser-Agent: demo/1.0\r\n"
            + String.join(
                "", java.util.List.of(extraHeaders).stream().map(h -> h + "\r\n").toList())
            + "\r\n";
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void readAnswer() throws IOException {
    status = readLine();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
          line.substring(colon + 1).trim());
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed in the middle of the answer");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  int status() {
    return Integer.parseInt(status.substring(9, 12));
  }

  String header(String name) {
    return headers.get(name);
  }

  TestSocket identified(String id) {
    connectionId = id;
    return this;
  }

  String id() {
    return connectionId;
  }

  void send(String text) throws IOException {
    send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  void send(int opCode, boolean fin, byte[] payload) throws IOException {
    sendRaw((fin ? 0x80 : 0) | opCode, payload);
  }

  /** A masked frame whose first byte, flags and op code, is the caller's. */
  void sendRaw(int firstByte, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) firstByte);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.put(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask[i % 4]));
    }
    out.write(frame.array(), 0, frame.position());
    out.flush();
  }

  void sendClose(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    send(
        CLOSE, true, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  Received receive() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new Received(first & 0x0F, (first & 0x80) != 0, payload);
  }

  /** First byte, flags included, and payload of the next frame. */
  Map.Entry<Integer, byte[]> receiveRaw() throws IOException {
    int first = in.readUnsignedByte();
    byte[] payload = new byte[in.readUnsignedByte()];
    in.readFully(payload);
    return Map.entry(first, payload);
  }

  /** Waits for the server to say more, or to end the connection. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Cuts the connection with a TCP reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
