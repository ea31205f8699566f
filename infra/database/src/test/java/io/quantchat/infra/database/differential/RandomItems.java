package io.quantchat.infra.database.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Items of one table, and their keys. */
record RandomItems(RandomValues values, String table) {

  Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new HashMap<>(key());
    for (String attribute : RandomValues.ATTRIBUTES) {
      if (values.chance(60)) {
        item.put(attribute, values.any());
      }
    }
    return item;
  }

  Map<String, AttributeValue> key() {
    return Map.of("q", partition(), "m", sort());
  }

  AttributeValue partition() {
    return AttributeValue.fromS(values.one(List.of("a", "b", "a\u0000b")));
  }

  /** Of the table's type; of another now and then. */
  AttributeValue sort() {
    if (values.isWild() && values.chance(2)) {
      return values.any();
    }
    return switch (table) {
      case "by-number" -> values.number();
      case "by-text" -> values.text();
      default -> values.binary();
    };
  }

  ReturnValuesOnConditionCheckFailure onFailure() {
    return values.chance(50) ? ReturnValuesOnConditionCheckFailure.ALL_OLD : null;
  }
}
