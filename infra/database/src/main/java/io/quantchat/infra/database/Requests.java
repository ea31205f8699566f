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

  static void requireKnown(ReturnConsumedCapacity asked) {
    if (asked == ReturnConsumedCapacity.UNKNOWN_TO_SDK_VERSION) {
      throw notOneOf("returnConsumedCapacity", "[INDEXES, TOTAL, NONE]");
    }
  }

  /** Whether a refusal is to show what was there. */
  static boolean showsItem(ReturnValuesOnConditionCheckFailure asked) {
    if (asked == ReturnValuesOnConditionCheckFailure.UNKNOWN_TO_SDK_VERSION) {
      throw notOneOf("returnValuesOnConditionCheckFailure", "[ALL_OLD, NONE]");
    }
    return asked == ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  /** The refusal of a value that the API's model doesn't list. */
  static RuntimeException notOneOf(String field, String values) {
    return constraint(field, "Member must satisfy enum value set: " + values);
  }

  /** The refusal of a value that the API's model doesn't allow. */
  static RuntimeException constraint(String field, String constraint) {
    return Refusals.invalid(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(field, constraint));
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
