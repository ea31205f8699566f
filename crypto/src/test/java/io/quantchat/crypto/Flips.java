package io.quantchat.crypto;

import java.util.stream.IntStream;

/** Which bits of a long field are flipped: one in so many, all of them in the slow profile. */
final class Flips {

  private static final int STRIDE = Integer.getInteger("quantchat.flip.stride", 199);

  private Flips() {}

  static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return flipped;
  }

  /** Every bit. */
  static IntStream all(byte[] bytes) {
    return IntStream.range(0, bytes.length * Byte.SIZE);
  }

  /** Those of the first and the last byte, and a sample of the others. */
  static IntStream sample(byte[] bytes) {
    int bits = bytes.length * Byte.SIZE;
    return IntStream.range(0, bits)
        .filter(bit -> bit < Byte.SIZE || bit >= bits - Byte.SIZE || bit % STRIDE == 0);
  }
}
