package io.quantchat.infra.database.item;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many bytes DynamoDB bills an item as.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     Item sizes and formats</a>
 */
public final class ItemSize {

  /** The largest item: 400 kB, its attributes' names among it. */
  public static final int MOST = 400 * 1024;

  private static final int COLLECTION = 3;
  private static final int ELEMENT = 1;

  private ItemSize() {}

  /** An item's size: the sum of its attributes' names and values. */
  public static int of(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** A value's size, without its attribute's name. */
  public static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> strings(value.ss());
      case NS -> numbers(value.ns());
      case BS -> binaries(value.bs());
      case M -> COLLECTION + value.m().size() * ELEMENT + of(value.m());
      case L -> list(value.l());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  /**
   * Two significant digits a byte, and one byte more; one more still for a minus sign. AWS calls
   * this an approximation.
   */
  private static int number(String text) {
    int first = -1;
    int last = -1;
    int digits = 0;
    int point = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        break;
      }
      if (c == '.') {
        point = first < 0 ? 0 : 1;
      }
      if (c >= '1' && c <= '9') {
        first = first < 0 ? i : first;
        last = i;
        digits = last - first + 1 - point;
      }
    }
    return (digits + 1) / 2 + 1 + (text.startsWith("-") ? 1 : 0);
  }

  private static int strings(List<String> values) {
    int size = 0;
    for (String value : values) {
      size += utf8(value);
    }
    return size;
  }

  private static int numbers(List<String> values) {
    int size = 0;
    for (String value : values) {
      size += number(value);
    }
    return size;
  }

  private static int binaries(List<SdkBytes> values) {
    int size = 0;
    for (SdkBytes value : values) {
      size += value.asByteArrayUnsafe().length;
    }
    return size;
  }

  private static int list(List<AttributeValue> values) {
    int size = COLLECTION + values.size() * ELEMENT;
    for (AttributeValue value : values) {
      size += of(value);
    }
    return size;
  }

  /** How many bytes a text has in UTF-8, without making them. */
  static int utf8(String text) {
    int length = text.length();
    int size = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // A pair of surrogates is four bytes: two for each half.
        size += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        size++;
      }
    }
    return size;
  }
}
