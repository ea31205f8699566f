package io.quantchat.infra.local.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A server's private key with its certificate.
 *
 * @param key of RSA, an elliptic curve or Ed25519
 * @param chain the server's certificate first
 */
record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

  /** What protects the key in memory, where whoever reads it has the key anyway. */
  static final String PASSWORD = "in memory";

  private static final byte[] PROBE = new byte[32];

  /**
   * Reads and checks both.
   *
   * @throws UnusableCertificate if they are no certificate and key, don't belong together, or the
   *     certificate isn't good now
   */
  static ServerIdentity of(CertificateFiles files, CertificateFiles.Content content, Instant now)
      throws UnusableCertificate {
    List<X509Certificate> chain = chain(files, content.certificate());
    X509Certificate own = chain.getFirst();
    PrivateKey key = key(files, content.key(), own.getPublicKey());
    if (!belongTogether(key, own.getPublicKey())) {
      throw new UnusableCertificate(
          "The key %s doesn't belong to the first certificate in %s: name the key that it was made for, or put the server's own certificate first."
              .formatted(files.key(), files.certificate()));
    }
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw new UnusableCertificate(
          "The certificate %s was good until %s: renew it."
              .formatted(files.certificate(), own.getNotAfter().toInstant()));
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw new UnusableCertificate(
          "The certificate %s is good from %s on: wait, or set this machine's clock."
              .formatted(files.certificate(), own.getNotBefore().toInstant()));
    }
    return new ServerIdentity(key, chain);
  }

  private static List<X509Certificate> chain(CertificateFiles files, String text)
      throws UnusableCertificate {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.parse(text)) {
        if (block.label().equals("CERTIFICATE")) {
          var bytes = new ByteArrayInputStream(block.bytes());
          chain.add((X509Certificate) certificates.generateCertificate(bytes));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new UnusableCertificate(
          "A certificate in %s is damaged: have it issued or copied anew."
              .formatted(files.certificate()),
          e);
    }
    if (chain.isEmpty()) {
      throw new UnusableCertificate(
          "There is no certificate in %s: name a file of PEM that has BEGIN CERTIFICATE in it."
              .formatted(files.certificate()));
    }
    requireOrder(files, chain);
    return chain;
  }

  private static void requireOrder(CertificateFiles files, List<X509Certificate> chain)
      throws UnusableCertificate {
    boolean ordered = Set.copyOf(chain).size() == chain.size();
    for (int i = 1; i < chain.size(); i++) {
      X500Principal signer = chain.get(i).getSubjectX500Principal();
      ordered &= chain.get(i - 1).getIssuerX500Principal().equals(signer);
    }
    if (!ordered) {
      throw new UnusableCertificate(
          "The certificates in %s are no chain: put the server's own first, and behind each the one that signed it."
              .formatted(files.certificate()));
    }
  }

  private static PrivateKey key(CertificateFiles files, String text, PublicKey publicKey)
      throws UnusableCertificate {
    for (PemBlock block : PemBlock.parse(text)) {
      boolean encrypted =
          block.label().equals("ENCRYPTED PRIVATE KEY") || block.isEncryptedTraditionally();
      if (encrypted) {
        throw new UnusableCertificate(
            "The key %s is encrypted: store it without its passphrase, such as by openssl pkey, readable by its owner alone."
                .formatted(files.key()));
      }
      try {
        switch (block.label()) {
          case "PRIVATE KEY" -> {
            return key(publicKey, block.bytes());
          }
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
            return key(publicKey, Der.pkcs8(publicKey.getEncoded(), block.bytes()));
          }
          default -> {
            // Such as the parameters of an elliptic curve, which the key itself names as well.
          }
        }
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new UnusableCertificate(
            "The key %s is damaged, or of another kind than the certificate's, which is %s."
                .formatted(files.key(), publicKey.getAlgorithm()),
            e);
      }
    }
    throw new UnusableCertificate(
        "There is no key in %s that can be used: it takes PEM with BEGIN PRIVATE KEY (PKCS#8), BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY."
            .formatted(files.key()));
  }

  private static PrivateKey key(PublicKey publicKey, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    try {
      Signature signature = Signature.getInstance(signatureOf(publicKey));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException unlike) {
      return false;
    }
  }

  private static String signatureOf(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** When the server's certificate ends. */
  Date goodUntil() {
    return chain.getFirst().getNotAfter();
  }

  /** Both, as the JDK's TLS takes them. */
  KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A key can't be kept in memory", e);
    }
  }
}
