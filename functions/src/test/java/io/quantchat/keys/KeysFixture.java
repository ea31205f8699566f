package io.quantchat.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.host.Times;
import io.quantchat.limits.Limits;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A key directory, and people who call it. */
final class KeysFixture {

  final World world;
  final KeysHandler handler;

  KeysFixture(StoreTables tables) {
    this(new World(tables));
  }

  private KeysFixture(World world) {
    this(world, world.dynamoDb);
  }

  /** The directory of a world, through this client of its tables. */
  KeysFixture(World world, DynamoDbClient dynamoDb) {
    this.world = world;
    this.handler = new KeysHandler(world.hostOf(KeysHandler.class).with(dynamoDb));
  }

  Instant now() {
    return Times.toMilliseconds(world.clock.instant());
  }

  /** The limits that the directory counts by. */
  Limits limits() {
    return Limits.of(world.host);
  }

  /** Somebody with an account and keys that nobody knows yet. */
  KeyOwner owner(String name) {
    return new KeyOwner(world.account(name));
  }

  /** Somebody with a bundle and, if any, a batch of so many prekeys. */
  KeyOwner publisher(String name, int prekeys) {
    KeyOwner owner = owner(name);
    publish(owner, owner.bundle(1, now())).expect(200);
    if (prekeys > 0) {
      upload(owner, owner.batch(prekeys, now())).expect(201);
    }
    return owner;
  }

  Answer publish(KeyOwner owner, SignedBundle bundle) {
    return publish(owner.account, KeyOwner.json(bundle));
  }

  Answer publish(Account caller, JsonNode bundle) {
    return call(world.request("PUT", "/keys/bundle", caller).put("body", bundle.toString()));
  }

  Answer upload(KeyOwner owner, PrekeyBatch batch) {
    return upload(owner.account, KeyOwner.json(batch));
  }

  Answer upload(Account caller, JsonNode batch) {
    return call(world.request("POST", "/keys/prekeys", caller).put("body", batch.toString()));
  }

  /** How many were withdrawn. */
  int withdraw(KeyOwner owner) {
    return call(world.request("DELETE", "/keys/prekeys", owner.account))
        .expect(200)
        .path("withdrawn")
        .asInt();
  }

  JsonNode count(KeyOwner owner) {
    return call(world.request("GET", "/keys/prekeys/count", owner.account)).expect(200);
  }

  /** Takes as somebody whom the owner has added: strangers are given few. */
  Answer take(Account caller, KeyOwner owner, String count) {
    world.hasAdded(owner.account, caller);
    return takeAsTheyAre(caller, owner, count);
  }

  /** Takes, as a stranger unless the owner has added the caller. */
  Answer takeAsTheyAre(Account caller, KeyOwner owner, String count) {
    return call(asking("/keys/{user_id}", caller, owner.account.userId(), Map.of("take", count)));
  }

  /** Takes so many; all goes well. */
  JsonNode taken(Account caller, KeyOwner owner, int count) {
    return take(caller, owner, Integer.toString(count)).expect(200);
  }

  /** Takes one, knowing a bundle of that version; all goes well. */
  JsonNode takenKnowing(Account caller, KeyOwner owner, String version) {
    return call(asking(
            "/keys/{user_id}",
            caller,
            owner.account.userId(),
            Map.of("take", "1", "if_version", version)))
        .expect(200);
  }

  Answer read(Account caller, KeyOwner owner, Map<String, String> query) {
    return call(asking("/keys/{user_id}/bundle", caller, owner.account.userId(), query));
  }

  ObjectNode asking(String resource, Account caller, String userId, Map<String, String> query) {
    ObjectNode event = world.request("GET", resource, caller);
    event.putObject("pathParameters").put("user_id", userId);
    ObjectNode parameters = event.putObject("queryStringParameters");
    query.forEach(parameters::put);
    return event;
  }

  Answer call(ObjectNode event) {
    return world.call(handler, event);
  }

  /** The ids of the one-time prekeys in an answer. */
  static List<String> prekeyIds(JsonNode taken) {
    var ids = new ArrayList<String>();
    taken.path("one_time_prekeys").forEach(prekey -> ids.add(prekey.path("key_id").asText()));
    return ids;
  }
}
