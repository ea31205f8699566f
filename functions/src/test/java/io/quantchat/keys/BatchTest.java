package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.crypto.Base64Text;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.host.Times;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Publishing one-time prekeys. */
@StoreTest
class BatchTest {

  private final KeysFixture keys;
  private final KeyOwner ada;
  private final Account bob;

  BatchTest(StoreTables tables) {
    keys = new KeysFixture(tables);
    ada = keys.publisher("ada", 0);
    bob = keys.world.account("bob");
  }

  @Test
  void theLargestBatchIsCounted() {
    PrekeyBatch batch = ada.batch(128, keys.now());

    JsonNode receipt = keys.upload(ada, batch).expect(201);

    assertThat(receipt.path("batch_id").asText()).isEqualTo(batch.batchId().toString());
    assertThat(receipt.path("expires_at").asText())
        .isEqualTo(Times.format(keys.now().plus(Batch.LIFE)));
    assertThat(receipt.path("one_time").asInt()).isEqualTo(128);
    assertThat(receipt.path("low").asBoolean()).isFalse();
    assertThat(keys.count(ada).toString()).isEqualTo("{\"one_time\":128,\"low\":false}");
  }

  @Test
  void belowTwentyIsLow() {
    keys.upload(ada, ada.batch(19, keys.now())).expect(201);
    assertThat(keys.count(ada).toString()).isEqualTo("{\"one_time\":19,\"low\":true}");

    JsonNode receipt = keys.upload(ada, ada.batch(1, keys.now())).expect(201);

    assertThat(receipt.path("one_time").asInt()).isEqualTo(20);
    assertThat(receipt.path("low").asBoolean()).isFalse();
  }

  @Test
  void theSameAgainChangesNothingAlsoAfterSomeWereTaken() {
    PrekeyBatch batch = ada.batch(3, keys.now());
    keys.upload(ada, batch).expect(201);
    assertThat(keys.upload(ada, batch).expect(200).path("one_time").asInt()).isEqualTo(3);
    keys.taken(bob, ada, 2);

    assertThat(keys.upload(ada, batch).expect(200).path("one_time").asInt()).isEqualTo(1);
    assertThat(KeysFixture.prekeyIds(keys.taken(bob, ada, 5)))
        .containsExactly(batch.prekeys().getLast().id().text());
    assertThat(keys.upload(ada, batch).expect(200).path("one_time").asInt()).isZero();
  }

  @Test
  void whatIsWithdrawnIsHandedOutToNobodyAndTheSameBatchIsNotOpenedAgain() {
    PrekeyBatch batch = ada.batch(3, keys.now());
    keys.upload(ada, batch).expect(201);
    keys.upload(ada, ada.batch(2, keys.now())).expect(201);
    keys.taken(bob, ada, 1);

    assertThat(keys.withdraw(ada)).isEqualTo(4);

    assertThat(keys.withdraw(ada)).isZero();
    assertThat(keys.count(ada).toString()).isEqualTo("{\"one_time\":0,\"low\":true}");
    JsonNode taken = keys.taken(bob, ada, 5);
    assertThat(taken.path("one_time_prekeys")).isEmpty();
    assertThat(taken.path("last_resort_key_id").asText()).isNotEmpty();
    keys.upload(ada, batch).expect(200);
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
    keys.upload(ada, ada.batch(2, keys.now())).expect(201);
    assertThat(KeysFixture.prekeyIds(keys.taken(bob, ada, 5))).hasSize(2);
  }

  @Test
  void nobodyWithdrawsWhatIsAnothers() {
    keys.upload(ada, ada.batch(3, keys.now())).expect(201);
    KeyOwner cleo = keys.publisher("cleo", 2);

    assertThat(keys.withdraw(cleo)).isEqualTo(2);

    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(3);
  }

