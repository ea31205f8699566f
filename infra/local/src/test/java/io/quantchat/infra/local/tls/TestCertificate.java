package io.quantchat.infra.local.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} that signs itself, made by the JDK's keytool.
 *
 * @param files both as PEM
 */
public record TestCertificate(CertificateFiles files, X509Certificate certificate, byte[] pkcs8) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes one, its key readable by its owner alone.
   *
   * @param options more of keytool's, such as for the key's kind
   */
  public static TestCertificate in(Path folder, String name, String... options) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    command.addAll(options.length == 0 ? List.of("-keyalg", "EC") : List.of(options));
    run(command);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] pkcs8 = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
    var certificate = (X509Certificate) keys.getCertificate(name);
    var made =
        new TestCertificate(
            new CertificateFiles(folder.resolve(name + ".pem"), folder.resolve(name + ".key")),
            certificate,
            pkcs8);
    Files.writeString(made.files.certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    made.writeKey(pem("PRIVATE KEY", pkcs8));
    return made;
  }

  /** Puts a chain in the place of this one's certificate: its own, signed by another, and that. */
  X509Certificate signBy(TestCertificate issuer) throws Exception {
    Path folder = files.certificate().getParent();
    Path request = folder.resolve("request");
    Path signed = folder.resolve("signed");
    keytool(this, "-certreq", "-file", request.toString());
    keytool(
        issuer,
        "-gencert",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString(),
        "-ext",
        "SAN=dns:localhost");
    Files.writeString(
        files.certificate(),
        "Bag Attributes\n"
            + Files.readString(signed)
            + Files.readString(issuer.files.certificate()));
    try (InputStream in = Files.newInputStream(signed)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void keytool(TestCertificate whose, String... words) throws Exception {
    String file = whose.files.key().toString();
    String store = file.substring(0, file.length() - ".key".length());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-alias", Path.of(store).getFileName().toString()));
    command.addAll(List.of("-keystore", store + ".p12", "-storepass", PASSWORD));
    run(command);
  }

  static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  static String pem(String label, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
  }

  void writeKey(String text) throws Exception {
    Files.writeString(files.key(), text);
    Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
  }

  /** Overwrites the files with another's, as a renewal does. */
  public void renewWith(TestCertificate other) throws Exception {
    Files.write(files.certificate(), Files.readAllBytes(other.files.certificate()));
    Files.write(files.key(), Files.readAllBytes(other.files.key()));
  }

  /** What a client has that trusts these and nobody else. */
  public static SSLContext trusting(TestCertificate... trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (TestCertificate each : trusted) {
      store.setCertificateEntry(
          each.certificate.getSubjectX500Principal().getName(), each.certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), new SecureRandom());
    return context;
  }
}
