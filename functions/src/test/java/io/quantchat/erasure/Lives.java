package io.quantchat.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.RestApiSpec;
import io.quantchat.keys.KeyOwner;
import io.quantchat.leaving.Departure;
import io.quantchat.leaving.LeavingStore;
import io.quantchat.push.Connection;
import io.quantchat.sockets.SocketsHandler;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Mentions;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole lives of accounts, through the template's own functions, and what is left of them. */
final class Lives {

  /** By then no request of before is under way, and no token is good. */
  static final Duration UNTIL_LAST_SWEEP = Duration.ofMinutes(15).plus(Erasure.LONGEST_REQUEST);

  private static final String PASSWORD = "correct horse battery staple";

  final World world;
  private final Map<String, RequestStreamHandler> functions = new ConcurrentHashMap<>();

  /** Of who has registered. */
  private String token;

  Lives(StoreTables tables) {
    this.world = new World(tables);
  }

  /** Somebody with a friend, with others whom it has blocked and who have blocked it. */
  record Life(Account self, Account friend, Account admirer, Account blocked, Account blocker) {

    String id() {
      return self.userId();
    }

    List<Account> others() {
      return List.of(friend, admirer, blocked, blocker);
    }
  }

  private Life lifeOf(Account self) {
    return new Life(
        self,
        world.account("friend"),
        world.account("admirer"),
        world.account("blocked"),
        world.account("blocker"));
  }

  /** A life that has left something in every table that a living one has rows in. */
  Life life() {
    Life life = lifeOf(world.account("self"));
    live(life, tokenOf(life.self()));
    return life;
  }

  /** The same of somebody who has registered, with a password. */
  Life registeredLife() {
    ObjectNode credentials =
        Json.object()
            .put("email", "self." + UUID.randomUUID() + "@example.com")
            .put("password", PASSWORD);
    Answer registered = call("POST /auth/register", "", Map.of(), credentials);
    String userId = registered.expect(201).path("user_id").asText();
    Life life = lifeOf(world.accounts.find(userId, Read.CONSISTENT).orElseThrow());
    token = registered.text("access_token");
    for (String purpose : List.of("verify#", "reset#")) {
      world.dynamoDb.putItem(
          put ->
              put.tableName(world.table(Variable.EMAIL_PROOFS_TABLE))
                  .item(Map.of("proof", Item.of(purpose + userId))));
    }
    // Functions look for keys of tokens once: by then both are there.
    var _ = tokenOf(life.friend());
    live(life, token);
    return life;
  }

  /** Who has registered leaves as anybody does. */
  Answer leaveByRequest() {
    return call("DELETE /users/me", token, Map.of(), Json.object().put("password", PASSWORD));
  }

  /** A token of a session that goes on. */
  String tokenOf(Account account) {
    var _ = world.session(account.userId());
    return world.tokenOf(account);
  }

  /** What somebody does, and others do, who has an account already. */
  void live(Life life, String token) {
    Account self = life.self();
    add(token, life.friend());
    add(world.tokenOf(life.friend()), self);
    add(world.tokenOf(life.admirer()), self);
    block(token, life.blocked());
    block(world.tokenOf(life.blocker()), self);
    send(token, life.friend(), "to the friend").expect(201);
    send(token, life.blocker(), "to who has blocked it").expect(201);
    send(world.tokenOf(life.friend()), self, "from the friend").expect(201);
    send(world.tokenOf(life.blocked()), self, "from who is blocked").expect(201);
    var keys = new KeyOwner(self);
    call("PUT /keys/bundle", token, Map.of(), KeyOwner.json(keys.bundle(1, world.clock.instant())))
        .expect(200);
    call("POST /keys/prekeys", token, Map.of(), KeyOwner.json(keys.batch(2, world.clock.instant())))
        .expect(201);
    call("POST /auth/socket-ticket", token, Map.of(), null).expect(201);
    open(world.newSocket(life.id()));
  }

