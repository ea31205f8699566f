package io.quantchat.infra.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A port that leads to a server on this machine, and keeps all that is said on it. */
final class Wiretap implements AutoCloseable {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int BUFFER = 16 * 1024;

  private final URI target;
  private final ServerSocket listening;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final Queue<ByteArrayOutputStream> said = new ConcurrentLinkedQueue<>();
  private final Queue<ByteArrayOutputStream> answered = new ConcurrentLinkedQueue<>();

  private Wiretap(URI target) {
    this.target = target;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("The demo needs a port to listen on", e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** One on the line to a server; none where there is TLS, or another machine. */
  static Optional<Wiretap> on(URI target) {
    boolean readable = "http".equals(target.getScheme()) || "ws".equals(target.getScheme());
    return readable && target.getPort() > 0 && THIS_MACHINE.contains(target.getHost())
        ? Optional.of(new Wiretap(target))
        : Optional.empty();
  }

  /** The URL that clients are to call instead. */
  URI url() {
    return URI.create(
        target.getScheme() + "://127.0.0.1:" + listening.getLocalPort() + target.getRawPath());
  }

  /** All that clients have said until now. */
  Heard heard() {
    return heard(said);
  }

  /** All that clients have been told until now. */
  Heard answers() {
    return heard(answered);
  }

  private static Heard heard(Queue<ByteArrayOutputStream> connections) {
    return Heard.of(connections.stream().map(bytes -> Heard.of(bytes.toByteArray())).toList());
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        ends.add(near);
        Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException closed) {
        // The next round sees whether it was the end.
      }
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(target.getHost(), target.getPort());
      ends.add(far);
      var connection = new ByteArrayOutputStream();
      said.add(connection);
      var answers = new ByteArrayOutputStream();
      answered.add(answers);
      Thread.ofVirtual().start(() -> pass(far, near, answers));
      pass(near, far, connection);
    } catch (IOException nobodyThere) {
      shut(near);
    }
  }

  /** Kept before it is passed on: what either side has acted on was heard. */
  private static void pass(Socket from, Socket to, OutputStream kept) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        kept.write(buffer, 0, n);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException gone) {
      // The other side is told by the close below.
    }
    shut(from);
    shut(to);
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ends.forEach(Wiretap::shut);
  }
}
