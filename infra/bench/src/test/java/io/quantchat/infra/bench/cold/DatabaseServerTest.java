package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Over HTTP, by the SDK's own client, as from a function in a process of its own. */
class DatabaseServerTest {

  private static final String TABLE = "notes";

  private static EmbeddedDatabase database;
  private static DatabaseServer server;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() throws IOException {
    database = EmbeddedDatabase.inMemory();
    database
        .client()
        .createTable(
            create ->
                create
                    .tableName(TABLE)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
    server = DatabaseServer.before(database);
    client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://localhost:" + server.port()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    database.close();
  }

  private static Map<String, AttributeValue> note(String id) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "size", AttributeValue.fromN("12.5"),
        "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
        "none", AttributeValue.fromNul(true),
        "flag", AttributeValue.fromBool(false),
        "parts", AttributeValue.fromL(List.of(AttributeValue.fromS("é"))),
        "names", AttributeValue.fromM(Map.of("a", AttributeValue.fromS(""))));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  @Test
  void whatIsPutComesBackInEveryType() {
    client.putItem(put -> put.tableName(TABLE).item(note("typed")));

    assertThat(client.getItem(get -> get.tableName(TABLE).key(key("typed"))).item())
        .isEqualTo(note("typed"));
    assertThat(client.getItem(get -> get.tableName(TABLE).key(key("absent"))).hasItem()).isFalse();
  }

  @Test
  void aQueryTellsItsCountAndItsCapacity() {
    client.putItem(put -> put.tableName(TABLE).item(note("counted")));

    var page =
        client.query(
            query ->
                query
                    .tableName(TABLE)
                    .keyConditionExpression("id = :id")
                    .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("counted")))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));

    assertThat(page.items()).containsExactly(note("counted"));
    assertThat(page.count()).isEqualTo(1);
    assertThat(page.consumedCapacity().capacityUnits()).isEqualTo(0.5);
  }

  @Test
  void anUnmetConditionArrivesWithTheItemThatWasThere() {
    client.putItem(put -> put.tableName(TABLE).item(note("there")));

    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(
            () ->
                client.putItem(
                    put ->
                        put.tableName(TABLE)
                            .item(note("there"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .satisfies(failed -> assertThat(failed.item()).isEqualTo(note("there")));
  }

  @Test
  void aCancelledTransactionArrivesWithItsReasons() {
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(
            () ->
                client.transactWriteItems(
                    write ->
                        write.transactItems(
                            TransactWriteItem.builder()
                                .put(put -> put.tableName(TABLE).item(note("new")))
                                .build(),
                            TransactWriteItem.builder()
                                .delete(
                                    delete ->
                                        delete
                                            .tableName(TABLE)
                                            .key(key("never"))
                                            .conditionExpression("attribute_exists(id)"))
                                .build())))
        .satisfies(
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(reason -> reason.code())
                    .containsExactly("None", "ConditionalCheckFailed"));
  }
}
