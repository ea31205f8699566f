package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.crypto.Base64Text;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.KeyAlgorithm;
import io.quantchat.crypto.OneTimePrekey;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.crypto.Suite;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.host.Times;
import io.quantchat.limits.Limit;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Publishing bundles and reading them. */
@StoreTest
class BundleTest {

  private final KeysFixture keys;
  private final KeyOwner ada;
  private final Account bob;

  BundleTest(StoreTables tables) {
    keys = new KeysFixture(tables);
    ada = keys.owner("ada");
    bob = keys.world.account("bob");
  }

  @Test
  void aBundleIsReadAsItWasPublished() {
    SignedBundle bundle = ada.bundle(1, keys.now());

    JsonNode receipt = keys.publish(ada, bundle).expect(200);

    assertThat(receipt.path("bundle_version").asInt()).isEqualTo(1);
    assertThat(receipt.path("expires_at").asText())
        .isEqualTo(Times.format(keys.now().plus(Bundle.LONGEST_LIFE)));
    assertThat(keys.read(bob, ada, Map.of()).expect(200)).isEqualTo(KeyOwner.json(bundle));
  }

  @Test
  void aReaderCanVerifyIt() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);

    var read =
        SignedBundle.fromMap(
            PackedJson.toMap((ObjectNode) keys.read(bob, ada, Map.of()).expect(200)));

    read.verify(keys.now());
    assertThat(read.bundle().identity()).isEqualTo(ada.identity().identity());
  }

  @Test
  void eachVersionIsOneHigherThanTheOneBefore() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);

    assertThat(keys.publish(ada, ada.bundle(4, keys.now())).detail(409))
        .contains("version 2")
        .contains("version 3");
    assertThat(keys.publish(ada, ada.bundle(2, keys.now())).detail(409)).contains("version 2");
    assertThat(keys.publish(ada, ada.bundle(1, keys.now())).detail(409)).contains("version 2");
    assertThat(versionOf(ada)).isEqualTo(2);
  }

  /** Whoever wrote it there: a version that making bundles never reaches ends nobody's rotation. */
  @Test
  void anyVersionThatIsReachedFollowsOneThatIsNot() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    keys.world.dynamoDb.updateItem(
        update ->
            update
                .tableName(keys.world.table(Variable.KEY_BUNDLES_TABLE))
                .key(Map.of("user_id", Item.of(ada.account.userId())))
                .updateExpression("SET version = :last")
                .expressionAttributeValues(Map.of(":last", Item.of((1L << 53) - 1))));

    keys.publish(ada, ada.bundle((1L << 53) - 2, keys.now())).expect(409);
    keys.publish(ada, ada.bundle(7, keys.now())).expect(200);

    assertThat(versionOf(ada)).isEqualTo(7);
    keys.publish(ada, ada.bundle(9, keys.now())).expect(409);
    keys.publish(ada, ada.bundle(8, keys.now())).expect(200);
  }

  @Test
  void theFirstIsOfVersionOne() {
    assertThat(keys.publish(ada, ada.bundle(2, keys.now())).detail(409)).contains("version 0");
    assertThat(keys.read(bob, ada, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void theSameAgainChangesNothing() {
    SignedBundle bundle = ada.bundle(1, keys.now());
    JsonNode first = keys.publish(ada, bundle).expect(200);

    assertThat(keys.publish(ada, bundle).expect(200)).isEqualTo(first);
    assertThat(keys.read(bob, ada, Map.of()).expect(200)).isEqualTo(KeyOwner.json(bundle));
  }

  @Test
  void ofManyNextVersionsAtOnceOneIsStored() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);

    List<Integer> statuses =
        Parallel.map(
            IntStream.range(0, 10).boxed().toList(),
            i -> keys.publish(ada, ada.bundle(2, keys.now())).status());

    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    assertThat(versionOf(ada)).isEqualTo(2);
  }

  @Test
  void nobodyPublishesForAnother() {
    keys.publish(bob, KeyOwner.json(ada.bundle(1, keys.now()))).expect(403);

    assertThat(keys.read(bob, ada, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void bothSignaturesMustBeGood() {
    ObjectNode bundle = KeyOwner.json(ada.bundle(1, keys.now()));
    ArrayNode signatures = (ArrayNode) bundle.path("signatures");

    for (int i = 0; i < signatures.size(); i++) {
      ObjectNode without = bundle.deepCopy();
      ((ArrayNode) without.path("signatures")).remove(i);
      assertThat(keys.publish(ada.account, without).detail(422)).contains("lacks a signature");

      ObjectNode forged = bundle.deepCopy();
      flip((ObjectNode) forged.path("signatures").path(i), "signature");
      assertThat(keys.publish(ada.account, forged).detail(422)).contains("signature");
    }
    assertThat(keys.read(bob, ada, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void whatIsSignedCanNotBeChanged() {
    ObjectNode bundle = KeyOwner.json(ada.bundle(1, keys.now()));
    ObjectNode longer =
        bundle.deepCopy().put("expires_at", Times.format(keys.now().plus(Duration.ofDays(29))));
    ObjectNode weaker = bundle.deepCopy();
    ((ArrayNode) weaker.path("capabilities")).remove(1);
    ObjectNode fewer = bundle.deepCopy();
    ((ObjectNode) fewer.path("keys").path(0)).put("created_at", "2026-02-01T00:00:00.000Z");

    Stream.of(longer, weaker, fewer)
        .forEach(changed -> keys.publish(ada.account, changed).expect(422));
  }

  @Test
  void aRefusalNamesTheFieldAndNotItsValue() {
    ObjectNode bundle = KeyOwner.json(ada.bundle(1, keys.now()));
    ((ObjectNode) bundle.path("keys").path(0)).put("key_data", "not base64");

    JsonNode refusal = keys.publish(ada.account, bundle).expect(422);

    assertThat(refusal.path("errors").path(0).path("field").asText()).isEqualTo("keys[0].key_data");
    assertThat(refusal.toString()).doesNotContain("not base64");
  }

  @Test
  void anExpiredOneAndOneFromTheFutureAreRefused() {
    Instant now = keys.now();

    assertThat(keys.publish(ada, ada.bundle(1, now.minus(Bundle.LONGEST_LIFE))).detail(422))
        .contains("newer");
    assertThat(keys.publish(ada, ada.bundle(1, now.plus(Duration.ofMinutes(6)))).detail(422))
        .contains("clock");
    keys.publish(ada, ada.bundle(1, now.plus(Duration.ofMinutes(4)))).expect(200);
  }

  @Test
  void whatIsNoBundleIsRefused() {
    for (String body :
        List.of("{}", "{\"user_id\": 1}", "{\"bundle_version\": 1.5}", "{\"keys\": {}}")) {
      Answer answer =
          keys.call(keys.world.request("PUT", "/keys/bundle", ada.account).put("body", body));
      assertThat(answer.status()).as(body).isEqualTo(422);
    }
    String tooLarge = "{\"padding\": \"" + "x".repeat(64 * 1024) + "\"}";
    keys.call(keys.world.request("PUT", "/keys/bundle", ada.account).put("body", tooLarge))
        .expect(413);
  }

  @Test
  void whoHasTheNewestIsSentNothing() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);

    Answer same = keys.read(bob, ada, Map.of("if_version", "2"));

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body().isMissingNode()).isTrue();
    for (String other : List.of("0", "1", "3", "9007199254740991")) {
      assertThat(keys.read(bob, ada, Map.of("if_version", other)).expect(200))
          .isEqualTo(keys.read(bob, ada, Map.of()).expect(200));
    }
    for (String none : List.of("", "two", "-1", "2.0", "99999999999999999999")) {
      assertThat(keys.read(bob, ada, Map.of("if_version", none)).status()).isEqualTo(422);
    }
  }

  @Test
  void anExpiredBundleIsShownToItsOwnerAlone() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);

    keys.world.clock.advance(Bundle.LONGEST_LIFE);

    assertThat(keys.read(bob, ada, Map.of()).detail(404)).contains("no keys");
    assertThat(versionOf(ada)).isEqualTo(1);
    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);
    keys.read(bob, ada, Map.of()).expect(200);
  }

  @Test
  void whoHasNoBundleAndWhoIsNotThereLookTheSame() {
    String none = keys.read(bob, ada, Map.of()).detail(404);
    Answer nobody =
        keys.call(
            keys.asking("/keys/{user_id}/bundle", bob, UUID.randomUUID().toString(), Map.of()));

    assertThat(nobody.detail(404)).isEqualTo(none);
    keys.call(keys.asking("/keys/{user_id}/bundle", bob, "ada", Map.of())).expect(422);
  }

  @Test
  void theAccountShowsTheActiveP256PrekeyAndNoLargeKey() {
    SignedBundle first = ada.bundle(1, keys.now());
    keys.publish(ada, first).expect(200);
    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);
    SignedBundle third = ada.bundle(3, keys.now());

    keys.publish(ada, third).expect(200);

    var key = third.bundle().keys().primary(KeyAlgorithm.ECDH_P256).orElseThrow();
    Account account = keys.world.reread(ada.account);
    assertThat(account.publicKey()).contains(Base64Text.encode(key.data()));
    assertThat(account.allPublicKeys())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.keyId()).isEqualTo(key.id().text());
              assertThat(shown.algorithm()).isEqualTo("ECDH-P256");
              assertThat(shown.keyData()).isEqualTo(Base64Text.encode(key.data()));
              assertThat(shown.status()).isEqualTo("active");
            });
  }

  @Test
  void aRefusedBundleLeavesTheAccountAsItWas() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    Account before = keys.world.reread(ada.account);

    keys.publish(ada, ada.bundle(3, keys.now())).expect(409);

    assertThat(keys.world.reread(ada.account)).isEqualTo(before);
  }

  @Test
  void anAccountThatIsGonePublishesNothing() {
    keys.world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(keys.world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", Item.of(ada.account.userId()))));

    keys.publish(ada, ada.bundle(1, keys.now())).expect(401);

    assertThat(keys.read(bob, ada, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void aNewIdentityIsTakenAndVoidsTheBatchesOfTheOldOne() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    keys.upload(ada, ada.batch(30, keys.now())).expect(201);
    ada.startsAnew();

    keys.publish(ada, ada.bundle(2, keys.now())).expect(200);

    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
    assertThat(keys.taken(bob, ada, 1).path("one_time_prekeys")).isEmpty();
    keys.upload(ada, ada.batch(2, keys.now())).expect(201);
    assertThat(keys.taken(bob, ada, 5).path("one_time_prekeys")).hasSize(2);
  }

  @Test
  void aProgramThatKnowsNoKemPublishesAllTheSame() {
    OneTimePrekey prekeys = ada.pair();
    SignedBundle classical =
        ada.bundle(1, keys.now(), Capabilities.of(Suite.V1), List.of(prekeys.ecdh()), List.of());

    keys.publish(ada, classical).expect(200);

    assertThat(keys.taken(bob, ada, 1).path("last_resort_key_id").asText())
        .isEqualTo(
            classical.bundle().keys().primary(KeyAlgorithm.ECDH_P256).orElseThrow().id().text());
  }

  @Test
  void tooManyUploadsInAnHourMustWait() {
    keys.limits().charge(Limit.KEY_UPLOADS, ada.account.userId(), 58);
    keys.publish(ada, ada.bundle(2, keys.now())).expect(409);
    keys.upload(ada, ada.batch(1, keys.now())).expect(409);

    Answer refused = keys.publish(ada, ada.bundle(1, keys.now()));

    refused.expect(429);
    keys.world.clock.advance(Duration.ofSeconds(refused.headers().path("Retry-After").asInt()));
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
  }

  @Test
  void nobodyCallsWithoutAGoodToken() {
    for (String route :
        List.of(
            "PUT /keys/bundle",
            "POST /keys/prekeys",
            "GET /keys/prekeys/count",
            "GET /keys/{user_id}",
            "GET /keys/{user_id}/bundle")) {
      ObjectNode event =
          keys.world.request(
              route.substring(0, route.indexOf(' ')),
              route.substring(route.indexOf(' ') + 1),
              ada.account);
      event.putObject("pathParameters").put("user_id", ada.account.userId());
      ObjectNode expired = event.deepCopy();
      expired
          .putObject("headers")
          .put(
              "Authorization",
              "Bearer " + keys.world.tokenOf(ada.account.userId(), Duration.ofMinutes(-1)));
      event.putObject("headers");

      assertThat(keys.call(event).status()).as(route).isEqualTo(401);
      assertThat(keys.call(expired).status()).as(route).isEqualTo(401);
    }
  }

  private long versionOf(KeyOwner owner) {
    return keys.read(owner.account, owner, Map.of()).expect(200).path("bundle_version").asLong();
  }

  private static void flip(ObjectNode object, String field) {
    byte[] bytes = Base64Text.decode(field, object.path(field).asText());
    bytes[bytes.length / 2] ^= 1;
    object.put(field, Base64Text.encode(bytes));
  }
}
