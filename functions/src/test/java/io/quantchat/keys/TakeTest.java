package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.push.Connection;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Taking other people's prekeys. */
@StoreTest
class TakeTest {

  private final KeysFixture keys;
  private final Account bob;

  TakeTest(StoreTables tables) {
    keys = new KeysFixture(tables);
    bob = keys.world.account("bob");
  }

  @Test
  void whatIsTakenIsSignedByTheAccount() {
    KeyOwner ada = keys.publisher("ada", 7);

    JsonNode taken = keys.taken(bob, ada, 5);

    assertThat(taken.path("user_id").asText()).isEqualTo(ada.account.userId());
    assertThat(taken.path("one_time_prekeys")).hasSize(5);
    assertThat(taken.path("last_resort_key_id").isNull()).isTrue();
    verify(taken, ada);
  }

  @Test
  void eachIsHandedOutOnceInTheOrderOfTheBatch() {
    KeyOwner ada = keys.publisher("ada", 0);
    PrekeyBatch batch = ada.batch(6, keys.now());
    keys.upload(ada, batch).expect(201);

    List<String> ids =
        Stream.of(1, 3, 1, 1)
            .flatMap(count -> KeysFixture.prekeyIds(keys.taken(bob, ada, count)).stream())
            .toList();

    assertThat(ids).isEqualTo(batch.prekeys().stream().map(prekey -> prekey.id().text()).toList());
  }

  @Test
  void theOldestBatchGoesFirstAndATakeMaySpanSeveral() {
    KeyOwner ada = keys.publisher("ada", 0);
    PrekeyBatch old = ada.batch(2, keys.now().minus(Duration.ofDays(2)));
    PrekeyBatch newest = ada.batch(4, keys.now());
    PrekeyBatch middle = ada.batch(1, keys.now().minus(Duration.ofDays(1)));
    Stream.of(newest, old, middle).forEach(batch -> keys.upload(ada, batch).expect(201));

    JsonNode taken = keys.taken(bob, ada, 5);

    verify(taken, ada);
    assertThat(KeysFixture.prekeyIds(taken))
        .isEqualTo(
            Stream.of(old.prekeys(), middle.prekeys(), newest.prekeys().subList(0, 2))
                .flatMap(List::stream)
                .map(prekey -> prekey.id().text())
                .toList());
    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(2);
  }

  @Test
  void whatTheirBatchSharesIsSentOnceAndOfAPathOnlyWhatThePrekeyBeforeHasNot() {
    KeyOwner ada = keys.publisher("ada", 0);
    PrekeyBatch old = ada.batch(2, keys.now().minus(Duration.ofDays(2)));
    PrekeyBatch big = ada.batch(128, keys.now());
    Stream.of(big, old).forEach(batch -> keys.upload(ada, batch).expect(201));

    JsonNode spanning = keys.taken(bob, ada, 5);
    JsonNode further = keys.taken(bob, ada, 5);

    verify(spanning, ada);
    assertThat(spanning.path("batches").findValuesAsText("batch_id"))
        .containsExactly(old.batchId().toString(), big.batchId().toString());
    assertThat(spanning.path("one_time_prekeys").findValuesAsText("batch"))
        .containsExactly("0", "0", "1", "1", "1");
    assertThat(pathSizes(spanning)).containsExactly(1, 1, 7, 1, 2);
    verify(further, ada);
    assertThat(further.path("batches")).hasSize(1);
    assertThat(pathSizes(further)).containsExactly(7, 3, 1, 2, 1);
  }

  private static List<Integer> pathSizes(JsonNode taken) {
    var sizes = new ArrayList<Integer>();
    taken.path("one_time_prekeys").forEach(prekey -> sizes.add(prekey.path("path").size()));
    return sizes;
  }

  @Test
  void aBundleThatTheTakerHasIsNotSentAgain() {
    KeyOwner ada = keys.publisher("ada", 3);

    JsonNode known = keys.takenKnowing(bob, ada, "1");
    JsonNode older = keys.takenKnowing(bob, ada, "0");
    JsonNode newer = keys.takenKnowing(bob, ada, "2");
    JsonNode none = keys.takenKnowing(bob, ada, "1");

    assertThat(known.path("bundle").isNull()).isTrue();
    assertThat(known.path("one_time_prekeys")).hasSize(1);
    verify(older, ada);
    verify(newer, ada);
    assertThat(none.path("bundle").isNull()).isTrue();
    assertThat(none.path("last_resort_key_id").isTextual()).isTrue();
    for (String version : List.of("", "-1", "1.0", "one", "12345678901234567")) {
      keys.call(
              keys.asking(
                  "/keys/{user_id}",
                  bob,
                  ada.account.userId(),
                  Map.of("take", "1", "if_version", version)))
          .expect(422);
    }
  }

