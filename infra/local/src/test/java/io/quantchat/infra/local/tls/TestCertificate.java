package io.quantchat.infra.local.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate for {@code localhost} that signs itself.
 *
 * <p>It is put together here: the JDK's keytool is a process of its own for each step, and takes
 * longer than all else that a test does.
 *
 * @param files both as PEM
 */
public record TestCertificate(CertificateFiles files, X509Certificate certificate, byte[] pkcs8) {

  private static final Duration GOOD_FOR = Duration.ofDays(90);

  /** RFC 8410, section 3. */
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  /** Makes one with a key for elliptic curves, the key readable by its owner alone. */
  public static TestCertificate in(Path folder, String name) throws Exception {
    return in(folder, name, "EC");
  }

  /**
   * The same of another kind.
   *
   * @param algorithm the JDK's name for the key's kind: RSA, EC or Ed25519
   */
  static TestCertificate in(Path folder, String name, String algorithm) throws Exception {
    return in(folder, name, algorithm, GOOD_FOR);
  }

  /** The same, good from now on for so long. */
  static TestCertificate in(Path folder, String name, String algorithm, Duration goodFor)
      throws Exception {
    KeyPair keys = generated(algorithm);
    var subject = new X500Name("CN=" + name);
    var certificate =
        signed(subject, keys.getPublic(), subject, SigningAlgorithm.of(keys.getPrivate()), goodFor);
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    var made =
        new TestCertificate(
            new CertificateFiles(folder.resolve(name + ".pem"), folder.resolve(name + ".key")),
            certificate,
            pkcs8);
    Files.writeString(made.files.certificate(), pem("CERTIFICATE", certificate.getEncoded()));
    made.writeKey(pem("PRIVATE KEY", pkcs8));
    return made;
  }

  private static KeyPair generated(String algorithm) throws GeneralSecurityException {
    return algorithm.equals("RSA")
        ? Rsa.KEYS
        : KeyPairGenerator.getInstance(algorithm).generateKeyPair();
  }

  /** One for all tests: without C2 its primes take as long to be found as several tests. */
  private static final class Rsa {
    static final KeyPair KEYS = generated();

    private static KeyPair generated() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        // The JDK's own choice, 3,072 bits, takes ten times as long.
        generator.initialize(2048);
        return generator.generateKeyPair();
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Puts a chain in the place of this one's certificate: its own, signed by another, and that. */
  X509Certificate signBy(TestCertificate issuer) throws Exception {
    PrivateKey issuersKey =
        KeyFactory.getInstance(issuer.certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(issuer.pkcs8));
    X509Certificate signed =
        signed(
            subjectOf(certificate),
            certificate.getPublicKey(),
            subjectOf(issuer.certificate),
            SigningAlgorithm.of(issuersKey),
            GOOD_FOR);
    Files.writeString(
        files.certificate(),
        "Bag Attributes\n"
            + pem("CERTIFICATE", signed.getEncoded())
            + Files.readString(issuer.files.certificate()));
    return signed;
  }

  private static X500Name subjectOf(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static X509Certificate signed(
      X500Name subject, PublicKey key, X500Name issuer, SigningAlgorithm signing, Duration goodFor)
      throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    var parts = new V3TBSCertificateGenerator();
    parts.setSerialNumber(new ASN1Integer(new BigInteger(64, new SecureRandom())));
    parts.setSubject(subject);
    parts.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    parts.setIssuer(issuer);
    parts.setStartDate(new Time(Date.from(now)));
    parts.setEndDate(new Time(Date.from(now.plus(goodFor))));
    parts.setSignature(signing.identifier);
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
    // One that others are signed by says that it may.
    extensions.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(subject.equals(issuer)));
    parts.setExtensions(extensions.generate());
    TBSCertificate toSign = parts.generateTBSCertificate();
    byte[] signature = signing.sign(toSign.getEncoded(ASN1Encoding.DER));
    var whole =
        new DERSequence(
            new ASN1Encodable[] {toSign, signing.identifier, new DERBitString(signature)});
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole.getEncoded(ASN1Encoding.DER)));
  }

  /** How a key signs, by the JDK's name and by the one in certificates. */
  private record SigningAlgorithm(PrivateKey key, String name, AlgorithmIdentifier identifier) {

    static SigningAlgorithm of(PrivateKey key) {
      return switch (key.getAlgorithm()) {
        case "RSA" ->
            new SigningAlgorithm(
                key,
                "SHA256withRSA",
                new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
        case "EC" ->
            new SigningAlgorithm(
                key,
                "SHA256withECDSA",
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        case "EdDSA" -> new SigningAlgorithm(key, "Ed25519", new AlgorithmIdentifier(ED25519));
        default -> throw new IllegalArgumentException("No certificates with " + key.getAlgorithm());
      };
    }

    byte[] sign(byte[] bytes) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(name);
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    }
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