  /** The same rows, put where they belong: in a tenth of the time. */
  Life rowsOfALife() {
    Life life = lifeOf(world.account("self"));
    String self = life.id();
    world.areContacts(life.self(), life.friend());
    world.hasAdded(life.admirer(), life.self());
    world.blocks.block(self, life.blocked().userId());
    world.blocks.block(life.blocker().userId(), self);
    put(Holding.CONTACTS, "blocked-by#" + life.blocked().userId(), self, Map.of());
    put(Holding.CONTACTS, "blocked-by#" + self, life.blocker().userId(), Map.of());
    var sender = Map.of("s", Item.packedId(self));
    put(Holding.MESSAGES, life.friend().userId(), "1", sender);
    put(Holding.MESSAGES, "dropped#" + life.blocker().userId(), "1", sender);
    put(Holding.MESSAGES, self, "1", Map.of());
    put(Holding.MESSAGES, "dropped#" + self, "1", Map.of());
    put(Holding.PREKEYS, self, "a batch", Map.of("name", Item.of("name of " + self)));
    put(Holding.PREKEYS, "name of " + self, "000", Map.of());
    world.dynamoDb.putItem(
        put ->
            put.tableName(world.table(Variable.KEY_BUNDLES_TABLE))
                .item(Map.of("user_id", Item.of(self))));
    put(
        Holding.SESSIONS,
        self,
        "a session",
        Map.of("tickets", AttributeValue.fromM(Map.of("ticket#" + self, Item.of(0)))));
    world.dynamoDb.putItem(
        put ->
            put.tableName(world.table(Variable.SESSIONS_TABLE))
                .item(Map.of("session_id", Item.of("ticket#" + self), "user_id", Item.of(self))));
    world.connections.add(world.newSocket(self));
    return life;
  }

  private void put(
      Holding holding, String partition, String sortKey, Map<String, AttributeValue> others) {
    var item = new HashMap<>(others);
    item.put(holding.partitionKey(), Item.of(partition));
    item.put(holding.sortKey(), Item.of(sortKey));
    world.dynamoDb.putItem(put -> put.tableName(world.table(holding.table())).item(item));
  }

  void add(String token, Account other) {
    assertThat(
            call("POST /contacts", token, Map.of(), Json.object().put("contact_id", other.userId()))
                .status())
        .isIn(200, 201);
  }

  void block(String token, Account other) {
    call("PUT /contacts/{contact_id}/block", token, Map.of("contact_id", other.userId()), null)
        .expect(204);
  }

  Answer send(String token, Account to, String content) {
    world.clock.advance(Duration.ofMillis(1));
    return call("POST /relay/send", token, Map.of(), message(to, content));
  }

  static ObjectNode message(Account to, String content) {
    return Json.object()
        .put("recipient_id", to.userId())
        .put("encrypted_content", content)
        .put("encrypted_session_key", "session-key-placeholder");
  }

  /** The gateway's answer to a handshake. */
  int open(Connection socket) {
    return open(socket, world.dynamoDb);
  }

  int open(Connection socket, DynamoDbClient client) {
    return world
        .answer(
            function(SocketsHandler.class, client),
            world.socketEvent("CONNECT", "$connect", socket))
        .path("statusCode")
        .asInt();
  }

  /** The answer to a frame. */
  JsonNode frame(Connection socket, String type, ObjectNode payload, DynamoDbClient client) {
    ObjectNode event = world.socketEvent("MESSAGE", type, socket);
    event.put("body", Json.object().put("type", type).set("payload", payload).toString());
    return world.answer(function(SocketsHandler.class, client), event);
  }

  /** One request, answered by the function that the template names for it. */
  Answer call(String route, String token, Map<String, String> path, JsonNode body) {
    return call(route, token, path, body, world.dynamoDb);
  }

