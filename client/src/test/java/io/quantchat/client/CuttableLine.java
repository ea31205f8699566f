package io.quantchat.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, until the line is cut; new calls go through again. */
final class CuttableLine implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final Set<Socket> swallowing = ConcurrentHashMap.newKeySet();

  private CuttableLine(int target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
  }

  static CuttableLine to(int target) throws IOException {
    var line = new CuttableLine(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Breaks every connection, without a goodbye, by a reset. A mere end is lost by the JDK's
   * WebSocket if it comes before a frame has been told and the next one is asked for ({@code
   * TransportImpl.acknowledgeReception} throws then): only the next heartbeat would show it. All
   * are set to it before the first is shut, for the other end of a line is shut with it.
   */
  void cut() {
    ends.forEach(CuttableLine::resetWhenShut);
    ends.removeIf(
        end -> {
          shut(end);
          return true;
        });
  }

  private static void resetWhenShut(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException ended) {
      // By itself, before: there is nothing to break.
    }
  }

  /** From now on nothing comes through the connections that are open, nor do they end. */
  void swallow() {
    swallowing.addAll(ends);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        Socket far = new Socket("localhost", target);
        ends.add(near);
        ends.add(far);
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
      } catch (IOException closed) {
        // The next round sees whether it was the end.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    var bytes = new byte[8192];
    try {
      for (int read; (read = from.getInputStream().read(bytes)) >= 0; ) {
        if (!swallowing.contains(from)) {
          to.getOutputStream().write(bytes, 0, read);
        }
      }
    } catch (IOException cut) {
      // Then the other side is told by the close below.
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
    cut();
  }
}
