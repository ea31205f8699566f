package io.quantchat.infra.local.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What the server shows to its clients over TLS 1.2 and 1.3. Renewed files are taken without a
 * restart: new connections see the new certificate, those that are open keep theirs. Files that
 * can't be used change nothing, and it is said once why.
 */
public final class ServerCertificate implements AutoCloseable {

  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(10);

  private final CertificateFiles files;
  private final Clock clock;
  private final Consumer<String> log;
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificate").factory());

  private CertificateFiles.Content used;
  private CertificateFiles.Content seen;
  private String complaint = "";
  private volatile Instant goodUntil;

  private ServerCertificate(
      CertificateFiles files,
      CertificateFiles.Content content,
      ServerIdentity identity,
      Clock clock,
      Consumer<String> log) {
    this.files = files;
    this.clock = clock;
    this.log = log;
    this.used = content;
    this.seen = content;
    this.goodUntil = identity.goodUntil().toInstant();
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    tls.setRenegotiationAllowed(false);
    tls.setKeyStorePassword(ServerIdentity.PASSWORD);
    tls.setKeyStore(identity.keyStore());
  }

  /**
   * Reads the files.
   *
   * @param log is told in one line when they were renewed, and why a renewal can't be used
   * @throws UnusableCertificate if they can't be used
   */
  public static ServerCertificate read(CertificateFiles files, Clock clock, Consumer<String> log)
      throws UnusableCertificate {
    CertificateFiles.Content content = files.read();
    ServerIdentity identity = ServerIdentity.of(files, content, clock.instant());
    return new ServerCertificate(files, content, identity, clock, log);
  }

  /** For the server's connectors. */
  public SslContextFactory.Server tls() {
    return tls;
  }

  /** When the certificate that is shown ends. */
  public Instant goodUntil() {
    return goodUntil;
  }

  /** From now on looks after the files, every few seconds. */
  public void follow() {
    var _ =
        looking.scheduleWithFixedDelay(
            this::look,
            LOOKED_AT_EVERY.toMillis(),
            LOOKED_AT_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Takes files that have changed, once they stay the same from one look to the next: a renewal
   * writes one file after the other.
   */
  synchronized void look() {
    try {
      CertificateFiles.Content now = files.read();
      boolean settled = now.equals(seen);
      seen = now;
      if (settled && !now.equals(used)) {
        use(now);
      }
      if (settled) {
        complaint = "";
      }
    } catch (UnusableCertificate e) {
      complain(e.getMessage());
    } catch (Exception e) {
      complain("The certificate can't be taken: " + e);
    }
  }

  private void use(CertificateFiles.Content content) throws Exception {
    ServerIdentity identity = ServerIdentity.of(files, content, clock.instant());
    tls.reload(factory -> factory.setKeyStore(identity.keyStore()));
    used = content;
    goodUntil = identity.goodUntil().toInstant();
    log.accept("The certificate was renewed; it is good until " + goodUntil + ".");
  }

  private void complain(String why) {
    if (!why.equals(complaint)) {
      complaint = why;
      log.accept("The renewed certificate isn't used, the one before it is: " + why);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
