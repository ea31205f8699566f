package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Placeholders;
import io.quantchat.infra.database.expression.Update;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of an update, checked.
 *
 * @param update null where an item is only made of its key
 */
record PreparedUpdate(Update update, Placeholders placeholders, Guard guard) {

  static PreparedUpdate of(
      String updateExpression,
      String conditionExpression,
      Map<String, String> names,
      Map<String, AttributeValue> values,
      boolean showsItem) {
    if (updateExpression == null && conditionExpression == null) {
      Guard.refuseNames(names);
      Guard.refuseValues(values, "UpdateExpression and ConditionExpression are null");
      return new PreparedUpdate(null, null, Guard.NONE);
    }
    Placeholders placeholders = Placeholders.of(names, values);
    Update update = updateExpression == null ? null : Update.parse(updateExpression);
    if (update != null) {
      update.check(placeholders);
    }
    Guard guard = Guard.of(conditionExpression, placeholders, showsItem);
    placeholders.requireAllUsed();
    return new PreparedUpdate(update, placeholders, guard);
  }

  Write write(Table table, Map<String, AttributeValue> key) {
    Map<String, AttributeValue> kept = PreparedWrites.kept(key);
    byte[] place = ItemKeys.ofKey(table, kept);
    Set<String> keyAttributes = kept.keySet();
    if (update != null) {
      update.requireNoKey(placeholders, keyAttributes);
    }
    return new Write(
        table,
        place,
        guard,
        new Write.Action.Change(kept, keyAttributes, update, placeholders),
        false);
  }
}
