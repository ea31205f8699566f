package io.quantchat.infra.database;

import static io.quantchat.infra.database.TestTables.n;
import static io.quantchat.infra.database.TestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Answers and errors by AWS's API reference, operation by operation.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html">Operations</a>
 */
class DocumentedAnswersTest {

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    TestTables.create(client, "rows", "id:S");
    client.putItem(b -> b.tableName("rows").item(Map.of("id", s("a"), "n", n("1"))));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * All, nothing, or what an update touched, of before or after.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html#DDB-UpdateItem-request-ReturnValues">ReturnValues</a>
   */
  @Test
  void anUpdateReturnsWhatItIsAskedFor() {
    assertThat(returned(ReturnValue.NONE)).isEmpty();
    assertThat(returned(ReturnValue.ALL_OLD)).isEqualTo(Map.of("id", s("a"), "n", n("2")));
    assertThat(returned(ReturnValue.ALL_NEW)).isEqualTo(Map.of("id", s("a"), "n", n("4")));
    assertThat(returned(ReturnValue.UPDATED_OLD)).isEqualTo(Map.of("n", n("4")));
    assertThat(returned(ReturnValue.UPDATED_NEW)).isEqualTo(Map.of("n", n("6")));
  }

  /**
   * ALL_OLD or NONE, and nothing where nothing was.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#DDB-PutItem-request-ReturnValues">PutItem</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html#DDB-DeleteItem-request-ReturnValues">DeleteItem</a>
   */
  @Test
  void putAndDeleteReturnTheOldItemOrNothing() {
    var first =
        client.putItem(
            b -> b.tableName("rows").item(Map.of("id", s("b"))).returnValues(ReturnValue.ALL_OLD));
    var deleted =
        client.deleteItem(
            b -> b.tableName("rows").key(TestTables.key("a")).returnValues(ReturnValue.ALL_OLD));

    assertThat(first.hasAttributes()).isFalse();
    assertThat(deleted.attributes()).isEqualTo(Map.of("id", s("a"), "n", n("1")));
    assertRefused(
        () ->
            client.putItem(
                b ->
                    b.tableName("rows")
                        .item(Map.of("id", s("b")))
                        .returnValues(ReturnValue.ALL_NEW)),
        "ValidationException",
        "ReturnValues can only be ALL_OLD or NONE");
  }

