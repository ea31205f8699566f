package io.quantchat.infra.database.item;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Primary keys as bytes in DynamoDB's order: strings by their UTF-8, numbers by value, binary
 * unsigned. The partition key comes first, with each zero byte followed by a one and two zero bytes
 * at its end; the sort key is what follows.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.html">Query</a>
 */
public final class KeyBytes {

  private static final byte ZERO = 0x02;
  private static final byte POSITIVE = 0x03;
  private static final byte NEGATIVE = 0x01;

  /** Makes each exponent that DynamoDB allows positive. */
  private static final int EXPONENT_BIAS = 1_024;

  private KeyBytes() {}

  /** Where a partition's keys begin. */
  public static byte[] partition(AttributeValue partitionKey) {
    byte[] plain = ordered(partitionKey);
    int zeroes = 0;
    for (byte b : plain) {
      if (b == 0) {
        zeroes++;
      }
    }
    byte[] escaped = new byte[plain.length + zeroes + 2];
    int at = 0;
    for (byte b : plain) {
      escaped[at++] = b;
      if (b == 0) {
        escaped[at++] = 1;
      }
    }
    return escaped;
  }

  /** An item's key. */
  public static byte[] of(byte[] partition, AttributeValue sortKey) {
    return joined(partition, ordered(sortKey));
  }

  /** Where a stretch of a partition begins: at the bytes of a sort key. */
  public static byte[] joined(byte[] partition, byte[] sort) {
    byte[] key = Arrays.copyOf(partition, partition.length + sort.length);
    System.arraycopy(sort, 0, key, partition.length, sort.length);
    return key;
  }

  /** The first key behind a key. */
  public static byte[] justBehind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** The first key behind all that begin with a prefix; null where there is none. */
  public static byte[] behindAll(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, last + 1);
    next[last]++;
    return next;
  }

  /** A key attribute's bytes, in its type's order. */
  public static byte[] ordered(AttributeValue value) {
    if (value.s() != null) {
      return value.s().getBytes(StandardCharsets.UTF_8);
    }
    if (value.b() != null) {
      return value.b().asByteArrayUnsafe();
    }
    return ordered(Numbers.parse(value.n()));
  }

  /**
   * Sign, exponent, then two digits a byte. All of a negative number's bytes are turned over, and
   * its end stands behind every digit, since the longer of two is the lesser.
   */
  private static byte[] ordered(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {ZERO};
    }
    boolean isNegative = number.signum() < 0;
    String digits = number.unscaledValue().abs().toString();
    int exponent = number.precision() - number.scale() + EXPONENT_BIAS;
    int turn = isNegative ? 0xff : 0;
    var bytes = new ByteArrayOutputStream(4 + digits.length() / 2);
    bytes.write(isNegative ? NEGATIVE : POSITIVE);
    bytes.write(exponent >> 8 ^ turn);
    bytes.write(exponent ^ turn);
    for (int i = 0; i < digits.length(); i += 2) {
      int tens = digits.charAt(i) - '0';
      int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      bytes.write(tens * 10 + ones ^ turn);
    }
    if (isNegative) {
      bytes.write(0xff);
    }
    return bytes.toByteArray();
  }
}
