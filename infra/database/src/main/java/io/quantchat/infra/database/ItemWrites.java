package io.quantchat.infra.database;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Writes of one item.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html">PutItem</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html">UpdateItem</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html">DeleteItem</a>
 */
final class ItemWrites {

  private final TableOperations tables;
  private final Writer writer;

  ItemWrites(TableOperations tables, Writer writer) {
    this.tables = tables;
    this.writer = writer;
  }

  PutItemResponse put(PutItemRequest request) {
    Requests.refuse(request.hasExpected(), "PutItem's Expected");
    Requests.refuse(request.conditionalOperator() != null, "PutItem's ConditionalOperator");
    Requests.refuse(request.returnItemCollectionMetrics());
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    var item = Requests.require(request.hasItem(), request.item(), "item");
    boolean returnsOld = returnsOld(request.returnValuesAsString());
    Guard guard =
        Guard.of(
            request.conditionExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            Requests.showsItem(request.returnValuesOnConditionCheckFailureAsString()));
    boolean isBlind = !returnsOld && !Capacity.isAsked(request.returnConsumedCapacity());
    Write write = PreparedWrites.put(tables.require(request.tableName()), item, guard, isBlind);
    Write.Effect effect = done(write);
    PutItemResponse.Builder response = Answers.ok(PutItemResponse.builder());
    if (returnsOld) {
      response.attributes(effect.before());
    }
    return response
        .consumedCapacity(consumed(request.returnConsumedCapacity(), write, effect))
        .build();
  }

  DeleteItemResponse delete(DeleteItemRequest request) {
    Requests.refuse(request.hasExpected(), "DeleteItem's Expected");
    Requests.refuse(request.conditionalOperator() != null, "DeleteItem's ConditionalOperator");
    Requests.refuse(request.returnItemCollectionMetrics());
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    var key = Requests.require(request.hasKey(), request.key(), "key");
    boolean returnsOld = returnsOld(request.returnValuesAsString());
    Guard guard =
        Guard.of(
            request.conditionExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            Requests.showsItem(request.returnValuesOnConditionCheckFailureAsString()));
    boolean isBlind = !returnsOld && !Capacity.isAsked(request.returnConsumedCapacity());
    Write write = PreparedWrites.delete(tables.require(request.tableName()), key, guard, isBlind);
    Write.Effect effect = done(write);
    DeleteItemResponse.Builder response = Answers.ok(DeleteItemResponse.builder());
    if (returnsOld) {
      response.attributes(effect.before());
    }
    return response
        .consumedCapacity(consumed(request.returnConsumedCapacity(), write, effect))
        .build();
  }

  UpdateItemResponse update(UpdateItemRequest request) {
    Requests.refuse(request.hasAttributeUpdates(), "UpdateItem's AttributeUpdates");
    Requests.refuse(request.hasExpected(), "UpdateItem's Expected");
    Requests.refuse(request.conditionalOperator() != null, "UpdateItem's ConditionalOperator");
    Requests.refuse(request.returnItemCollectionMetrics());
    Requests.requireKnownCapacity(request.returnConsumedCapacityAsString());
    var key = Requests.require(request.hasKey(), request.key(), "key");
    ReturnValue returned = returned(request.returnValuesAsString());
    PreparedUpdate update =
        PreparedUpdate.of(
            request.updateExpression(),
            request.conditionExpression(),
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            Requests.showsItem(request.returnValuesOnConditionCheckFailureAsString()));
    Write write = update.write(tables.require(request.tableName()), key);
    Write.Effect effect = done(write);
    UpdateItemResponse.Builder response = Answers.ok(UpdateItemResponse.builder());
    Map<String, AttributeValue> attributes = shown(returned, effect);
    if (attributes != null && !attributes.isEmpty()) {
      response.attributes(attributes);
    }
    return response
        .consumedCapacity(consumed(request.returnConsumedCapacity(), write, effect))
        .build();
  }

  private Write.Effect done(Write write) {
    Write.Effect effect = writer.write(write);
    if (!effect.holds()) {
      throw Refusals.conditionFailed(write.guard().showsItem() ? effect.before() : null);
    }
    return effect;
  }

  private static boolean returnsOld(String given) {
    ReturnValue asked = returned(given);
    if (asked == ReturnValue.NONE) {
      return false;
    }
    if (asked != ReturnValue.ALL_OLD) {
      throw Refusals.invalid("ReturnValues can only be ALL_OLD or NONE");
    }
    return true;
  }

  private static ReturnValue returned(String given) {
    ReturnValue asked = ReturnValue.fromValue(given);
    if (asked == ReturnValue.UNKNOWN_TO_SDK_VERSION) {
      throw Requests.notOneOf(
          given, "returnValues", "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
    }
    return asked == null ? ReturnValue.NONE : asked;
  }

  private static Map<String, AttributeValue> shown(ReturnValue asked, Write.Effect effect) {
    return switch (asked) {
      case ALL_OLD -> effect.before();
      case ALL_NEW -> effect.updated().item();
      case UPDATED_OLD -> effect.updatedOld();
      case UPDATED_NEW -> effect.updatedNew();
      case NONE, UNKNOWN_TO_SDK_VERSION -> null;
    };
  }

  private static ConsumedCapacity consumed(
      ReturnConsumedCapacity asked, Write write, Write.Effect effect) {
    return Capacity.consumed(asked, write.table().name(), effect.units());
  }
}
