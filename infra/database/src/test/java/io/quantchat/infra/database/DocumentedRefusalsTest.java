package io.quantchat.infra.database;

import static io.quantchat.infra.database.DocumentedRefusals.assertInvalid;
import static io.quantchat.infra.database.DocumentedRefusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Errors of requests that DynamoDB's model doesn't allow, and of those that come at a wrong time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
class DocumentedRefusalsTest {

  private final EmbeddedDatabase database = EmbeddedDatabase.inMemory();
  private final DynamoDbClient client = database.client();

  @BeforeEach
  void makeTable() {
    TestTables.create(client, "rows", "id:S");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html#DDB-ListTables-request-Limit">ListTables:
   *     from 1 to 100</a>
   */
  @Test
  void aLimitIsShownWithItsBounds() {
    assertInvalid(
        () -> client.listTables(b -> b.limit(0)),
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member"
            + " must have value greater than or equal to 1");
    assertInvalid(
        () -> client.listTables(b -> b.limit(101)),
        "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member"
            + " must have value less than or equal to 100");
    assertInvalid(
        () -> client.scan(b -> b.tableName("rows").limit(-1)),
        "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint: Member"
            + " must have value greater than or equal to 1");
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#DDB-PutItem-request-ReturnValues">PutItem</a>
   */
  @Test
  void aValueThatIsNotListedIsShownWithThoseThatAre() {
    assertInvalid(
        () ->
            client.putItem(b -> b.tableName("rows").item(TestTables.key("a")).returnValues("ALL")),
        "1 validation error detected: Value 'ALL' at 'returnValues' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE,"
            + " UPDATED_NEW]");
    assertInvalid(
        () ->
            client.getItem(
                b -> b.tableName("rows").key(TestTables.key("a")).returnConsumedCapacity("SOME")),
        "1 validation error detected: Value 'SOME' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]");
    assertInvalid(
        () -> client.scan(b -> b.tableName("rows").select("NOTHING")),
        "1 validation error detected: Value 'NOTHING' at 'select' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES,"
            + " ALL_PROJECTED_ATTRIBUTES]");
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
   */
  @Test
  void anEmptyBatchIsRefused() {
    String message =
        "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1";
    assertInvalid(() -> client.batchWriteItem(b -> b.requestItems(Map.of())), message);
    assertInvalid(() -> client.batchGetItem(b -> b.requestItems(Map.of())), message);
    assertInvalid(
        () ->
            client.batchGetItem(
                b ->
                    b.requestItems(
                        Map.of("rows", KeysAndAttributes.builder().keys(List.of()).build()))),
        "1 validation error detected: Value '[]' at 'requestItems.rows.member.keys' failed to"
            + " satisfy constraint: Member must have length greater than or equal to 1");
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken">ClientRequestToken:
   *     1 to 36 characters</a>
   */
  @Test
  void aTokenHasUpTo36Characters() {
    assertInvalid(
        () ->
            client.transactWriteItems(
                b ->
                    b.clientRequestToken("t".repeat(37))
                        .transactItems(
                            TransactWriteItem.builder()
                                .put(put -> put.tableName("rows").item(TestTables.key("a")))
                                .build())),
        "1 validation error detected: Value '"
            + "t".repeat(37)
            + "' at 'clientRequestToken' failed to satisfy constraint: Member must have length less"
            + " than or equal to 36");
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html">UpdateTimeToLive</a>
   */
  @Test
  void expiryIsSwitchedOnOnceAndOffByItsAttribute() {
    assertInvalid(() -> expire("expires", false), "TimeToLive is already disabled");
    expire("expires", true);
    assertInvalid(() -> expire("expires", true), "TimeToLive is already enabled");
    assertInvalid(() -> expire("other", true), "TimeToLive is already enabled");
    assertInvalid(
        () -> expire("other", false),
        "TimeToLive is active on a different AttributeName: current AttributeName is expires");
    assertThat(description()).isEqualTo(TimeToLiveStatus.ENABLED);

    expire("expires", false);
    assertThat(description()).isEqualTo(TimeToLiveStatus.DISABLED);
    assertRefused(
        () ->
            client.updateTimeToLive(
                b ->
                    b.tableName("none")
                        .timeToLiveSpecification(of -> of.attributeName("expires").enabled(true))),
        "ResourceNotFoundException",
        "Requested resource not found: Table: none not found");
  }

  private void expire(String attribute, boolean isEnabled) {
    client.updateTimeToLive(
        b ->
            b.tableName("rows")
                .timeToLiveSpecification(of -> of.attributeName(attribute).enabled(isEnabled)));
  }

  private TimeToLiveStatus description() {
    return client
        .describeTimeToLive(b -> b.tableName("rows"))
        .timeToLiveDescription()
        .timeToLiveStatus();
  }
}
