package io.quantchat.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Bytes that are overwritten once they are done with. The collector may have moved, and so copied,
 * them before: this shortens their life, it can't promise an end of it.
 */
public final class Secret implements AutoCloseable {

  private final byte[] bytes;
  private boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes the bytes over: they are wiped with this. */
  public static Secret owning(byte[] bytes) {
    return new Secret(bytes);
  }

  /** Copies the bytes. */
  static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /**
   * The bytes themselves, not a copy: gone when this is closed.
   *
   * @throws IllegalStateException after closing
   */
  public byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("This secret was wiped");
    }
    return bytes;
  }

  /** A part of the bytes, to be closed by itself. */
  Secret slice(int from, int to) {
    return new Secret(Arrays.copyOfRange(bytes(), from, to));
  }

  /** Compares in a time that depends on the size alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  /** The same for all: a secret is no key of a map. */
  @Override
  public int hashCode() {
    return 0;
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Secret";
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }
}
