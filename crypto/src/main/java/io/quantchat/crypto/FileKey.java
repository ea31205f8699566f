package io.quantchat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * What one file is sealed under, 32 random bytes. It travels inside the message, and whoever has it
 * can read the file and delete it on the server.
 */
public final class FileKey implements AutoCloseable {

  /** Bytes of a key. */
  public static final int SIZE = Aes256Gcm.KEY_SIZE;

  /** Bytes of what deletes the file. */
  public static final int DELETE_SECRET_SIZE = 32;

  static final String FIELD = "file key";

  private static final byte[] FILE = ascii("QuantChat file 1");
  private static final byte[] DELETE = ascii("QuantChat media delete 1");
  private static final byte[] NO_SALT = {};

  private final Secret key;

  private FileKey(Secret key) {
    this.key = key;
  }

  /** A fresh one: each file has its own. */
  public static FileKey generate(SecureRandom random) {
    var bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new FileKey(Secret.owning(bytes));
  }

  /**
   * One that was kept, or came in a message; the bytes are copied.
   *
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public static FileKey of(byte[] bytes) {
    RefusedException.requireSize(FIELD, bytes.length, SIZE);
    return new FileKey(Secret.copyOf(bytes));
  }

  /** The key to keep, a copy. The caller closes it. */
  public Secret toSecret() {
    return Secret.copyOf(key.bytes());
  }

  /**
   * What deletes the file on the server, 32 bytes: {@code HKDF-SHA256(key, no salt, "QuantChat
   * media delete 1")}. It opens nothing. The caller closes it.
   */
  public Secret deleteSecret() {
    return derived(NO_SALT, DELETE, DELETE_SECRET_SIZE);
  }

  /** SHA-256 of {@link #deleteSecret}, which the server knows it by. */
  public byte[] deleteHash() {
    try (Secret secret = deleteSecret()) {
      return Hash.SHA_256.of(secret.bytes());
    }
  }

  /** The AES-256 key of one sealing; the caller closes it. */
  Secret contentKey(byte[] salt) {
    return derived(salt, FILE, Aes256Gcm.KEY_SIZE);
  }

  private Secret derived(byte[] salt, byte[] info, int size) {
    try (Secret prk = Kdf.HKDF_SHA256.extract(salt, key)) {
      return Kdf.HKDF_SHA256.expand(prk, info, size);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Compares in a time that depends on the size alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FileKey file && key.equals(file.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "FileKey";
  }

  @Override
  public void close() {
    key.close();
  }
}