  /**
   * The item comes with the error, at no cost.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#DDB-PutItem-request-ReturnValuesOnConditionCheckFailure">ReturnValuesOnConditionCheckFailure</a>
   */
  @Test
  void aRefusalShowsTheItemOnlyIfItIsAskedTo() {
    assertThatThrownBy(() -> putIfAbsent("a", ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            refused -> assertThat(refused.item()).containsEntry("n", n("1")));
    assertThatThrownBy(() -> putIfAbsent("a", null))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            refused -> {
              assertThat(refused.hasItem()).isFalse();
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.getMessage()).startsWith("The conditional request failed");
            });
  }

  /**
   * Status 400, the class's name, and a message.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
   *     handling with DynamoDB</a>
   */
  @Test
  void errorsHaveTheirClassesAndCodes() {
    assertThatThrownBy(() -> client.getItem(b -> b.tableName("none").key(TestTables.key("a"))))
        .isInstanceOf(ResourceNotFoundException.class);
    assertRefused(
        () -> client.getItem(b -> b.tableName("none").key(TestTables.key("a"))),
        "ResourceNotFoundException",
        "Requested resource not found");
    assertRefused(
        () -> client.describeTable(b -> b.tableName("none")),
        "ResourceNotFoundException",
        "Requested resource not found: Table: none not found");
    assertThatThrownBy(() -> TestTables.create(client, "rows", "id:S"))
        .isInstanceOf(ResourceInUseException.class);
    assertRefused(
        () -> client.getItem(b -> b.tableName("rows").key(Map.of("id", n("1")))),
        "ValidationException",
        "The provided key element does not match the schema");
    assertRefused(
        () -> client.putItem(b -> b.tableName("rows").item(Map.of("other", s("a")))),
        "ValidationException",
        "One or more parameter values were invalid: Missing the key id in the item");
    assertRefused(
        () -> client.putItem(b -> b.tableName("rows").item(Map.of("id", n("1")))),
        "ValidationException",
        "One or more parameter values were invalid: Type mismatch for key id expected: S actual:"
            + " N");
    assertRefused(
        () -> update(b -> b.updateExpression("SET id = :v").expressionAttributeValues(value("x"))),
        "ValidationException",
        "One or more parameter values were invalid: Cannot update attribute id. This attribute is"
            + " part of the key");
    assertRefused(
        () -> client.query(b -> b.tableName("rows")),
        "ValidationException",
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.");
    assertRefused(
        () ->
            client.query(
                b ->
                    b.tableName("rows")
                        .keyConditionExpression("id = :v")
                        .filterExpression("id = :v")
                        .expressionAttributeValues(value("x"))),
        "ValidationException",
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: id");
    assertRefused(
        () ->
            client.deleteItem(
                b ->
                    b.tableName("rows")
                        .key(TestTables.key("a"))
                        .expressionAttributeValues(value("x"))),
        "ValidationException",
        "ExpressionAttributeValues can only be specified when using expressions:"
            + " ConditionExpression is null");
  }

  /**
   * Empty text and binary, but no empty sets.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
   *     types</a>
   */
  @Test
  void valuesMayBeEmptyAndSetsMayNot() {
    client.putItem(b -> b.tableName("rows").item(Map.of("id", s("e"), "text", s(""))));

    assertThat(client.getItem(b -> b.tableName("rows").key(TestTables.key("e"))).item())
        .containsEntry("text", s(""));
    assertRefused(
        () ->
            client.putItem(
                b ->
                    b.tableName("rows")
                        .item(Map.of("id", s("e"), "set", AttributeValue.fromSs(List.of())))),
        "ValidationException",
        "One or more parameter values were invalid: An string set  may not be empty");
  }

  /**
   * A reason for each item, in order, with the item on request.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html">CancellationReason</a>
   */
  @Test
  void aCancelledTransactionTellsWhyOfEachItem() {
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    b ->
                        b.transactItems(
                            putInTransaction("b", null),
                            putInTransaction("a", ReturnValuesOnConditionCheckFailure.ALL_OLD),
                            add("a2"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled -> {
              assertThat(cancelled.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "Transaction cancelled, please refer cancellation reasons for specific"
                          + " reasons [None, ConditionalCheckFailed, None]");
              CancellationReason reason = cancelled.cancellationReasons().get(1);
              assertThat(reason.message()).isEqualTo("The conditional request failed");
              assertThat(reason.item()).containsEntry("n", n("1"));
            });
  }

  /**
   * A token is valid for ten minutes, and for the same request.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken">ClientRequestToken</a>
   */
  @Test
  void aTokenMakesATransactionHappenOnceForTenMinutes() {
    var clock = new TestClock();
    try (var timed = EmbeddedDatabase.inMemory(Settings.DEFAULT.withClock(clock));
        DynamoDbClient own = timed.client()) {
      TestTables.create(own, "rows", "id:S");
      TransactWriteItem add = add("a");

      for (int i = 0; i < 3; i++) {
        own.transactWriteItems(b -> b.transactItems(add).clientRequestToken("token"));
      }
      assertThat(number(own)).isEqualTo("1");
      assertThatThrownBy(
              () ->
                  own.transactWriteItems(
                      b -> b.transactItems(add("b")).clientRequestToken("token")))
          .isInstanceOf(IdempotentParameterMismatchException.class);

      clock.advance(Duration.ofMinutes(10).plusMillis(1));
      own.transactWriteItems(b -> b.transactItems(add).clientRequestToken("token"));
      assertThat(number(own)).isEqualTo("2");
    }
  }

  /**
   * What isn't there has no Item, and answers carry what the SDK adds.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html">GetItem</a>
   */
  @Test
  void answersAreThoseOfTheSdk() {
    var there = client.getItem(b -> b.tableName("rows").key(TestTables.key("a")));
    var absent = client.getItem(b -> b.tableName("rows").key(TestTables.key("z")));

    assertThat(there.hasItem()).isTrue();
    assertThat(absent.hasItem()).isFalse();
    assertThat(absent.item()).isEmpty();
    assertThat(absent.sdkHttpResponse().isSuccessful()).isTrue();
    assertThat(absent.responseMetadata().requestId())
        .isNotEmpty()
        .isNotEqualTo(there.responseMetadata().requestId());
    assertThat(absent.consumedCapacity()).isNull();
    assertThat(
            client
                .getItem(
                    b ->
                        b.tableName("rows")
                            .key(TestTables.key("a"))
                            .returnConsumedCapacity(ReturnConsumedCapacity.NONE))
                .consumedCapacity())
        .isNull();
  }

  /**
   * By name, and page by page.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html">ListTables</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html">DeleteTable</a>
   */
  @Test
  void tablesAreListedByPagesAndAreGoneOnceTheyAreDeleted() {
    TestTables.create(client, "other", "id:S");

    assertThat(client.listTables(b -> b.limit(1)).lastEvaluatedTableName()).isEqualTo("other");
    assertThat(client.listTablesPaginator(b -> b.limit(1)).tableNames())
        .containsExactly("other", "rows");

    client.deleteTable(b -> b.tableName("rows"));
    client.waiter().waitUntilTableNotExists(b -> b.tableName("rows"));
    TestTables.create(client, "rows", "id:S");
    assertThat(client.scan(b -> b.tableName("rows")).items()).isEmpty();
  }

  private Map<String, AttributeValue> returned(ReturnValue asked) {
    return update(
        b ->
            b.updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", n("1")))
                .returnValues(asked));
  }

  private Map<String, AttributeValue> update(UnaryOperator<UpdateItemRequest.Builder> update) {
    return client
        .updateItem(
            update
                .apply(UpdateItemRequest.builder().tableName("rows").key(TestTables.key("a")))
                .build())
        .attributes();
  }

  private void putIfAbsent(String id, ReturnValuesOnConditionCheckFailure asked) {
    client.putItem(
        b ->
            b.tableName("rows")
                .item(TestTables.key(id))
                .conditionExpression("attribute_not_exists(id)")
                .returnValuesOnConditionCheckFailure(asked));
  }

  private static TransactWriteItem putInTransaction(
      String id, ReturnValuesOnConditionCheckFailure asked) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName("rows")
                .item(TestTables.key(id))
                .conditionExpression("attribute_not_exists(id)")
                .returnValuesOnConditionCheckFailure(asked)
                .build())
        .build();
  }

  private static TransactWriteItem add(String id) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName("rows")
                .key(TestTables.key(id))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(Map.of(":one", n("1")))
                .build())
        .build();
  }

  private static String number(DynamoDbClient client) {
    return client.getItem(b -> b.tableName("rows").key(TestTables.key("a"))).item().get("n").n();
  }

  private static Map<String, AttributeValue> value(String text) {
    return Map.of(":v", s(text));
  }

  private static void assertRefused(ThrowingCallable request, String code, String message) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
            });
  }
}
