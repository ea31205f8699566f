package io.quantchat.infra.local.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.server.GatewayServer;
import io.quantchat.infra.local.server.HealthCheck;
import io.quantchat.infra.local.server.ListeningPort;
import io.quantchat.infra.local.server.TrustedProxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, as real clients of TLS see them. */
class ServerCertificateTest {

  @TempDir private Path folder;

  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

  private ServerCertificate read(CertificateFiles files) throws UnusableCertificate {
    return ServerCertificate.read(files, Clock.systemUTC(), said::add);
  }

  private static GatewayServer serve(ServerCertificate certificate) throws IOException {
    var server =
        new GatewayServer(
            ListeningPort.take(0), TrustedProxies.NONE, Optional.of(certificate.tls()));
    server.start(List.of(new HealthCheck(() -> {})), line -> {});
    return server;
  }

  private static SSLSession connect(SSLContext context, GatewayServer server, String... protocols)
      throws IOException {
    try (var socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      return socket.getSession();
    }
  }

  private static X509Certificate shown(SSLContext context, GatewayServer server)
      throws IOException {
    return (X509Certificate) connect(context, server).getPeerCertificates()[0];
  }

  private void assertRefused(CertificateFiles files, String part) {
    assertThatExceptionOfType(UnusableCertificate.class)
        .isThrownBy(() -> read(files).close())
        .withMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void clientsAreAnsweredOverBothVersionsOfTls(String algorithm) throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost", algorithm);
    SSLContext trusting = TestCertificate.trusting(made);
    try (ServerCertificate certificate = read(made.files());
        GatewayServer server = serve(certificate)) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        SSLSession session = connect(trusting, server, version);

        assertThat(session.getProtocol()).isEqualTo(version);
        assertThat(session.getPeerCertificates()[0]).isEqualTo(made.certificate());
      }
    }
  }

  @Test
  void theWholeChainIsShownInItsOrder() throws Exception {
    TestCertificate own = TestCertificate.in(folder, "localhost");
    TestCertificate issuer = TestCertificate.in(folder, "issuer", "RSA");
    X509Certificate signed = own.signBy(issuer);
    try (ServerCertificate certificate = read(own.files());
        GatewayServer server = serve(certificate)) {
      assertThat(connect(TestCertificate.trusting(issuer), server).getPeerCertificates())
          .containsExactly(signed, issuer.certificate());
    }
  }

  @Test
  void certificatesThatDoNotFollowEachOtherAreOneSentence() throws Exception {
    TestCertificate own = TestCertificate.in(folder, "localhost");
    TestCertificate other = TestCertificate.in(folder, "other");
    String text = Files.readString(own.files().certificate());

    Files.writeString(
        own.files().certificate(), text + Files.readString(other.files().certificate()));
    assertRefused(own.files(), "are no chain");
    Files.writeString(own.files().certificate(), text + text);
    assertRefused(own.files(), "are no chain");
  }

  @Test
  void aClientThatTrustsOthersIsNotAnswered() throws Exception {
    TestCertificate own = TestCertificate.in(folder, "localhost");
    TestCertificate other = TestCertificate.in(folder, "other");
    try (ServerCertificate certificate = read(own.files());
        GatewayServer server = serve(certificate)) {
      assertThatThrownBy(() -> connect(TestCertificate.trusting(other), server))
          .isInstanceOf(SSLException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keysInOpensslsOwnFormAreTakenToo(String algorithm) throws Exception {
    Assumptions.assumeTrue(hasOpenssl(), "openssl is not installed");
    TestCertificate made = TestCertificate.in(folder, "localhost", algorithm);
    String traditional =
        TestCertificate.run(
            List.of("openssl", "pkey", "-traditional", "-in", made.files().key().toString()));
    made.writeKey(traditional);

    assertThat(traditional).startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
    try (ServerCertificate certificate = read(made.files());
        GatewayServer server = serve(certificate)) {
      assertThat(shown(TestCertificate.trusting(made), server)).isEqualTo(made.certificate());
    }
  }

  private static boolean hasOpenssl() {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "openssl")));
  }

  @Test
  void filesThatAreNoCertificateOrNoKeyAreOneSentence() throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost");
    Path nothing = folder.resolve("nothing");
    Path text = Files.writeString(folder.resolve("text"), "hello");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
    Path damaged =
        Files.writeString(
            folder.resolve("damaged"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Path garbage =
        Files.writeString(
            folder.resolve("garbage"),
            "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n");

    assertRefused(new CertificateFiles(nothing, made.files().key()), "There is no certificate");
    assertRefused(new CertificateFiles(folder, made.files().key()), "can't be read");
    assertRefused(new CertificateFiles(text, made.files().key()), "There is no certificate in");
    assertRefused(new CertificateFiles(damaged, made.files().key()), "is damaged");
    assertRefused(new CertificateFiles(garbage, made.files().key()), "is damaged");
    assertRefused(new CertificateFiles(made.files().certificate(), nothing), "There is no key");
    assertRefused(new CertificateFiles(made.files().certificate(), text), "There is no key in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aKeyOfAnotherCertificateIsOneSentence(String algorithm) throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost", "EC");
    TestCertificate other = TestCertificate.in(folder, "other", algorithm);

    assertRefused(
        new CertificateFiles(made.files().certificate(), other.files().key()),
        algorithm.equals("EC") ? "doesn't belong" : "of another kind than the certificate's");
  }

  @Test
  void aKeyWithAPassphraseIsOneSentence() throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost");

    made.writeKey(TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[16]));
    assertRefused(made.files(), "is encrypted");
    made.writeKey(
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    assertRefused(made.files(), "is encrypted");
  }

  @Test
  void aKeyThatEverybodyCanReadIsOneSentence() throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost");

    Files.setPosixFilePermissions(made.files().key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused(made.files(), "can be read by every user");

    // As distributions do it, with a group for whoever may serve TLS.
    Files.setPosixFilePermissions(made.files().key(), PosixFilePermissions.fromString("rw-r-----"));
    read(made.files()).close();
  }

  @Test
  void aCertificateThatIsOverOrNotYetGoodIsOneSentence() throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost", "EC", Duration.ofDays(1));
    Clock now = Clock.systemUTC();

    assertThatExceptionOfType(UnusableCertificate.class)
        .isThrownBy(
            () ->
                ServerCertificate.read(
                        made.files(), Clock.offset(now, Duration.ofDays(2)), said::add)
                    .close())
        .withMessageMatching("The certificate .* was good until .*: renew it\\.");
    assertThatExceptionOfType(UnusableCertificate.class)
        .isThrownBy(
            () ->
                ServerCertificate.read(
                        made.files(), Clock.offset(now, Duration.ofDays(-2)), said::add)
                    .close())
        .withMessageContaining("is good from");
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws Exception {
    TestCertificate old = TestCertificate.in(folder, "localhost");
    TestCertificate renewed = TestCertificate.in(folder, "renewed", "RSA");
    SSLContext both = TestCertificate.trusting(old, renewed);
    try (ServerCertificate certificate = read(old.files());
        GatewayServer server = serve(certificate)) {
      certificate.look();
      assertThat(said).isEmpty();

      old.renewWith(renewed);
      certificate.look();
      assertThat(shown(both, server)).as("not settled yet").isEqualTo(old.certificate());
      certificate.look();

      assertThat(shown(both, server)).isEqualTo(renewed.certificate());
      assertThat(certificate.goodUntil())
          .isEqualTo(renewed.certificate().getNotAfter().toInstant());
      assertThat(said).singleElement().asString().startsWith("The certificate was renewed");
    }
  }

  @Test
  void aRenewalThatCantBeUsedChangesNothingAndIsSaidOnce() throws Exception {
    TestCertificate old = TestCertificate.in(folder, "localhost");
    TestCertificate renewed = TestCertificate.in(folder, "renewed");
    SSLContext both = TestCertificate.trusting(old, renewed);
    try (ServerCertificate certificate = read(old.files());
        GatewayServer server = serve(certificate)) {
      // The certificate alone: its key is still the other's.
      Files.write(old.files().certificate(), Files.readAllBytes(renewed.files().certificate()));
      certificate.look();
      assertThat(said).isEmpty();
      certificate.look();
      certificate.look();

      assertThat(shown(both, server)).isEqualTo(old.certificate());
      assertThat(said).singleElement().asString().contains("isn't used").contains("belong");

      Files.write(old.files().key(), Files.readAllBytes(renewed.files().key()));
      certificate.look();
      certificate.look();

      assertThat(shown(both, server)).isEqualTo(renewed.certificate());
    }
  }

  @Test
  void aCertificateThatVanishesIsShownOn() throws Exception {
    TestCertificate made = TestCertificate.in(folder, "localhost");
    try (ServerCertificate certificate = read(made.files());
        GatewayServer server = serve(certificate)) {
      Files.delete(made.files().certificate());
      certificate.look();
      certificate.look();

      assertThat(shown(TestCertificate.trusting(made), server)).isEqualTo(made.certificate());
      assertThat(said).singleElement().asString().contains("There is no certificate");
    }
  }
}
