package io.quantchat.testing;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Notes the top-level attributes that requests name, as IAM sees them in {@code
 * dynamodb:Attributes}, and {@link #ALL} where an answer would hold whole items.
 */
public final class NamedAttributes implements BeforeRequest {

  /** Not the name of an attribute: a request that is answered with all that items have. */
  public static final String ALL = "*";

  /** An attribute's name or its placeholder, with what is nested in it; or a value, or a word. */
  private static final Pattern WORD =
      Pattern.compile("(?<![\\w.])([:#]?[A-Za-z_]\\w*)((?:\\.#?\\w+|\\[\\d+])*)(\\s*\\()?");

  private static final Set<String> KEYWORDS =
      Set.of("SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN");

  private final Map<String, Set<String>> named;

  /**
   * @param named by table and purpose, such as {@code AccountsTable to read}
   */
  public NamedAttributes(Map<String, Set<String>> named) {
    this.named = named;
  }

  @Override
  public void take(String operation, DynamoDbRequest request) {
    switch (request) {
      case GetItemRequest get -> {
        Set<String> read = read(get.tableName());
        read.addAll(get.key().keySet());
        shown(read, get.projectionExpression(), get.expressionAttributeNames());
      }
      case BatchGetItemRequest batch ->
          batch
              .requestItems()
              .forEach(
                  (table, wanted) -> {
                    Set<String> read = read(table);
                    wanted.keys().forEach(key -> read.addAll(key.keySet()));
                    shown(read, wanted.projectionExpression(), wanted.expressionAttributeNames());
                  });
      case QueryRequest query -> {
        Set<String> read = read(query.tableName());
        expression(read, query.keyConditionExpression(), query.expressionAttributeNames());
        expression(read, query.filterExpression(), query.expressionAttributeNames());
        shown(read, query.projectionExpression(), query.expressionAttributeNames());
      }
      case PutItemRequest put -> {
        Set<String> written = written(put.tableName());
        written.addAll(put.item().keySet());
        expression(written, put.conditionExpression(), put.expressionAttributeNames());
        answered(written, put.returnValues());
      }
      case UpdateItemRequest update -> {
        Set<String> written = written(update.tableName());
        written.addAll(update.key().keySet());
        expression(written, update.updateExpression(), update.expressionAttributeNames());
        expression(written, update.conditionExpression(), update.expressionAttributeNames());
        answered(written, update.returnValues());
      }
      case DeleteItemRequest delete -> {
        Set<String> written = written(delete.tableName());
        written.addAll(delete.key().keySet());
        expression(written, delete.conditionExpression(), delete.expressionAttributeNames());
        answered(written, delete.returnValues());
      }
      case TransactWriteItemsRequest transaction -> transaction.transactItems().forEach(this::part);
      default -> {}
    }
  }

  private void part(TransactWriteItem write) {
    if (write.put() != null) {
      var put = write.put();
      take(
          "PutItem",
          PutItemRequest.builder()
              .tableName(put.tableName())
              .item(put.item())
              .conditionExpression(put.conditionExpression())
              .expressionAttributeNames(put.expressionAttributeNames())
              .build());
    } else if (write.update() != null) {
      var update = write.update();
      take(
          "UpdateItem",
          UpdateItemRequest.builder()
              .tableName(update.tableName())
              .key(update.key())
              .updateExpression(update.updateExpression())
              .conditionExpression(update.conditionExpression())
              .expressionAttributeNames(update.expressionAttributeNames())
              .build());
    } else {
      boolean deletes = write.delete() != null;
      var key = deletes ? write.delete().key() : write.conditionCheck().key();
      String table = deletes ? write.delete().tableName() : write.conditionCheck().tableName();
      String condition =
          deletes
              ? write.delete().conditionExpression()
              : write.conditionCheck().conditionExpression();
      var names =
          deletes
              ? write.delete().expressionAttributeNames()
              : write.conditionCheck().expressionAttributeNames();
      Set<String> written = written(table);
      written.addAll(key.keySet());
      expression(written, condition, names);
    }
  }

  private Set<String> read(String table) {
    return of(table, " to read");
  }

  private Set<String> written(String table) {
    return of(table, " to write");
  }

  private Set<String> of(String table, String purpose) {
    return named.computeIfAbsent(
        StoreTables.logicalId(table) + purpose, key -> new ConcurrentSkipListSet<>());
  }

  private static void shown(
      Collection<String> into, String projection, Map<String, String> placeholders) {
    if (projection == null) {
      into.add(ALL);
    } else {
      expression(into, projection, placeholders);
    }
  }

  private static void answered(Collection<String> into, ReturnValue values) {
    if (values == ReturnValue.ALL_OLD || values == ReturnValue.ALL_NEW) {
      into.add(ALL);
    }
  }

  private static void expression(
      Collection<String> into, String expression, Map<String, String> placeholders) {
    if (expression == null) {
      return;
    }
    Matcher word = WORD.matcher(expression);
    while (word.find()) {
      String name = word.group(1);
      boolean isFunction = word.group(3) != null && !KEYWORDS.contains(name);
      if (!isFunction && !name.startsWith(":") && !KEYWORDS.contains(name)) {
        into.add(placeholders.getOrDefault(name, name));
      }
    }
  }
}
