package io.quantchat.infra.local.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where a certificate and its key are, both as PEM.
 *
 * @param certificate the server's certificate first, then those that signed it, as certbot's {@code
 *     fullchain.pem} has them
 * @param key its private key, without a passphrase
 */
public record CertificateFiles(Path certificate, Path key) {

  /** Larger than any chain; whoever names another file by mistake waits for no gigabytes. */
  private static final int LONGEST = 1024 * 1024;

  /** The text of both files. */
  record Content(String certificate, String key) {

    @Override
    public String toString() {
      return "certificate and key";
    }
  }

  Content read() throws UnusableCertificate {
    String chain = read(certificate, "certificate");
    if (isOpenToAll(key)) {
      throw new UnusableCertificate(
          "The key %s can be read by every user of this machine: take that away, such as by chmod o= %s."
              .formatted(key, key));
    }
    return new Content(chain, read(key, "key"));
  }

  private static String read(Path file, String what) throws UnusableCertificate {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UnusableCertificate(
            "The %s %s is too large to be one: name a file of PEM.".formatted(what, file));
      }
      // Each byte a letter: what isn't PEM is refused as such, whatever it is.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new UnusableCertificate("There is no %s %s.".formatted(what, file), e);
    } catch (IOException e) {
      throw new UnusableCertificate(
          "The %s %s can't be read: let the user that runs this read it.".formatted(what, file), e);
    }
  }

  private static boolean isOpenToAll(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return PosixFilePermissions.toString(permissions).charAt(6) == 'r';
    } catch (IOException | UnsupportedOperationException unknown) {
      // Whether it is there and can be read is seen when it is read.
      return false;
    }
  }
}
