package io.quantchat.infra.demo;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The secrets of one person: to log in with, and to encrypt their store under.
 *
 * @param password the server is told it
 * @param passphrase the server isn't
 */
record Secrets(String email, String password, String passphrase) {

  private static final int ADDRESS_BYTES = 3;
  private static final int SECRET_BYTES = 16;

  static Secrets of(String name, SecureRandom random) {
    return new Secrets(
        name.toLowerCase(Locale.ROOT) + "." + drawn(ADDRESS_BYTES, random) + "@example.org",
        drawn(SECRET_BYTES, random),
        drawn(SECRET_BYTES, random));
  }

  private static String drawn(int bytes, SecureRandom random) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** The address alone. */
  @Override
  public String toString() {
    return email;
  }
}
