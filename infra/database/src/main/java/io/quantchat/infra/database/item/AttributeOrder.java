package io.quantchat.infra.database.item;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How DynamoDB compares values: numbers by what they stand for, text by its UTF-8, binary by its
 * unsigned bytes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
 *     types</a>
 */
public final class AttributeOrder {

  private AttributeOrder() {}

  /**
   * Compares two values of one ordered type.
   *
   * @throws IllegalArgumentException if their types differ or have no order
   */
  public static int compare(AttributeValue left, AttributeValue right) {
    if (left.type() == right.type()) {
      switch (left.type()) {
        case S -> {
          return compare(left.s(), right.s());
        }
        case N -> {
          return Numbers.compare(left.n(), right.n());
        }
        case B -> {
          return compare(left.b(), right.b());
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException(
        "A " + left.type() + " and a " + right.type() + " have no order.");
  }

  /**
   * Compares two texts as their UTF-8 compares. UTF-16 differs from it only where a character
   * beyond U+FFFF, which it writes with surrogates, meets one from U+E000 to U+FFFF.
   */
  public static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char ofLeft = left.charAt(i);
      char ofRight = right.charAt(i);
      if (ofLeft != ofRight) {
        boolean leftIsBeyond = Character.isSurrogate(ofLeft);
        return leftIsBeyond == Character.isSurrogate(ofRight)
            ? Character.compare(ofLeft, ofRight)
            : byWhichIsBeyond(leftIsBeyond);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Compares unsigned bytes, a prefix before what it begins. */
  public static int compare(SdkBytes left, SdkBytes right) {
    return Arrays.compareUnsigned(left.asByteArrayUnsafe(), right.asByteArrayUnsafe());
  }

  /**
   * Whether two values are the same: of one type, sets in any order, lists and maps element by
   * element.
   */
  public static boolean equal(AttributeValue left, AttributeValue right) {
    if (left.type() != right.type()) {
      return false;
    }
    return switch (left.type()) {
      case N -> Numbers.compare(left.n(), right.n()) == 0;
      case SS -> sameSet(left.ss(), right.ss());
      case NS -> sameNumbers(left.ns(), right.ns());
      case BS -> sameSet(left.bs(), right.bs());
      case L -> sameList(left.l(), right.l());
      case M -> sameMap(left.m(), right.m());
      default -> left.equals(right);
    };
  }

  private static int byWhichIsBeyond(boolean leftIsBeyond) {
    return leftIsBeyond ? 1 : -1;
  }

  private static <T> boolean sameSet(List<T> left, List<T> right) {
    return left.size() == right.size() && new HashSet<>(left).containsAll(right);
  }

  private static boolean sameNumbers(List<String> left, List<String> right) {
    return left.size() == right.size() && canonical(left).equals(canonical(right));
  }

  private static Set<String> canonical(List<String> numbers) {
    return numbers.stream().map(Numbers::canonical).collect(Collectors.toSet());
  }

  private static boolean sameList(List<AttributeValue> left, List<AttributeValue> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMap(
      Map<String, AttributeValue> left, Map<String, AttributeValue> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<String, AttributeValue> entry : left.entrySet()) {
      AttributeValue other = right.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
