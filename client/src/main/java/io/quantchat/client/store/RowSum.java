package io.quantchat.client.store;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sum of rows' digests, modulo 2^256: the same for the same rows in whatever order they came and
 * went (MSet-Add-Hash: Clarke and others, "Incremental Multiset Hash Functions", 2003).
 */
final class RowSum {

  /** Of a digest. Bytes. */
  static final int SIZE = 32;

  private static final int WORDS = SIZE / Long.BYTES;

  /** The least significant first. */
  private final long[] words = new long[WORDS];

  private long rows;
  private long changes;

  void add(byte[] digest) {
    ByteBuffer summand = ByteBuffer.wrap(digest);
    long carry = 0;
    for (int i = 0; i < WORDS; i++) {
      long augend = words[i];
      long sum = augend + summand.getLong(i * Long.BYTES);
      long next = sum + carry;
      carry = Long.compareUnsigned(sum, augend) < 0 || Long.compareUnsigned(next, sum) < 0 ? 1 : 0;
      words[i] = next;
    }
    rows++;
    changes++;
  }

  void subtract(byte[] digest) {
    ByteBuffer subtrahend = ByteBuffer.wrap(digest);
    long borrow = 0;
    for (int i = 0; i < WORDS; i++) {
      long minuend = words[i];
      long difference = minuend - subtrahend.getLong(i * Long.BYTES);
      long next = difference - borrow;
      borrow =
          Long.compareUnsigned(difference, minuend) > 0
                  || Long.compareUnsigned(next, difference) > 0
              ? 1
              : 0;
      words[i] = next;
    }
    rows--;
    changes++;
  }

  void clear() {
    Arrays.fill(words, 0);
    rows = 0;
    changes++;
  }

  /** What it is now, to go back to. */
  RowSum copy() {
    var copy = new RowSum();
    copy.become(this);
    return copy;
  }

  void become(RowSum other) {
    System.arraycopy(other.words, 0, words, 0, WORDS);
    rows = other.rows;
    changes = other.changes;
  }

  /** How often a row came or went. */
  long changes() {
    return changes;
  }

  /** How many rows there are, and their sum. */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE);
    for (int i = WORDS - 1; i >= 0; i--) {
      bytes.putLong(words[i]);
    }
    return rows + ":" + new BigInteger(1, bytes.array()).toString(Character.MAX_RADIX);
  }
}