  @Test
  void whoAsksForMoreThanThereAreGetsWhatThereIs() {
    KeyOwner ada = keys.publisher("ada", 3);

    JsonNode taken = keys.taken(bob, ada, 5);

    assertThat(taken.path("one_time_prekeys")).hasSize(3);
    assertThat(taken.path("last_resort_key_id").isNull()).isTrue();
  }

  @Test
  void whereThereIsNoneTheLastResortIsNamed() {
    KeyOwner ada = keys.owner("ada");
    SignedBundle bundle = ada.bundle(1, keys.now());
    keys.publish(ada, bundle).expect(200);

    JsonNode taken = keys.taken(bob, ada, 1);

    assertThat(taken.path("one_time_prekeys")).isEmpty();
    assertThat(taken.path("bundle")).isEqualTo(KeyOwner.json(bundle));
    assertThat(taken.path("last_resort_key_id").asText())
        .isEqualTo(
            bundle.bundle().keys().primary(KeyAlgorithm.ML_KEM_768).orElseThrow().id().text());
  }

  /** Else a block would be seen in what one is given: it looks like a deleted contact. */
  @Test
  void whoIsBlockedIsGivenWhatStrangersAre() {
    KeyOwner ada = keys.publisher("ada", 60);
    Account blocked = keys.world.account("blocked");
    Account blockedContact = keys.world.account("blocked-contact");
    keys.world.hasAdded(ada.account, blockedContact);
    keys.world.hasAdded(ada.account, bob);
    for (Account account : List.of(blocked, blockedContact)) {
      keys.world.blocks.block(ada.account.userId(), account.userId());
    }
    Account stranger = keys.world.account("stranger");

    assertThat(givenInTakesOfFive(stranger, ada)).isEqualTo(List.of(5, 5, 0, 0));
    assertThat(givenInTakesOfFive(blocked, ada)).isEqualTo(List.of(5, 5, 0, 0));
    assertThat(givenInTakesOfFive(bob, ada)).isEqualTo(List.of(5, 5, 5, 5));
    assertThat(givenInTakesOfFive(blockedContact, ada)).isEqualTo(List.of(5, 5, 0, 0));
  }

  private List<Integer> givenInTakesOfFive(Account taker, KeyOwner owner) {
    return Stream.of(1, 2, 3, 4)
        .map(
            take ->
                keys.takeAsTheyAre(taker, owner, "5").expect(200).path("one_time_prekeys").size())
        .toList();
  }

  @Test
  void noStrangerDrainsAnAccount() {
    KeyOwner ada = keys.publisher("ada", 97);
    for (int takes = 0; takes < 21; takes++) {
      JsonNode taken = keys.takeAsTheyAre(bob, ada, "5").expect(200);
      assertThat(taken.path("last_resort_key_id").isNull()).isEqualTo(takes < 2);
    }

    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(87);
    assertThat(keys.taken(keys.world.account("friend"), ada, 5).path("one_time_prekeys"))
        .hasSize(5);
    keys.world.clock.advance(Limit.PREKEYS_OF_STRANGER.window());
    assertThat(keys.takeAsTheyAre(bob, ada, "5").expect(200).path("one_time_prekeys")).hasSize(5);
  }

  @Test
  void allStrangersTogetherLeaveContactsTheirShare() {
    KeyOwner ada = keys.publisher("ada", 128);
    int given = 0;
    for (int strangers = 0; strangers < 30; strangers++) {
      Account stranger = keys.world.account("stranger-" + strangers);
      given += keys.takeAsTheyAre(stranger, ada, "5").expect(200).path("one_time_prekeys").size();
    }

    assertThat(given).isEqualTo(100);
    assertThat(keys.taken(bob, ada, 5).path("one_time_prekeys")).hasSize(5);
  }

  @Test
  void aStrangerWhoHasHadTheirShareUsesUpNothingOfTheOthers() {
    KeyOwner ada = keys.publisher("ada", 128);
    for (int takes = 0; takes < 30; takes++) {
      keys.takeAsTheyAre(bob, ada, "5").expect(200);
    }

    assertThat(
            keys.takeAsTheyAre(keys.world.account("carol"), ada, "5")
                .expect(200)
                .path("one_time_prekeys"))
        .hasSize(5);
    keys.limits().charge(Limit.PREKEYS_OF_STRANGERS, ada.account.userId(), 100 - 15);
  }

