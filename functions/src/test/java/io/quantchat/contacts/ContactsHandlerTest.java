package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.World;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import io.quantchat.push.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@StoreTest
class ContactsHandlerTest {

  private final World world;
  private final ContactsHandler handler;
  private final Account ada;
  private final Account bob;

  ContactsHandlerTest(StoreTables tables) {
    world = new World(tables);
    handler = new ContactsHandler(world.host);
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void addingByIdAnswersTheEntryAndTellsTheOneWhoWasAdded() throws Exception {
    Connection phone = world.socketOf(bob);
    Connection laptop = world.socketOf(bob);

    JsonNode answer = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(answer)
        .isEqualTo(
            json(
                """
                {
                  "statusCode": 201,
                  "headers": {
                    "Access-Control-Allow-Origin": "https://chat.example.com",
                    "Cache-Control": "no-store",
                    "X-Content-Type-Options": "nosniff",
                    "Content-Type": "application/json"
                  },
                  "body": "%s",
                  "isBase64Encoded": false
                }
                """
                    .formatted(answer.path("body").asText().replace("\"", "\\\""))));
    assertThat(body(answer))
        .isEqualTo(
            json(
                """
                {
                  "contact_id": "%s",
                  "contact_username": "bob",
                  "contact_email": "%s",
                  "contact_full_name": "Full bob",
                  "contact_public_key": "key of bob",
                  "contact_public_keys": [{
                    "key_id": "legacy-key-001",
                    "algorithm": "ECDH-P256",
                    "key_data": "key of bob",
                    "created_at": "2026-02-02T10:00:00.123Z",
                    "status": "active"
                  }],
                  "is_online": false,
                  "contact_last_seen": null,
                  "created_at": "2026-02-02T10:00:00.123Z",
                  "blocked": false
                }
                """
                    .formatted(bob.userId(), bob.email())));
    JsonNode told =
        json(
            """
            {
              "type": "contact_added",
              "payload": {
                "contact_id": "%s",
                "username": "ada",
                "email": "%s",
                "public_key": "key of ada"
              }
            }
            """
                .formatted(ada.userId(), ada.email()));
    assertThat(world.gateway.framesOf(phone.connectionId())).containsExactly(told);
    assertThat(world.gateway.framesOf(laptop.connectionId())).containsExactly(told);
  }

  @Test
  void addingByEmailFindsTheAccountWhateverTheCaseAndSpaces() {
    JsonNode answer =
        add(ada, "{\"contact_email\": \"  " + bob.email().toUpperCase(Locale.ROOT) + " \"}");

    assertThat(status(answer)).isEqualTo(201);
    assertThat(body(answer).path("contact_id").asText()).isEqualTo(bob.userId());
    assertThat(listOf(ada)).hasSize(1);
  }

  @Test
  void addingAgainAnswersTheSameEntryAndTellsNobody() {
    Connection socket = world.socketOf(bob);
    JsonNode first = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");
    world.clock.advance(Duration.ofMinutes(1));

    JsonNode second = add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");

    assertThat(status(second)).isEqualTo(200);
    assertThat(body(second)).isEqualTo(body(first));
    assertThat(world.gateway.typesOf(socket.connectionId())).containsExactly("contact_added");
  }

  @Test
  void whoHasBlockedTheAdderIsNotTold() {
    Connection socket = world.socketOf(bob);
    world.blocks.block(bob.userId(), ada.userId());

    JsonNode answer = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(status(answer)).isEqualTo(201);
    assertThat(world.gateway.framesOf(socket.connectionId())).isEmpty();
  }

  @Test
  void anAdderWithoutAKeyIsAnnouncedWithoutOne() {
    Account keyless = world.account("keyless", Optional.empty());
    Connection socket = world.socketOf(bob);

    add(keyless, "{\"contact_id\": \"" + bob.userId() + "\"}");

    JsonNode frame = world.gateway.framesOf(socket.connectionId()).getFirst();
    assertThat(frame.path("payload").path("public_key").isNull()).isTrue();
  }

  @Test
  void aSocketThatIsGoneLosesItsRowAndTheAddingSucceeds() {
    Connection lost = world.socketOf(bob);
    Connection open = world.socketOf(bob);
    world.gateway.lose(lost.connectionId());

    assertThat(status(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}"))).isEqualTo(201);

    assertThat(world.connections.openOf(bob.userId(), Read.CONSISTENT)).containsExactly(open);
    assertThat(world.gateway.typesOf(open.connectionId())).containsExactly("contact_added");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"contact_id\": null, \"contact_email\": null}",
        "{\"contact_id\": \"\"}",
        "{\"contact_id\": \"bob\"}",
        "{\"contact_id\": 7}",
        "{\"contact_id\": [\"89a4ce85-c0ee-47f4-aa19-e381e9da010e\"]}",
        "{\"contact_id\": {\"id\": 1}}",
        "{\"contact_email\": \"\"}",
        "{\"contact_email\": \"   \"}",
        "{\"contact_email\": \"bob\"}",
        "{\"contact_email\": \"@example.com\"}",
        "{\"contact_email\": true}",
        "{\"contact_email\": \"\\ud800@example.com\"}",
        "{\"contact_id\": \"89a4ce85-c0ee-47f4-aa19-e381e9da010e\", \"contact_email\": \"b@c\"}",
      })
  void aBodyThatNamesNobodyIsRefused(String body) {
    JsonNode answer = add(ada, body);

    assertThat(status(answer)).isEqualTo(422);
    assertThat(body(answer).path("errors")).isNotEmpty();
    assertThat(body(answer).path("detail").asText()).contains("contact_");
    assertThat(listOf(ada)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "{", "", "{\"contact_id\": \"a\"} x"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(status(add(ada, body))).isEqualTo(400);
  }

  @Test
  void anAddressThatIsTooLongAndABodyThatIsTooLargeAreRefused() {
    assertThat(status(add(ada, "{\"contact_email\": \"" + "a".repeat(255) + "@b.c\"}")))
        .isEqualTo(422);
    assertThat(status(add(ada, "{\"contact_email\": \"" + "a".repeat(33_000) + "@b.c\"}")))
        .isEqualTo(413);
  }

  @Test
  void anAccountThatIsNotThereCannotBeAddedOrBlocked() {
    String nobody = UUID.randomUUID().toString();

    JsonNode byId = add(ada, "{\"contact_id\": \"" + nobody + "\"}");
    JsonNode byEmail = add(ada, "{\"contact_email\": \"nobody." + nobody + "@example.com\"}");

    assertThat(status(byId)).isEqualTo(404);
    assertThat(body(byId)).isEqualTo(body(byEmail));
    assertThat(status(block(ada, nobody))).isEqualTo(404);
    assertThat(listOf(ada)).isEmpty();
    assertThat(world.reread(ada).blocked()).isEmpty();
  }

  @Test
  void nobodyAddsOrBlocksOneself() {
    assertThat(status(add(ada, "{\"contact_id\": \"" + ada.userId() + "\"}"))).isEqualTo(422);
    assertThat(status(add(ada, "{\"contact_email\": \"" + ada.email() + "\"}"))).isEqualTo(422);
    assertThat(status(block(ada, ada.userId()))).isEqualTo(422);
    assertThat(listOf(ada)).isEmpty();
  }

  @Test
  void fiveThousandContactsAreTheMost() {
    fill(ada, ContactService.MOST_CONTACTS - 1);
    Account carol = world.account("carol");

    assertThat(status(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}"))).isEqualTo(201);
    assertThat(status(add(ada, "{\"contact_id\": \"" + carol.userId() + "\"}"))).isEqualTo(422);
    assertThat(status(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}"))).isEqualTo(200);
  }

  @Test
  void presenceIsShownToWhomTheContactHasAddedToo() {
    world.hasAdded(ada, bob);
    world.socketOf(bob);
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();

    world.hasAdded(bob, ada);
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
    assertThat(listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();
  }

  @Test
  void whenAContactWasLastSeenIsShownToWhomTheContactHasAddedToo() {
    world.hasAdded(ada, bob);
    goOffline(bob);
    assertThat(listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();

    world.hasAdded(bob, ada);
    assertThat(listOf(ada).getFirst().path("contact_last_seen").asText())
        .isEqualTo("2026-02-02T10:00:00.123Z");
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
  }

  @Test
  void aSocketWhoseEndWasNeverReportedShowsItsAccountOnlineNoLongerThanItCanLive() {
    world.areContacts(ada, bob);
    world.socketOf(bob);

    world.clock.advance(Connection.LONGEST.minusMillis(1));
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
  }

  @Test
  void aBlockHidesPresenceBothWays() {
    world.areContacts(ada, bob);
    goOffline(ada);
    goOffline(bob);
    world.socketOf(ada);
    world.socketOf(bob);

    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);

    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
    assertThat(listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();
    assertThat(listOf(ada).getFirst().path("blocked").asBoolean()).isTrue();
    assertThat(listOf(bob).getFirst().path("is_online").asBoolean()).isFalse();
    assertThat(listOf(bob).getFirst().path("contact_last_seen").isNull()).isTrue();
    assertThat(listOf(bob).getFirst().path("blocked").asBoolean()).isFalse();
  }

  @Test
  void aBlockCanBeRepeatedAndTakenBackTwice() {
    world.areContacts(ada, bob);
    world.socketOf(bob);

    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);
    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());

    assertThat(status(unblock(ada, bob.userId()))).isEqualTo(204);
    assertThat(status(unblock(ada, bob.userId()))).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).isEmpty();
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
  }

  @Test
  void whoIsNoContactCanBeBlocked() {
    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);

    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
    assertThat(listOf(ada)).isEmpty();
  }

  @Test
  void aThousandBlocksAreTheMost() {
    List<String> ids = new ArrayList<>();
    for (int i = 1; i < ContactService.MOST_BLOCKED; i++) {
      ids.add(UUID.randomUUID().toString());
    }
    world.dynamoDb.updateItem(
        update ->
            update
                .tableName(world.environment.get(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(ada.userId())))
                .updateExpression("ADD blocked :ids")
                .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(ids))));

    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);
    assertThat(status(block(ada, world.account("carol").userId()))).isEqualTo(422);
    assertThat(status(block(ada, bob.userId()))).isEqualTo(204);
  }

  @Test
  void deletingLeavesTheOthersEntryAndABlockAndCanBeRepeated() {
    world.areContacts(ada, bob);
    block(ada, bob.userId());

    assertThat(status(delete(ada, bob.userId()))).isEqualTo(204);
    assertThat(status(delete(ada, bob.userId()))).isEqualTo(204);

    assertThat(listOf(ada)).isEmpty();
    assertThat(listOf(bob)).hasSize(1);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bob", "89a4ce85-c0ee-47f4-aa19-e381e9da010", "%2e%2e"})
  void anIdInThePathThatIsNoneIsRefused(String id) {
    assertThat(status(delete(ada, id))).isEqualTo(422);
    assertThat(status(block(ada, id))).isEqualTo(422);
    assertThat(status(unblock(ada, id))).isEqualTo(422);
  }

  @Test
  void onesOwnIdMayBeAskedForAndNoOther() {
    world.hasAdded(bob, ada);

    assertThat(status(list(bob, bob.userId()))).isEqualTo(200);
    assertThat(status(list(bob, bob.userId().toUpperCase(Locale.ROOT)))).isEqualTo(200);
    JsonNode refusal = list(ada, bob.userId());
    assertThat(status(refusal)).isEqualTo(403);
    assertThat(refusal.toString()).doesNotContain(bob.email());
    assertThat(status(list(ada, "bob"))).isEqualTo(422);
    assertThat(status(list(ada, ""))).isEqualTo(422);
  }

  @Test
  void theListIsABareArrayInTheOrderOfAdding() {
    List<String> added = new ArrayList<>();
    for (String name : List.of("carol", "dave", "erin", "frank")) {
      Account account = world.account(name);
      world.clock.advance(Duration.ofMillis(1));
      world.hasAdded(ada, account);
      added.add(account.userId());
    }

    assertThat(listOf(ada))
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactlyElementsOf(added);
    assertThat(listOf(bob)).isEmpty();
  }

  @Test
  void aContactWhoseAccountIsGoneIsLeftOut() {
    world.areContacts(ada, bob);
    Account carol = world.account("carol");
    world.areContacts(ada, carol);
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.environment.get(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(bob.userId()))));

    assertThat(listOf(ada))
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactly(carol.userId());
    assertThat(status(list(bob, bob.userId()))).isEqualTo(401);
    assertThat(status(add(bob, "{\"contact_id\": \"" + ada.userId() + "\"}"))).isEqualTo(401);
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() {
    ObjectNode event = world.request("GET", "/contacts", ada);
    event.putObject("headers");
    assertThat(status(World.answer(handler, event))).isEqualTo(401);

    event
        .putObject("headers")
        .put("Authorization", "Bearer " + world.tokenOf(ada, Duration.ofMinutes(-1)));
    JsonNode expired = World.answer(handler, event);
    assertThat(status(expired)).isEqualTo(401);
    assertThat(body(expired).path("detail").asText()).contains("expired");
  }

  private void goOffline(Account account) {
    Presence presence = world.reread(account).presence();
    world.presences.goOffline(account.userId(), presence, world.clock.instant(), Optional.empty());
  }

  private void fill(Account owner, int entries) {
    String table = world.environment.get(Variable.CONTACTS_TABLE);
    var rows = new ArrayList<WriteRequest>();
    for (int i = 0; i < entries; i++) {
      var row =
          Map.of(
              "user_id", AttributeValue.fromS(owner.userId()),
              "contact_id", AttributeValue.fromS(UUID.randomUUID().toString()),
              "created_at", AttributeValue.fromN("1770026400123"));
      rows.add(WriteRequest.builder().putRequest(put -> put.item(row)).build());
    }
    for (int from = 0; from < entries; from += 25) {
      List<WriteRequest> some = rows.subList(from, Math.min(from + 25, entries));
      world.dynamoDb.batchWriteItem(batch -> batch.requestItems(Map.of(table, some)));
    }
  }

  private JsonNode add(Account caller, String body) {
    ObjectNode event = world.request("POST", "/contacts", caller);
    event.put("body", body);
    return World.answer(handler, event);
  }

  private JsonNode list(Account caller, String userId) {
    ObjectNode event = world.request("GET", "/contacts", caller);
    event.putObject("queryStringParameters").put("user_id", userId);
    return World.answer(handler, event);
  }

  private List<JsonNode> listOf(Account caller) {
    JsonNode list = body(World.answer(handler, world.request("GET", "/contacts", caller)));
    assertThat(list.isArray()).isTrue();
    var entries = new ArrayList<JsonNode>();
    list.forEach(entries::add);
    return entries;
  }

  private JsonNode delete(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}", caller, contactId);
  }

  private JsonNode block(Account caller, String contactId) {
    return onContact("PUT", "/contacts/{contact_id}/block", caller, contactId);
  }

  private JsonNode unblock(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}/block", caller, contactId);
  }

  private JsonNode onContact(String method, String resource, Account caller, String contactId) {
    ObjectNode event = world.request(method, resource, caller);
    event.putObject("pathParameters").put("contact_id", contactId);
    return World.answer(handler, event);
  }

  private static int status(JsonNode answer) {
    return answer.path("statusCode").asInt();
  }

  private static JsonNode body(JsonNode answer) {
    return parse(answer.path("body").asText());
  }

  private static JsonNode json(String text) {
    return parse(text);
  }

  private static JsonNode parse(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }
}
