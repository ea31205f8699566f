package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Condition;
import io.quantchat.infra.database.expression.ExpressionKind;
import io.quantchat.infra.database.expression.Placeholders;
import java.util.Map;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold for an item that is to be written.
 *
 * @param condition null where nothing must
 * @param showsItem whether a refusal shows what was there
 */
record Guard(Condition condition, Placeholders placeholders, boolean showsItem) {

  /** No condition. */
  static final Guard NONE = new Guard(null, null, false);

  /** The condition of a request that has no other expression. */
  static Guard of(
      String expression,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      boolean showsItem) {
    if (expression == null) {
      refuseNames(names);
      refuseValues(values, "ConditionExpression is null");
      return NONE;
    }
    Placeholders placeholders = Placeholders.of(names, values);
    Guard guard = of(expression, placeholders, showsItem);
    placeholders.requireAllUsed();
    return guard;
  }

  /** The condition of a request whose placeholders another expression uses, too. */
  static Guard of(String expression, Placeholders placeholders, boolean showsItem) {
    if (expression == null) {
      return NONE;
    }
    Condition condition = Condition.parse(ExpressionKind.CONDITION, expression);
    condition.check(placeholders);
    return new Guard(condition, placeholders, showsItem);
  }

  static void refuseNames(Map<String, String> names) {
    if (!(names instanceof SdkAutoConstructMap)) {
      throw Refusals.invalid(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
  }

  static void refuseValues(Map<String, AttributeValue> values, String what) {
    if (!(values instanceof SdkAutoConstructMap)) {
      throw Refusals.invalid(
          "ExpressionAttributeValues can only be specified when using expressions: " + what);
    }
  }

  /**
   * @param before what is there; empty where nothing is
   */
  boolean holds(Map<String, AttributeValue> before) {
    return condition == null || condition.holds(before, placeholders);
  }
}
