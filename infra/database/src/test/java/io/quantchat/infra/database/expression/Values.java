package io.quantchat.infra.database.expression;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Short names for values. */
final class Values {

  private Values() {}

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue b(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(all));
  }

  static AttributeValue bool(boolean truth) {
    return AttributeValue.fromBool(truth);
  }

  static AttributeValue nothing() {
    return AttributeValue.fromNul(true);
  }

  static AttributeValue ss(String... elements) {
    return AttributeValue.fromSs(List.of(elements));
  }

  static AttributeValue ns(String... elements) {
    return AttributeValue.fromNs(List.of(elements));
  }

  static AttributeValue bs(AttributeValue... elements) {
    return AttributeValue.fromBs(List.of(elements).stream().map(AttributeValue::b).toList());
  }

  static AttributeValue l(AttributeValue... elements) {
    return AttributeValue.fromL(List.of(elements));
  }

  static AttributeValue m(Map<String, AttributeValue> elements) {
    return AttributeValue.fromM(elements);
  }
}
