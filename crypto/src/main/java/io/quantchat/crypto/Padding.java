package io.quantchat.crypto;

import java.util.Arrays;

/**
 * Hides a text's length: behind the text one byte 0x80, then zeros (ISO/IEC 7816-4), up to {@value
 * #LEAST_SIZE} bytes or to the next size of Padmé (Nikitin et al., "Reducing Metadata Leakage from
 * Encrypted Files and Communication with PURBs", 2019), which adds at most 12 % and leaks O(log
 * log) bits.
 */
final class Padding {

  /** The size that short texts are brought to. */
  static final int LEAST_SIZE = 256;

  /** Base64 of this and of the largest envelope around it fit into a request. */
  static final int MOST_SIZE = 64 * 1024;

  /** Bytes of the longest text. */
  static final int LONGEST_TEXT = MOST_SIZE - 1;

  private static final byte END = (byte) 0x80;
  private static final String FIELD = "encrypted_content";

  private Padding() {}

  /**
   * The caller closes it.
   *
   * @throws RefusedException EXTENDED for a text that is too long
   */
  static Secret pad(byte[] text) {
    RefusedException.requireSize("plaintext", text.length, 0, LONGEST_TEXT);
    byte[] padded = Arrays.copyOf(text, paddedSize(text.length + 1));
    padded[text.length] = END;
    return Secret.owning(padded);
  }

  /**
   * The text, a copy.
   *
   * @throws RefusedException MALFORMED for what {@link #pad} never gives
   */
  static byte[] unpad(Secret padded) {
    byte[] bytes = padded.bytes();
    int end = bytes.length - 1;
    while (end >= 0 && bytes[end] == 0) {
      end--;
    }
    RefusedException.require(
        end >= 0 && bytes[end] == END && paddedSize(end + 1) == bytes.length,
        Refusal.MALFORMED,
        FIELD);
    return Arrays.copyOf(bytes, end);
  }

  static boolean isPaddedSize(int size) {
    return paddedSize(size) == size;
  }

  static int paddedSize(int size) {
    return size <= LEAST_SIZE ? LEAST_SIZE : (int) padme(size);
  }

  /**
   * Padmé: of a size's binary digits, as many as its length has digits may be other than 0.
   *
   * @param size at least 2
   */
  static long padme(long size) {
    int exponent = floorLog2(size);
    long mask = (1L << (exponent - (floorLog2(exponent) + 1))) - 1;
    return (size + mask) & ~mask;
  }

  private static int floorLog2(long value) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
  }
}
