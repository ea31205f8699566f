package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@StoreTest
class SigningKeysTest {

  private final AuthFixture auth;
  private final World world;

  /** Each test begins without a key. */
  SigningKeysTest(StoreTables tables) {
    tables.clear();
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void theFirstInstanceMakesAKeyAndTheNextOneUsesIt() {
    SigningKey first = keys(world.dynamoDb).current();

    assertThat(keys(world.dynamoDb).current().keyId()).isEqualTo(first.keyId());
    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).containsOnlyKeys(first.keyId());
    assertThat(rows(Variable.TOKEN_KEYS_TABLE)).containsOnlyKeys(first.keyId());
  }

  @Test
  void thePublicHalfIsStoredBeforeThePrivateHalfAndApartFromIt() {
    removeAll(Variable.SIGNING_KEYS_TABLE);
    removeAll(Variable.TOKEN_KEYS_TABLE);
    var tables = new ArrayList<String>();

    auth.handlerOn(
        through(
            (operation, request) -> {
              if (request instanceof PutItemRequest put) {
                tables.add(put.tableName());
              }
            }));

    assertThat(tables)
        .containsExactly(
            world.table(Variable.TOKEN_KEYS_TABLE), world.table(Variable.SIGNING_KEYS_TABLE));
    assertThat(rows(Variable.TOKEN_KEYS_TABLE).values())
        .hasSize(1)
        .allSatisfy(row -> assertThat(row).containsOnlyKeys("purpose", "key_id", "public_key"));
  }

  @Test
  void twoInstancesThatFindNoKeyMakeGoodOnesBoth() {
    keys(world.dynamoDb).current();
    removeAll(Variable.SIGNING_KEYS_TABLE);
    var answers =
        Parallel.map(
            List.of(1, 2, 3, 4),
            ignored -> register(auth.handlerOn(world.dynamoDb)).text("access_token"));

    assertThat(answers)
        .allSatisfy(token -> assertThat(auth.profile(token).status()).isEqualTo(200));
    assertThat(rows(Variable.TOKEN_KEYS_TABLE).keySet())
        .containsAll(rows(Variable.SIGNING_KEYS_TABLE).keySet());
  }

  @Test
  void theNewestKeySigns() {
    keys(world.dynamoDb).current();
    world.clock.advance(Duration.ofSeconds(5));
    SigningKeyStore store = store(world.dynamoDb);
    SigningKey newer =
        new SigningKey("newer", store.all().getFirst().privateKey(), world.clock.instant());
    store.addPrivateHalf(newer);

    assertThat(keys(world.dynamoDb).current().keyId()).isEqualTo("newer");
  }

