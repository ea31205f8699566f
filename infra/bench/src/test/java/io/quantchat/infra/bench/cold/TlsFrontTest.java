package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFrontTest {

  @TempDir static Path folder;

  private static Certificate certificate;

  @BeforeAll
  static void makeACertificate() throws IOException {
    certificate = Certificate.in(folder);
  }

  @Test
  void whoTrustsItsCertificateReachesTheServerBehindIt() throws Exception {
    try (FakeSockets sockets = FakeSockets.start();
        TlsFront front = TlsFront.before(sockets.port(), certificate);
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      HttpRequest post =
          HttpRequest.newBuilder(
                  URI.create("https://" + front.authority() + "/live/@connections/abc"))
              .POST(HttpRequest.BodyPublishers.ofString("hello"))
              .build();

      int status = client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();

      assertThat(status).isEqualTo(200);
      assertThat(sockets.posts()).isEqualTo(1);
    }
  }

  @Test
  void aCutEndsConnectionsAndNewOnesCanBeOpened() throws Exception {
    try (FakeSockets sockets = FakeSockets.start();
        TlsFront front = TlsFront.before(sockets.port(), certificate);
        Socket earlier = connect(front)) {
      front.cut();

      assertThat(isOpen(earlier)).isFalse();
      try (Socket later = connect(front)) {
        assertThat(later.isConnected()).isTrue();
      }
    }
  }

  @Test
  void whoTrustsOnlyTheWorldsCertificatesIsRefused() throws Exception {
    try (FakeSockets sockets = FakeSockets.start();
        TlsFront front = TlsFront.before(sockets.port(), certificate);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest get =
          HttpRequest.newBuilder(URI.create("https://" + front.authority() + "/")).build();

      assertThatThrownBy(() -> client.send(get, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private static SSLContext trusting() throws GeneralSecurityException, IOException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(certificate.trustStore().toFile(), (char[]) null));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static Socket connect(TlsFront front) throws IOException, GeneralSecurityException {
    URI uri = URI.create("https://" + front.authority());
    SSLSocket socket =
        (SSLSocket) trusting().getSocketFactory().createSocket(uri.getHost(), uri.getPort());
    socket.startHandshake();
    return socket;
  }

  /** Waits for the other side to say something or to end. */
  private static boolean isOpen(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketException | SSLException ended) {
      return false;
    }
  }
}