  @Test
  void whoBlocksCanStillWrite() {
    KeyOwner ada = keys.publisher("ada", 3);
    keys.world.blocks.block(bob.userId(), ada.account.userId());

    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).hasSize(1);
  }

  @Test
  void nothingIsTakenUnderABundleThatHasExpired() {
    KeyOwner ada = keys.publisher("ada", 0);
    keys.world.clock.advance(Duration.ofDays(10));
    keys.upload(ada, ada.batch(2, keys.now())).expect(201);
    keys.world.clock.advance(Bundle.LONGEST_LIFE.minusDays(10));

    assertThat(keys.take(bob, ada, "1").detail(404)).contains("no keys");

    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);
    assertThat(keys.taken(bob, ada, 2).path("one_time_prekeys")).hasSize(2);
  }

  @Test
  void whoHasNoKeysAndWhoIsNotThereLookTheSame() {
    KeyOwner ada = keys.owner("ada");
    ObjectNode nobody =
        keys.asking("/keys/{user_id}", bob, UUID.randomUUID().toString(), Map.of("take", "1"));

    assertThat(keys.call(nobody).detail(404)).isEqualTo(keys.take(bob, ada, "1").detail(404));
  }

  @Test
  void fromOneToFiveAreTaken() {
    KeyOwner ada = keys.publisher("ada", 3);

    for (String count : List.of("", "0", "6", "-1", "1.0", "one", "10")) {
      assertThat(keys.take(bob, ada, count).status()).as(count).isEqualTo(422);
    }
    keys.call(keys.asking("/keys/{user_id}", bob, ada.account.userId(), Map.of())).expect(422);
    keys.call(keys.asking("/keys/{user_id}", bob, "ada", Map.of("take", "1"))).expect(422);
    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(3);
  }

  @Test
  void whoTakesTooManyWaits() {
    KeyOwner ada = keys.publisher("ada", 1);
    KeyOwner eve = keys.publisher("eve", 5);
    keys.limits().charge(Limit.PREKEYS_OF_REQUESTER, bob.userId(), 595);
    keys.taken(bob, ada, 5);

    Answer refused = keys.take(bob, eve, "1");

    refused.expect(429);
    assertThat(refused.headers().path("Access-Control-Expose-Headers").asText())
        .contains("Retry-After");
    assertThat(refused.headers().path("RateLimit").asText())
        .startsWith("\"prekeys-of-requester\";r=0;t=");
    assertThat(keys.count(eve).path("one_time").asInt()).isEqualTo(5);
    assertThat(keys.taken(keys.world.account("carol"), eve, 1).path("one_time_prekeys")).hasSize(1);
    keys.world.clock.advance(Duration.ofSeconds(refused.headers().path("Retry-After").asInt()));
    assertThat(keys.taken(bob, eve, 1).path("one_time_prekeys")).hasSize(1);
  }

  @Test
  void aContactWhoTakesTooManyOfOneAccountWritesUnderTheLastResort() {
    KeyOwner ada = keys.publisher("ada", 5);
    KeyOwner eve = keys.publisher("eve", 5);
    keys.limits()
        .charge(Limit.PREKEYS_OF_PAIR, Limits.pair(bob.userId(), ada.account.userId()), 200 - 2);
    keys.taken(bob, ada, 2);

    JsonNode taken = keys.taken(bob, ada, 1);

    assertThat(taken.path("one_time_prekeys")).isEmpty();
    assertThat(taken.path("last_resort_key_id").isTextual()).isTrue();
    assertThat(keys.count(ada).path("one_time").asInt()).isEqualTo(3);
    assertThat(keys.taken(bob, eve, 5).path("one_time_prekeys")).hasSize(5);
    keys.world.clock.advance(Limit.PREKEYS_OF_PAIR.window());
    assertThat(keys.taken(bob, ada, 3).path("one_time_prekeys")).hasSize(3);
  }

  @Test
  void theAccountIsToldOnceFewAreLeftAndWithEachThatIsTakenThen() {
    KeyOwner ada = keys.publisher("ada", 23);
    Connection socket = keys.world.socketOf(ada.account);

    keys.taken(bob, ada, 3);
    assertThat(keys.world.sockets.framesOf(socket.connectionId())).isEmpty();
    keys.taken(bob, ada, 1);
    keys.taken(bob, ada, 5);

    assertThat(keys.world.sockets.framesOf(socket.connectionId()))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"type\":\"prekeys_low\",\"payload\":{\"one_time\":19}}",
            "{\"type\":\"prekeys_low\",\"payload\":{\"one_time\":14}}");
  }

  @Test
  void whereThereIsNothingToTakeNobodyIsTold() {
    KeyOwner ada = keys.publisher("ada", 1);
    Connection socket = keys.world.socketOf(ada.account);
    keys.taken(bob, ada, 1);

    keys.taken(bob, ada, 1);

    assertThat(keys.world.sockets.typesOf(socket.connectionId())).containsExactly("prekeys_low");
  }

  /** As the program of whoever takes does it. */
  static void verify(JsonNode taken, KeyOwner owner) {
    SignedBundle bundle = SignedBundle.fromMap(PackedJson.toMap((ObjectNode) taken.path("bundle")));
    OfferedPrekeys offered = OfferedPrekeys.fromMap(PackedJson.toMap((ObjectNode) taken));
    assertThat(offered.all()).hasSameSizeAs(taken.path("one_time_prekeys"));
    offered.all().forEach(prekey -> prekey.verify(owner.id(), bundle.bundle().identity()));
  }
}
