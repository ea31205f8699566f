package io.quantchat.infra.database;

import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The four kinds of a transaction's writes. */
final class TransactionWrites {

  private static final String ITEM = "transactItems.member.";

  private TransactionWrites() {}

  static void addTo(TransactionAttempt attempt, TransactWriteItem wish, TableOperations tables) {
    int kinds =
        (wish.put() == null ? 0 : 1)
            + (wish.update() == null ? 0 : 1)
            + (wish.delete() == null ? 0 : 1)
            + (wish.conditionCheck() == null ? 0 : 1);
    if (kinds != 1) {
      throw Refusals.invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    if (wish.put() != null) {
      put(attempt, wish.put(), tables);
    } else if (wish.update() != null) {
      update(attempt, wish.update(), tables);
    } else if (wish.delete() != null) {
      delete(attempt, wish.delete(), tables);
    } else {
      check(attempt, wish.conditionCheck(), tables);
    }
  }

  private static void put(TransactionAttempt attempt, Put put, TableOperations tables) {
    var item = Requests.require(put.hasItem(), put.item(), ITEM + "put.item");
    Guard guard =
        Guard.of(
            put.conditionExpression(),
            put.expressionAttributeNames(),
            put.expressionAttributeValues(),
            Requests.showsItem(put.returnValuesOnConditionCheckFailureAsString()));
    Table table = tables.require(put.tableName());
    attempt.add(() -> PreparedWrites.put(table, item, guard, false));
  }

  private static void update(TransactionAttempt attempt, Update update, TableOperations tables) {
    var key = Requests.require(update.hasKey(), update.key(), ITEM + "update.key");
    PreparedUpdate prepared =
        PreparedUpdate.of(
            Requests.require(update.updateExpression(), ITEM + "update.updateExpression"),
            update.conditionExpression(),
            update.expressionAttributeNames(),
            update.expressionAttributeValues(),
            Requests.showsItem(update.returnValuesOnConditionCheckFailureAsString()));
    Table table = tables.require(update.tableName());
    attempt.add(() -> prepared.write(table, key));
  }

  private static void delete(TransactionAttempt attempt, Delete delete, TableOperations tables) {
    var key = Requests.require(delete.hasKey(), delete.key(), ITEM + "delete.key");
    Guard guard =
        Guard.of(
            delete.conditionExpression(),
            delete.expressionAttributeNames(),
            delete.expressionAttributeValues(),
            Requests.showsItem(delete.returnValuesOnConditionCheckFailureAsString()));
    Table table = tables.require(delete.tableName());
    attempt.add(() -> PreparedWrites.delete(table, key, guard, false));
  }

  private static void check(
      TransactionAttempt attempt, ConditionCheck check, TableOperations tables) {
    var key = Requests.require(check.hasKey(), check.key(), ITEM + "conditionCheck.key");
    Guard guard =
        Guard.of(
            Requests.require(
                check.conditionExpression(), ITEM + "conditionCheck.conditionExpression"),
            check.expressionAttributeNames(),
            check.expressionAttributeValues(),
            Requests.showsItem(check.returnValuesOnConditionCheckFailureAsString()));
    Table table = tables.require(check.tableName());
    attempt.add(() -> PreparedWrites.check(table, key, guard));
  }
}
