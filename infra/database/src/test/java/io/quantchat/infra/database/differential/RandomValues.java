package io.quantchat.infra.database.differential;

import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes, few enough that operations meet one another's. */
final class RandomValues {

  private static final List<String> TEXTS =
      List.of("", "a", "ab", "abc", "b", "B", "é", "\uFFFD", "𝄞", "a b", "10", "9");

  /** Few, or tables grow until a scan of them takes longer than all else. */
  private static final List<byte[]> BINARIES =
      List.of(
          new byte[0],
          new byte[] {0},
          new byte[] {1},
          new byte[] {0x41},
          new byte[] {0x7f},
          new byte[] {(byte) 0x80},
          new byte[] {(byte) 0xff},
          new byte[] {0, 0},
          new byte[] {0x41, (byte) 0x80},
          new byte[] {(byte) 0xc3, (byte) 0xa9},
          new byte[] {(byte) 0xff, (byte) 0xfe});

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "9",
          "10",
          "100",
          "1.5",
          "-1.5",
          "0.001",
          "-0",
          "1e2",
          "1.0",
          "007",
          "12345678901234567890123456789012345678",
          "1e-130",
          "9.9e125",
          "-1e-3");
  static final List<String> ATTRIBUTES = List.of("u", "v", "w", "x");

  private static final List<String> CANONICAL_NUMBERS =
      List.of("0", "1", "-1", "2", "9", "10", "100", "1.5", "-1.5", "0.001");

  private final Random random;
  private final boolean isWild;

  /**
   * @param isWild whether some are wrong, or not in the form in which they are kept
   */
  RandomValues(Random random, boolean isWild) {
    this.random = random;
    this.isWild = isWild;
  }

  boolean isWild() {
    return isWild;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean chance(int ofHundred) {
    return random.nextInt(100) < ofHundred;
  }

  String attribute() {
    return one(ATTRIBUTES);
  }

  AttributeValue text() {
    return AttributeValue.fromS(one(isWild ? TEXTS : TEXTS.subList(1, TEXTS.size())));
  }

  AttributeValue number() {
    return AttributeValue.fromN(one(isWild ? NUMBERS : CANONICAL_NUMBERS));
  }

  AttributeValue binary() {
    return AttributeValue.fromB(
        SdkBytes.fromByteArray(one(isWild ? BINARIES : BINARIES.subList(1, BINARIES.size()))));
  }

  AttributeValue smallNumber() {
    return AttributeValue.fromN(Integer.toString(random.nextInt(-3, 12)));
  }

  AttributeValue any() {
    return switch (random.nextInt(13)) {
      case 0, 1 -> AttributeValue.fromS(one(TEXTS));
      case 2, 3, 4 -> number();
      case 5 -> smallNumber();
      case 6 -> AttributeValue.fromB(SdkBytes.fromByteArray(one(BINARIES)));
      case 7 -> AttributeValue.fromBool(random.nextBoolean());
      case 8 -> AttributeValue.fromNul(true);
      case 9 -> AttributeValue.fromSs(List.of("a", "b"));
      case 10 -> AttributeValue.fromNs(List.of("1", isWild ? "2.50" : "2.5"));
      case 11 -> AttributeValue.fromL(List.of(AttributeValue.fromS("a"), smallNumber()));
      default -> AttributeValue.fromM(Map.of("u", smallNumber(), "v", AttributeValue.fromS("b")));
    };
  }
}
