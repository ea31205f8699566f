package io.quantchat.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * The number that two people compare to know that nobody stands between them: made of both identity
 * keys of both, and the same on both ends.
 *
 * <p>Each side's half is SHA-512 5200 times over: first of {@code LP("QuantChat-safety-number") ‖
 * LP(user id) ‖ LP(ECDSA key) ‖ LP(ML-DSA key)}, then of the last hash and the first one. The lower
 * half stands first. A half's first 30 bytes are six groups of five digits: five bytes each, big
 * endian, modulo 100,000.
 *
 * <p>The code that one shows for the other to scan says who shows it: the other's half stands first
 * in it, one's own last. So nobody takes a picture of their own screen for the other's.
 */
public final class SafetyNumber {

  private static final String LABEL = "QuantChat-safety-number";
  private static final int ROUNDS = 5200;
  private static final int HALF_SIZE = 64;
  private static final int GROUPS = 6;
  private static final int GROUP_BYTES = 5;
  private static final long GROUP_VALUES = 100_000;
  private static final byte QR_FORMAT = 1;
  private static final int QR_HALF_SIZE = 32;

  private final byte[] own;
  private final byte[] others;

  private SafetyNumber(byte[] own, byte[] others) {
    this.own = own;
    this.others = others;
  }

  /**
   * The number of two people. Its digits are the same in whichever order; its code is what the
   * first one shows.
   *
   * @throws IllegalArgumentException where both are one account: nobody stands between
   */
  public static SafetyNumber of(UUID ownId, Identity own, UUID othersId, Identity others) {
    if (ownId.equals(othersId)) {
      throw new IllegalArgumentException(
          "A safety number is of two people: there is none with oneself.");
    }
    return new SafetyNumber(half(ownId, own), half(othersId, others));
  }

  /**
   * A number that another part of the same program has made.
   *
   * @param bytes of {@link #toBytes}
   * @throws RefusedException TRUNCATED or EXTENDED
   */
  public static SafetyNumber fromBytes(byte[] bytes) {
    RefusedException.requireSize("safety_number", bytes.length, 2 * HALF_SIZE);
    return new SafetyNumber(
        Arrays.copyOf(bytes, HALF_SIZE), Arrays.copyOfRange(bytes, HALF_SIZE, 2 * HALF_SIZE));
  }

  /** All of it, one's own half first, for another part of the same program. */
  public byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(own, 2 * HALF_SIZE);
    System.arraycopy(others, 0, bytes, HALF_SIZE, HALF_SIZE);
    return bytes;
  }

  /** 60 digits. */
  public String digits() {
    return Arrays.compareUnsigned(own, others) <= 0
        ? digits(own) + digits(others)
        : digits(others) + digits(own);
  }

  /** The digits as people read them out: twelve groups of five. */
  public String spacedDigits() {
    return digits().replaceAll("(.{5})(?=.)", "$1 ");
  }

  /**
   * The content of the QR code to show: a format's number, then the first 32 bytes of the other's
   * half, then of one's own.
   */
  public byte[] qrCode() {
    return code(others, own);
  }

  /**
   * Whether a code that was scanned on the other's screen is of the same number.
   *
   * @throws IllegalArgumentException where it is the code that is shown here: it proves nothing
   */
  public boolean matches(byte[] scanned) {
    if (MessageDigest.isEqual(qrCode(), scanned)) {
      throw new IllegalArgumentException(
          "This is your own code, which always matches: scan the one on the other's screen.");
    }
    return MessageDigest.isEqual(code(own, others), scanned);
  }

  private static byte[] code(byte[] first, byte[] second) {
    var code = new byte[1 + 2 * QR_HALF_SIZE];
    code[0] = QR_FORMAT;
    System.arraycopy(first, 0, code, 1, QR_HALF_SIZE);
    System.arraycopy(second, 0, code, 1 + QR_HALF_SIZE, QR_HALF_SIZE);
    return code;
  }

  private static byte[] half(UUID userId, Identity identity) {
    byte[] first =
        sha512(
            new Transcript()
                .add(LABEL)
                .add(userId)
                .add(identity.ecdsa().encoded())
                .add(identity.mlDsa().encoded())
                .toBytes());
    byte[] hash = first;
    for (int round = 1; round < ROUNDS; round++) {
      hash = sha512(hash, first);
    }
    return hash;
  }

  private static byte[] sha512(byte[]... parts) {
    var digest = new SHA512Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    var hash = new byte[HALF_SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }

  private static String digits(byte[] half) {
    var digits = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      long value = 0;
      for (int i = 0; i < GROUP_BYTES; i++) {
        value = value << Byte.SIZE | Byte.toUnsignedLong(half[group * GROUP_BYTES + i]);
      }
      digits.append(String.format(Locale.ROOT, "%05d", value % GROUP_VALUES));
    }
    return digits.toString();
  }
}