  @Test
  void ofAWithdrawalAndTakesAtOnceNoPrekeyIsCountedTwice() {
    keys.upload(ada, ada.batch(40, keys.now())).expect(201);

    List<Integer> gone =
        Parallel.map(
            IntStream.range(0, 8).boxed().toList(),
            i ->
                i == 4
                    ? keys.withdraw(ada)
                    : KeysFixture.prekeyIds(keys.taken(keys.world.account("taker" + i), ada, 2))
                        .size());

    assertThat(gone.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
  }

  @Test
  void signingTheSameAnewIsTheSame() {
    PrekeyBatch batch = ada.batch(2, keys.now());
    PrekeyBatch resigned = ada.sign(batch.batchId(), batch.created(), batch.prekeys());
    keys.upload(ada, batch).expect(201);

    keys.upload(ada, resigned).expect(200);

    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(2);
  }

  @Test
  void anotherBatchOfTheSameIdIsRefusedAndSpoilsNothing() {
    PrekeyBatch batch = ada.batch(2, keys.now());
    keys.upload(ada, batch).expect(201);

    assertThat(keys.upload(ada, ada.batch(batch.batchId(), 2, keys.now())).detail(409))
        .contains("batch_id");

    assertThat(KeysFixture.prekeyIds(keys.taken(bob, ada, 5)))
        .isEqualTo(batch.prekeys().stream().map(prekey -> prekey.id().text()).toList());
  }

  @Test
  void ofManyUploadsOfOneIdAtOnceOneIsOpenedAndWhole() {
    UUID id = UUID.randomUUID();
    List<PrekeyBatch> batches =
        IntStream.range(0, 8).mapToObj(i -> ada.batch(id, 4, keys.now())).toList();

    List<Integer> statuses = Parallel.map(batches, batch -> keys.upload(ada, batch).status());

    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    PrekeyBatch opened = batches.get(statuses.indexOf(201));
    JsonNode taken = keys.taken(bob, ada, 4);
    assertThat(KeysFixture.prekeyIds(taken))
        .isEqualTo(opened.prekeys().stream().map(prekey -> prekey.id().text()).toList());
    TakeTest.verify(taken, ada);
  }

  @Test
  void aBatchThatIsNotWrittenToItsEndIsNotThere() {
    PrekeyBatch batch = ada.batch(30, keys.now());
    var store = PrekeyStore.of(keys.world.host);

    store.write(Batch.of(batch, ada.identity().identity()), batch.offers());

    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).isEmpty();
    keys.upload(ada, batch).expect(201);
    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).hasSize(1);
  }

  @Test
  void thereIsNoBatchWithoutABundle() {
    KeyOwner eve = keys.owner("eve");

    assertThat(keys.upload(eve, eve.batch(1, keys.now())).detail(409)).contains("PUT /keys/bundle");
    assertThat(keys.count(eve).path("one_time").asInt()).isZero();
  }

  @Test
  void onlyTheIdentityOfTheBundleSigns() {
    ada.startsAnew();

    assertThat(keys.upload(ada, ada.batch(1, keys.now())).detail(422)).contains("not the key");
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
  }

  @Test
  void nobodyUploadsForAnother() {
    keys.upload(bob, KeyOwner.json(ada.batch(1, keys.now()))).expect(403);
  }

  @Test
  void whatIsSignedCanNotBeChanged() {
    ObjectNode batch = KeyOwner.json(ada.batch(3, keys.now()));
    ObjectNode swapped = batch.deepCopy();
    ArrayNode prekeys = (ArrayNode) swapped.path("prekeys");
    prekeys.add(prekeys.remove(0));
    ObjectNode fewer = batch.deepCopy();
    ((ArrayNode) fewer.path("prekeys")).remove(2);
    ObjectNode other = batch.deepCopy().put("batch_id", UUID.randomUUID().toString());
    ObjectNode unsigned = batch.deepCopy();
    ((ArrayNode) unsigned.path("signatures")).remove(1);
    ObjectNode forged = batch.deepCopy();
    ObjectNode signature = (ObjectNode) forged.path("signatures").path(1);
    byte[] bytes = Base64Text.decode("signature", signature.path("signature").asText());
    bytes[100] ^= 4;
    signature.put("signature", Base64Text.encode(bytes));

    for (ObjectNode changed : List.of(swapped, fewer, other, unsigned, forged)) {
      keys.upload(ada.account, changed).expect(422);
    }
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
  }

  @Test
  void whatIsNoBatchIsRefused() {
    ObjectNode batch = KeyOwner.json(ada.batch(1, keys.now()));
    ObjectNode none = batch.deepCopy();
    ((ArrayNode) none.path("prekeys")).removeAll();
    ObjectNode tooMany = batch.deepCopy();
    ArrayNode prekeys = (ArrayNode) tooMany.path("prekeys");
    IntStream.range(0, 128).forEach(i -> prekeys.add(prekeys.get(0)));
    ObjectNode twice = batch.deepCopy();
    ((ArrayNode) twice.path("prekeys")).add(batch.path("prekeys").path(0));
    ObjectNode invalid = batch.deepCopy();
    ((ObjectNode) invalid.path("prekeys").path(0)).put("ecdh", Base64Text.encode(new byte[65]));

    for (ObjectNode refused : List.of(none, tooMany, twice, invalid)) {
      keys.upload(ada.account, refused).expect(422);
    }
    String tooLarge = "{\"padding\": \"" + "x".repeat(256 * 1024) + "\"}";
    keys.call(keys.world.request("POST", "/keys/prekeys", ada.account).put("body", tooLarge))
        .expect(413);
  }

  @Test
  void aBatchIsVoidAfterThirtyDaysAndCanNotBeUploadedAgain() {
    PrekeyBatch batch = ada.batch(3, keys.now());
    keys.upload(ada, batch).expect(201);
    keys.publish(ada, ada.bundle(2, keys.now().plus(Duration.ofMinutes(4)))).expect(200);

    keys.world.clock.advance(Batch.LIFE.minusMillis(1));
    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(3);
    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).hasSize(1);

    keys.world.clock.advance(Duration.ofMillis(1));
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).isEmpty();
    assertThat(keys.upload(ada, ada.batch(1, batch.created())).detail(422)).contains("created_at");
  }

  @Test
  void aBatchFromTheFutureIsRefused() {
    Instant future = keys.now().plus(Duration.ofMinutes(6));

    assertThat(keys.upload(ada, ada.batch(1, future)).detail(422)).contains("clock");
  }

  /** Each take reads one page, however often its owner has published. */
  @Test
  void anAccountHasNoMoreBatchesThanAPageHolds() {
    keys.upload(ada, ada.batch(1, keys.now())).expect(201);
    keys.taken(bob, ada, 1);
    copyTheOnlyBatch(BatchStore.MOST - 2);
    keys.upload(ada, ada.batch(2, keys.now())).expect(201);

    assertThat(keys.upload(ada, ada.batch(1, keys.now())).detail(422)).contains("4000");

    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(2);
    assertThat(keys.taken(bob, ada, 5).path("one_time_prekeys")).hasSize(2);
  }

  /** As if as many others had been published and spent. */
  private void copyTheOnlyBatch(int copies) {
    String table = keys.world.table(Variable.PREKEYS_TABLE);
    Map<String, AttributeValue> row =
        keys.world
            .dynamoDb
            .query(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression("belongs_to = :user")
                        .expressionAttributeValues(Map.of(":user", Item.of(ada.account.userId()))))
            .items()
            .getFirst();
    List<WriteRequest> writes =
        Stream.generate(() -> new HashMap<>(row))
            .limit(copies)
            .peek(copy -> copy.put("place", Item.of(UUID.randomUUID().toString())))
            .map(copy -> WriteRequest.builder().putRequest(put -> put.item(copy)).build())
            .toList();
    for (int from = 0; from < copies; from += 25) {
      List<WriteRequest> some = writes.subList(from, Math.min(from + 25, copies));
      keys.world.dynamoDb.batchWriteItem(write -> write.requestItems(Map.of(table, some)));
    }
  }

  @Test
  void anAccountHasNoMoreThanFourFullBatches() {
    for (int i = 0; i < 4; i++) {
      keys.upload(ada, ada.batch(128, keys.now())).expect(201);
    }

    assertThat(keys.upload(ada, ada.batch(1, keys.now())).detail(422)).contains("512");

    keys.taken(bob, ada, 1);
    keys.upload(ada, ada.batch(1, keys.now())).expect(201);
  }
}
