package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.Paths;
import io.quantchat.infra.database.expression.Placeholders;
import io.quantchat.infra.database.expression.Projection;
import io.quantchat.infra.database.item.ItemCodec;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * Reads of one item.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html">GetItem</a>
 */
final class ItemReads {

  private final TableOperations tables;

  ItemReads(TableOperations tables) {
    this.tables = tables;
  }

  GetItemResponse get(GetItemRequest request, Fate fate) {
    Requests.refuse(request.hasAttributesToGet(), "GetItem's AttributesToGet");
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    var key = Requests.require(request.hasKey(), request.key(), "key");
    Shown shown = Shown.of(request.projectionExpression(), request.expressionAttributeNames());
    Table table = tables.require(request.tableName());
    boolean isConsistent = Boolean.TRUE.equals(request.consistentRead());
    byte[] bytes = fate.rows(isConsistent).get(table, ItemKeys.ofKey(table, key));
    GetItemResponse.Builder response = Answers.ok(GetItemResponse.builder());
    if (bytes != null) {
      response.item(shown.of(ItemCodec.decode(bytes)));
    }
    if (Capacity.isAsked(request.returnConsumedCapacity())) {
      double units = Capacity.ofRead(sizeOf(bytes), isConsistent);
      response.consumedCapacity(
          Capacity.consumed(request.returnConsumedCapacity(), table.name(), units));
    }
    return response.build();
  }

  static int sizeOf(byte[] bytes) {
    return bytes == null ? 0 : ItemCodec.size(bytes);
  }

  /**
   * What of an item is shown.
   *
   * @param paths null where all of it is
   */
  record Shown(Paths paths) {

    private static final Shown ALL = new Shown(null);

    /** What a request asks for that has no other expression. */
    static Shown of(String expression, Map<String, String> names) {
      if (expression == null) {
        Guard.refuseNames(names);
        return ALL;
      }
      Placeholders placeholders = Placeholders.of(names, null);
      Shown shown = of(expression, placeholders);
      placeholders.requireAllUsed();
      return shown;
    }

    /** What a request asks for whose placeholders other expressions use, too. */
    static Shown of(String expression, Placeholders placeholders) {
      return expression == null ? ALL : new Shown(Projection.parse(expression).paths(placeholders));
    }

    Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
      return paths == null ? item : paths.of(item);
    }

    List<Map<String, AttributeValue>> of(List<Map<String, AttributeValue>> items) {
      return paths == null ? items : items.stream().map(paths::of).toList();
    }
  }
}
