package io.quantchat.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that opens sockets and doesn't keep them, and counts what it is asked. */
final class FickleServer implements AutoCloseable {

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final byte[] PONG = frame("{\"type\":\"pong\",\"payload\":{}}");
  private static final byte[] GOODBYE = {(byte) 0x88, 2, 3, (byte) 0xE9};

  private final ServerSocket listening;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger handshakes = new AtomicInteger();
  private final List<Socket> held = new CopyOnWriteArrayList<>();
  volatile Habit habit = Habit.CLOSES_AT_ONCE;
  volatile int ticketStatus = 200;

  /** What becomes of a socket. */
  enum Habit {
    CLOSES_AT_ONCE,
    CLOSES_AFTER_AN_ANSWER,
    HOLDS,

    /** Says nothing until it is told to. */
    HOLDS_SILENTLY,
  }

  FickleServer() {
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  Servers servers() {
    int port = listening.getLocalPort();
    return new Servers(
        URI.create("http://localhost:" + port), URI.create("ws://localhost:" + port + "/ws"));
  }

  /** All requests so far, handshakes included. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  int handshakes() {
    return handshakes.get();
  }

  /** By a reset: the JDK's WebSocket may miss an end without one while it handles a frame. */
  void dropHeld() {
    held.forEach(FickleServer::reset);
    held.clear();
  }

  /** Answers, late, over all that are held. */
  void answer() {
    for (Socket socket : held) {
      try {
        socket.getOutputStream().write(PONG);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket call = listening.accept();
        Thread.ofVirtual().start(() -> answer(call));
      } catch (IOException closed) {
        // The next round sees whether it was the end.
      }
    }
  }

  private void answer(Socket call) {
    try (call) {
      var in =
          new BufferedReader(
              new InputStreamReader(call.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        asked.add(line.substring(0, line.lastIndexOf(' ')).replaceAll("\\?.*", ""));
        int size = 0;
        String key = "";
        for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
          String name = header.toLowerCase(Locale.ROOT);
          if (name.startsWith("content-length:")) {
            size = Integer.parseInt(header.substring(15).strip());
          } else if (name.startsWith("sec-websocket-key:")) {
            key = header.substring(18).strip();
          }
        }
        in.skip(size);
        if (key.isEmpty()) {
          rest(call.getOutputStream(), asked.getLast());
        } else {
          socket(call, in, key);
          return;
        }
      }
    } catch (IOException cut) {
      // As on any network.
    }
  }

  private void rest(OutputStream out, String request) throws IOException {
    boolean isTicket = request.equals("POST /auth/socket-ticket");
    String body =
        isTicket ? "{\"ticket\":\"t\",\"detail\":\"no\"}" : "{\"messages\":[],\"detail\":\"no\"}";
    int status = isTicket || request.equals("POST /auth/refresh") ? ticketStatus : 503;
    if (request.equals("GET /relay/pending")) {
      status = 200;
    }
    out.write(
        ("HTTP/1.1 " + status + " x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
            .getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void socket(Socket call, BufferedReader in, String key) throws IOException {
    OutputStream out = call.getOutputStream();
    // Before the client can know: a test that does must find it counted.
    held.add(call);
    handshakes.incrementAndGet();
    out.write(
        ("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accepted(key)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    Habit now = habit;
    if (now == Habit.CLOSES_AFTER_AN_ANSWER || now == Habit.HOLDS) {
      out.write(PONG);
    }
    if (now == Habit.CLOSES_AFTER_AN_ANSWER || now == Habit.CLOSES_AT_ONCE) {
      out.write(GOODBYE);
    }
    out.flush();
    while (in.read() >= 0) {
      // Whatever the client says, until it goes.
    }
  }

  private static byte[] frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var frame = new byte[bytes.length + 2];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) bytes.length;
    System.arraycopy(bytes, 0, frame, 2, bytes.length);
    return frame;
  }

  private static String accepted(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    dropHeld();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
