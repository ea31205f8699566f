package io.quantchat.infra.database;

import io.quantchat.infra.database.item.AttributeRules;
import io.quantchat.infra.database.item.InvalidValue;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checks what is to be written.
 *
 * <p>All of these throw {@link InvalidValue} if DynamoDB would refuse the item or its key.
 */
final class PreparedWrites {

  private static final Write.Action REMOVE = new Write.Action.Remove();
  private static final Write.Action CHECK = new Write.Action.Check();

  private PreparedWrites() {}

  static Write put(Table table, Map<String, AttributeValue> item, Guard guard, boolean isBlind) {
    Map<String, AttributeValue> kept = kept(item);
    byte[] place = ItemKeys.ofItem(table, kept);
    return new Write(table, place, guard, Write.put(kept), isBlind);
  }

  static Write delete(Table table, Map<String, AttributeValue> key, Guard guard, boolean isBlind) {
    return new Write(table, ItemKeys.ofKey(table, key), guard, REMOVE, isBlind);
  }

  static Write check(Table table, Map<String, AttributeValue> key, Guard guard) {
    return new Write(table, ItemKeys.ofKey(table, key), guard, CHECK, false);
  }

  /** An item with its values as they are kept. */
  static Map<String, AttributeValue> kept(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> changed = null;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      AttributeValue kept = AttributeRules.kept(attribute.getValue());
      if (!kept.equals(attribute.getValue())) {
        changed = changed == null ? new HashMap<>(item) : changed;
        changed.put(attribute.getKey(), kept);
      }
    }
    return changed == null ? item : changed;
  }
}