  @Test
  void rollingLetsANewKeySignAndLogsNobodyOut() {
    String token = auth.registered().text("access_token");
    String old = keyIdOf(token);

    String rolled = world.answer(auth.handler, roll()).path("key_id").asText();

    String newToken = auth.registered().text("access_token");
    assertThat(rolled).isNotEmpty().isNotEqualTo(old);
    assertThat(keyIdOf(newToken)).isEqualTo(rolled);
    assertThat(auth.profile(newToken).status()).isEqualTo(200);
    assertThat(auth.profile(token).status()).isEqualTo(200);
    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).containsOnlyKeys(rolled);
  }

  @Test
  void theOldPublicHalfOutlivesEverythingItsPrivateHalfHasSigned() {
    String old = keyIdOf(auth.registered().text("access_token"));

    String rolled = world.answer(auth.handler, roll()).path("key_id").asText();

    var rows = rows(Variable.TOKEN_KEYS_TABLE);
    Instant outlives = world.clock.instant().plus(Duration.ofMinutes(15)).plus(Duration.ofHours(1));
    assertThat(rows.get(old).get("expires_at").n())
        .isEqualTo(String.valueOf(outlives.getEpochSecond() + 1));
    assertThat(rows.get(rolled)).doesNotContainKey("expires_at");
  }

  @Test
  void anInstanceThatHoldsARolledAwayKeyLooksAgainWithinAMinute() {
    AuthHandler other = auth.handlerOn(world.dynamoDb);
    String old = keyIdOf(register(other).text("access_token"));
    String rolled = world.answer(auth.handler, roll()).path("key_id").asText();
    world.clock.advance(Duration.ofSeconds(59));
    String late = register(other).text("access_token");
    world.clock.advance(Duration.ofSeconds(1));
    String afterwards = register(other).text("access_token");

    assertThat(keyIdOf(late)).isEqualTo(old);
    assertThat(keyIdOf(afterwards)).isEqualTo(rolled);
    world.clock.advance(Duration.ofMinutes(14).plusSeconds(58));
    assertThat(auth.profile(late).status()).isEqualTo(200);
    assertThat(auth.profile(afterwards).status()).isEqualTo(200);
  }

  @Test
  void aKeyRollsByItselfAfterNinetyDays() {
    String first = keys(world.dynamoDb).current().keyId();
    world.clock.advance(Duration.ofDays(90).minusMillis(1));
    assertThat(keys(world.dynamoDb).current().keyId()).isEqualTo(first);
    world.clock.advance(Duration.ofMillis(1));

    String second = keys(world.dynamoDb).current().keyId();

    assertThat(second).isNotEqualTo(first);
    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).containsOnlyKeys(second);
  }

  @Test
  void rollsAtTheSameTimeLeaveKeysThatCanAllBeChecked() {
    world.clock.advance(Duration.ofDays(91));

    var keys = Parallel.map(List.of(1, 2, 3, 4), ignored -> keys(world.dynamoDb).current().keyId());

    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).isNotEmpty();
    assertThat(rows(Variable.TOKEN_KEYS_TABLE).keySet())
        .containsAll(keys)
        .containsAll(rows(Variable.SIGNING_KEYS_TABLE).keySet());
    assertThat(auth.profile(register(auth.handlerOn(world.dynamoDb)).text("access_token")).status())
        .isEqualTo(200);
  }

  @Test
  void aKeyWhosePublicHalfAnOperatorRemovedIsRolledAwayAndDoesNotComeBack() {
    String stolen = keyIdOf(auth.registered().text("access_token"));
    removeAll(Variable.TOKEN_KEYS_TABLE);

    String rolled = world.answer(auth.handler, roll()).path("key_id").asText();

    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).containsOnlyKeys(rolled);
    assertThat(rows(Variable.TOKEN_KEYS_TABLE)).containsOnlyKeys(rolled).doesNotContainKey(stolen);
  }

  @Test
  void aRollThatIsOvertakenAndUnfinishedIsNotReportedAsDone() {
    keys(world.dynamoDb).current();
    SigningKeys overtaken =
        keys(
            through(
                (operation, request) -> {
                  if (operation.equals("TransactWriteItems")) {
                    throw TransactionCanceledException.builder()
                        .message("conflict")
                        .cancellationReasons(
                            CancellationReason.builder().code("TransactionConflict").build())
                        .build();
                  }
                }));

    assertThatThrownBy(overtaken::roll).isInstanceOf(IllegalStateException.class);
    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).hasSize(1);
  }

  @Test
  void whatComesThroughTheRestApiNeverRolls() {
    String before = keys(world.dynamoDb).current().keyId();
    for (String member : List.of("httpMethod", "resource", "requestContext")) {
      var event = ProxyEvent.of("POST", "/auth/login");
      event.retain(member);
      world.answer(auth.handler, event.put("roll_signing_key", true));
    }
    world.answer(auth.handler, ProxyEvent.of("POST", "/auth/login").put("roll_signing_key", true));
    auth.post("/auth/login", "{\"roll_signing_key\": true}");
    world.answer(auth.handler, Json.object().put("roll_signing_key", "true"));
    world.answer(auth.handler, Json.object().put("roll_signing_key", false));

    assertThat(rows(Variable.SIGNING_KEYS_TABLE)).containsOnlyKeys(before);
  }

  @Test
  void aFunctionBuiltWhileStorageIsOutOfReachFindsItsKeyAtFirstUse() {
    var reachable = new AtomicBoolean(false);
    AuthHandler handler =
        auth.handlerOn(
            through(
                (operation, request) -> {
                  if (!reachable.get()) {
                    throw SdkClientException.create("out of reach");
                  }
                }));
    assertThat(register(handler).status()).isEqualTo(503);
    reachable.set(true);

    assertThat(auth.profile(register(handler).text("access_token")).status()).isEqualTo(200);
  }

  @Test
  void aKeyDoesNotTellItself() {
    SigningKey key = keys(world.dynamoDb).current();

    assertThat(key).hasToString("SigningKey[" + key.keyId() + "]");
  }

  private Answer register(AuthHandler function) {
    return world.call(
        function,
        ProxyEvent.of("POST", "/auth/register")
            .put(
                "body",
                AuthFixture.credentials(AuthFixture.newEmail(), AuthFixture.PASSWORD).toString()));
  }

  private DynamoDbClient through(BeforeRequest watch) {
    return world.tables.client(watch);
  }

  private SigningKeys keys(DynamoDbClient client) {
    return SigningKeys.of(world.host.with(client));
  }

  private SigningKeyStore store(DynamoDbClient client) {
    return SigningKeyStore.of(world.host.with(client));
  }

  private Map<String, Map<String, AttributeValue>> rows(Variable table) {
    return world
        .dynamoDb
        .query(
            query ->
                query
                    .tableName(world.table(table))
                    .keyConditionExpression("purpose = :p")
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("access-token")))
                    .consistentRead(true))
        .items()
        .stream()
        .collect(Collectors.toMap(row -> row.get("key_id").s(), row -> row));
  }

  private void removeAll(Variable table) {
    rows(table)
        .keySet()
        .forEach(
            id ->
                world.dynamoDb.deleteItem(
                    delete ->
                        delete
                            .tableName(world.table(table))
                            .key(
                                Map.of(
                                    "purpose", AttributeValue.fromS("access-token"),
                                    "key_id", AttributeValue.fromS(id)))));
  }

  private static com.fasterxml.jackson.databind.JsonNode roll() {
    return Json.object().put("roll_signing_key", true);
  }

  private static String keyIdOf(String token) {
    return JWT.decode(token).getKeyId();
  }
}
