package io.quantchat.infra.bench.cold;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@link #HOST}, made for one run of the bench.
 *
 * @param context for servers that show it
 * @param trustStore the JDK's own certificates and this one: as many to read as on Lambda
 */
record Certificate(SSLContext context, Path trustStore) {

  static final String HOST = "localhost";

  /** Not a secret: what it locks lies beside it, and is thrown away. */
  private static final String PASSWORD = "quantchat-bench";

  private static final String ALIAS = "bench";
  private static final String FORMAT = "PKCS12";

  /** Makes one, with its files in a folder. */
  static Certificate in(Path folder) throws IOException {
    Path file = folder.resolve("bench.p12");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + HOST,
            "-ext",
            "san=dns:" + HOST,
            "-validity",
            "2",
            "-storetype",
            FORMAT,
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD));
    try {
      KeyStore keys = read(file, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, new SecureRandom());
      return new Certificate(context, trustStore(folder, keys.getCertificate(ALIAS)));
    } catch (GeneralSecurityException unusable) {
      throw new IOException("The bench's certificate can't be used", unusable);
    }
  }

  /** The options that a JVM needs to accept it. */
  List<String> options() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore,
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private static Path trustStore(Path folder, java.security.cert.Certificate own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted =
        read(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"), null);
    trusted.setCertificateEntry(ALIAS, own);
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static KeyStore read(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(FORMAT);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  /** Java signs certificates by its command line alone. */
  private static void keytool(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      String words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("keytool made no certificate: " + words);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a certificate was made", interrupted);
    }
  }
}
