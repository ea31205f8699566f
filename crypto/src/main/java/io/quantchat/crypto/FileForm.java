package io.quantchat.crypto;

/**
 * Sizes of a sealed file: those of Tink's AES-GCM-HKDF streaming AEAD, over a file that zeros bring
 * to a size of Padmé.
 *
 * <pre>
 * sealed = header ‖ segment 0 ‖ segment 1 ‖ ... ‖ last segment
 * header = 40 ‖ salt(32) ‖ nonce prefix(7)
 * </pre>
 *
 * Header and first segment together, and each segment after them, are 65,536 bytes, the last one
 * what is left; 16 bytes of each segment are its tag.
 */
final class FileForm {

  /** Bytes of the largest file. */
  static final long MOST_SIZE = 100L << 20;

  /** Bytes that a small file is brought to. */
  static final int LEAST_PADDED = 4096;

  /** Bytes of a segment as it is sealed, the header counted to the first. */
  static final int SEGMENT = 64 * 1024;

  static final int SALT = 32;
  static final int PREFIX = 7;
  static final int HEADER = 1 + SALT + PREFIX;

  static final String SEALED_FIELD = "sealed file";
  static final String FILE_FIELD = "file";

  private FileForm() {}

  /** Bytes of the file that a segment holds. */
  static int capacity(long segment) {
    return SEGMENT - Aes256Gcm.TAG_SIZE - (segment == 0 ? HEADER : 0);
  }

  /**
   * Bytes of a file with its zeros.
   *
   * @throws RefusedException TRUNCATED below 0, EXTENDED above {@link #MOST_SIZE}
   */
  static long paddedSize(long size) {
    RefusedException.require(size >= 0, Refusal.TRUNCATED, FILE_FIELD);
    RefusedException.require(size <= MOST_SIZE, Refusal.EXTENDED, FILE_FIELD);
    return Padding.padme(Math.max(size, LEAST_PADDED));
  }

  /**
   * Bytes of a sealed file.
   *
   * @throws RefusedException TRUNCATED below 0, EXTENDED above {@link #MOST_SIZE}
   */
  static long sealedSize(long size) {
    long padded = paddedSize(size);
    long segments = Math.ceilDiv(padded + HEADER, SEGMENT - Aes256Gcm.TAG_SIZE);
    return HEADER + padded + segments * Aes256Gcm.TAG_SIZE;
  }
}
