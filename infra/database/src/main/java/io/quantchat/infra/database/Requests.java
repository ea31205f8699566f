package io.quantchat.infra.database;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** What several requests have in common, and the parts of them that aren't here. */
final class Requests {

  private Requests() {}

  /**
   * @throws UnsupportedOperationException if a request uses what isn't here
   */
  static void refuse(boolean isUsed, String what) {
    if (isUsed) {
      throw Refusals.unknown(what);
    }
  }

  static void refuse(ReturnItemCollectionMetrics metrics) {
    refuse(
        metrics != null && metrics != ReturnItemCollectionMetrics.NONE,
        "ReturnItemCollectionMetrics " + metrics);
  }

  /**
   * @param given as the request has it; null where it doesn't say
   */
  static void requireKnownCapacity(String given) {
    if (ReturnConsumedCapacity.fromValue(given) == ReturnConsumedCapacity.UNKNOWN_TO_SDK_VERSION) {
      throw notOneOf(given, "returnConsumedCapacity", "[INDEXES, TOTAL, NONE]");
    }
  }

  /**
   * Whether a refusal is to show what was there.
   *
   * @param given as the request has it; null where it doesn't say
   */
  static boolean showsItem(String given) {
    var asked = ReturnValuesOnConditionCheckFailure.fromValue(given);
    if (asked == ReturnValuesOnConditionCheckFailure.UNKNOWN_TO_SDK_VERSION) {
      throw notOneOf(given, "returnValuesOnConditionCheckFailure", "[ALL_OLD, NONE]");
    }
    return asked == ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  /** The refusal of a value that the API's model doesn't list. */
  static RuntimeException notOneOf(String given, String field, String values) {
    return constraint(given, field, "Member must satisfy enum value set: " + values);
  }

  /**
   * The refusal of a value that the API's model doesn't allow.
   *
   * @param given the value: a text, a number, or something empty
   */
  static RuntimeException constraint(Object given, String field, String constraint) {
    return Refusals.invalid(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(given, field, constraint));
  }

  /** The refusal of more than the API's model allows: says how many, and doesn't repeat them. */
  static RuntimeException tooMany(int given, String field, int most) {
    return Refusals.invalid(
        ("1 validation error detected: Value with %d members at '%s' failed to satisfy constraint:"
                + " Member must have length less than or equal to %d")
            .formatted(given, field, most));
  }

  /** A field that a request must have. */
  static <T> T require(T value, String field) {
    if (value == null) {
      throw Refusals.invalid(
          "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
              .formatted(field));
    }
    return value;
  }

  /** A map that a request must have. */
  static Map<String, AttributeValue> require(
      boolean isThere, Map<String, AttributeValue> map, String field) {
    return require(isThere ? map : null, field);
  }
}
