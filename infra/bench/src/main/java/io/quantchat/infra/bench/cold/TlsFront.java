package io.quantchat.infra.bench.cold;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS in front of a plain server on loopback, as AWS has it in front of everything: a handshake and
 * its classes are part of a cold start. Its connections can be cut, which is what a snapshot does
 * to those it was taken with.
 */
final class TlsFront implements AutoCloseable {

  private final ServerSocket server;
  private final SSLSocketFactory tls;
  private final int target;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsFront(ServerSocket server, SSLSocketFactory tls, int target) {
    this.server = server;
    this.tls = tls;
    this.target = target;
  }

  /**
   * Listens on a port that the system picks.
   *
   * @param target the plain server's port
   */
  static TlsFront before(int target, Certificate certificate) throws IOException {
    TlsFront front =
        new TlsFront(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            certificate.context().getSocketFactory(),
            target);
    front.threads.execute(front::accept);
    return front;
  }

  /** Host and port. */
  String authority() {
    return Certificate.HOST + ":" + server.getLocalPort();
  }

  /** Closes every connection; new ones can be opened. */
  void cut() {
    for (Socket socket : open) {
      close(socket);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** TLS is laid over a plain socket, so that this one can be cut: TLS would wait for a goodbye. */
  private void serve(Socket client) {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.setTcpNoDelay(true);
      plain.setTcpNoDelay(true);
      SSLSocket secured =
          (SSLSocket) tls.createSocket(client, Certificate.HOST, client.getPort(), false);
      secured.setUseClientMode(false);
      threads.execute(() -> pump(plain, secured, client));
      pump(secured, plain, client);
    } catch (IOException refused) {
      close(client);
    }
  }

  /** Until one of both ends: then the client is cut off, which ends the other direction, too. */
  private void pump(Socket from, Socket to, Socket client) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException cut) {
      // Closed below, like one that has ended.
    } finally {
      close(client);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // What was wanted.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    threads.shutdownNow();
  }
}