  /** The same through another client of the tables. */
  Answer call(
      String route, String token, Map<String, String> path, JsonNode body, DynamoDbClient client) {
    String[] words = route.split("[ ?=]", -1);
    ObjectNode event = ProxyEvent.of(words[0], words[1]);
    World.withToken(event, token);
    event.set("pathParameters", Json.MAPPER.valueToTree(path.isEmpty() ? null : path));
    event.set(
        "queryStringParameters", words.length < 4 ? null : Json.object().put(words[2], words[3]));
    event.put("body", body == null ? null : body.toString());
    return world.call(function(handlerOf(words[0], words[1]), client), event);
  }

  private static Class<? extends RequestStreamHandler> handlerOf(String method, String resource) {
    RestApiSpec.Route route =
        StoreTables.stack().rest().routes().stream()
            .filter(one -> one.method().equals(method) && one.resource().equals(resource))
            .findAny()
            .orElseThrow(() -> new AssertionError("No route " + method + " " + resource));
    return World.handlerOf(StoreTables.stack().functions().get(route.functionId()));
  }

  private RequestStreamHandler function(
      Class<? extends RequestStreamHandler> handler, DynamoDbClient client) {
    return client.equals(world.dynamoDb)
        ? functions.computeIfAbsent(
            handler.getName(), name -> World.function(handler, world.hostOf(handler)))
        : World.function(handler, world.hostOf(handler).with(client));
  }

  /** Lets an account leave, as its own request does once the password is proved. */
  void leave(Account account) {
    Account now = world.accounts.find(account.userId(), Read.CONSISTENT).orElseThrow();
    assertThat(
            LeavingStore.of(world.host)
                .begin(
                    new Departure(
                        now.userId(),
                        world.clock.instant(),
                        world.emails.formsOf(now),
                        now.blocked(),
                        Optional.empty()),
                    world.emails.releasing(now),
                    world.accounts.deleting(now),
                    world.connections.noting(now.userId(), world.clock.instant())))
        .isTrue();
  }

  /** One run of the worker. */
  JsonNode erase() {
    return erase(world.dynamoDb);
  }

  JsonNode erase(DynamoDbClient client) {
    Host host = world.hostOf(ErasureHandler.class).with(client);
    return world.answer(
        new ErasureHandler(host), Json.object().put("detail-type", "Scheduled Event"));
  }

  /** Runs until both sweeps are over. */
  void eraseToTheEnd() {
    untilNoMoreThan(1);
    world.clock.advance(UNTIL_LAST_SWEEP);
    untilNoMoreThan(0);
  }

  private void untilNoMoreThan(int waiting) {
    for (int runs = 0; erase().path("waiting").asInt() > waiting; runs++) {
      assertThat(runs).as("runs that left something to do").isLessThan(50);
    }
  }

  /** The rows that mention an account, by table, each as a text; tables without any left out. */
  Map<String, List<String>> mentionsOf(Account account) {
    var found = new TreeMap<String, List<String>>();
    new Mentions(account.userId(), List.of(account.email()))
        .in(world.tables, world.dynamoDb)
        .forEach((table, rows) -> found.put(table, rows.stream().map(Object::toString).toList()));
    return found;
  }

  /**
   * The same, without the one thing that stays for at most a week: what waits for others, who are
   * to have it, says who sent it.
   */
  Map<String, List<String>> leftOf(Life life) {
    return leftOf(life.self(), life.others());
  }

  Map<String, List<String>> leftOf(Account self, List<Account> recipients) {
    var found = new HashMap<>(mentionsOf(self));
    found.computeIfPresent(
        "RelayMessagesTable",
        (table, rows) -> {
          List<String> others =
              rows.stream()
                  .filter(
                      row ->
                          recipients.stream()
                              .noneMatch(
                                  one ->
                                      row.contains(
                                          "recipient_id=AttributeValue(S=" + one.userId() + ")")))
                  .toList();
          return others.isEmpty() ? null : others;
        });
    return found;
  }

  /** Whom an account has blocked now. */
  boolean hasBlocked(Account one, Account other) {
    return world.reread(one).hasBlocked(other.userId());
  }
}
