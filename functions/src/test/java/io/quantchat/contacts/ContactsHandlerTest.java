package io.quantchat.contacts;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Read;
import io.quantchat.push.Connection;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
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
    handler = new ContactsHandler(world.hostOf(ContactsHandler.class));
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void addingByIdAnswersTheEntryAndTellsTheOneWhoWasAdded() throws Exception {
    Connection phone = world.socketOf(bob);
    Connection laptop = world.socketOf(bob);

    Answer answer = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers())
        .isEqualTo(
            json(
                """
                {
                  "Access-Control-Allow-Origin": "https://chat.example.com",
                  "Cache-Control": "no-store",
                  "X-Content-Type-Options": "nosniff",
                  "Content-Type": "application/json"
                }
                """));
    assertThat(answer.body())
        .isEqualTo(
            json(
                """
                {
                  "contact_id": "%s",
                  "contact_username": "bob",
                  "contact_email": "",
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
                    .formatted(bob.userId())));
    JsonNode told =
        json(
            """
            {
              "type": "contact_added",
              "payload": {
                "contact_id": "%s",
                "username": "ada",
                "email": "",
                "public_key": "key of ada"
              }
            }
            """
                .formatted(ada.userId()));
    assertThat(world.sockets.framesOf(phone.connectionId())).containsExactly(told);
    assertThat(world.sockets.framesOf(laptop.connectionId())).containsExactly(told);
  }

  @Test
  void addingByEmailFindsTheAccountWhateverTheCaseAndSpaces() {
    Answer answer =
        add(ada, "{\"contact_email\": \"  " + bob.email().toUpperCase(Locale.ROOT) + " \"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("contact_id").asText()).isEqualTo(bob.userId());
    assertThat(listOf(ada)).hasSize(1);
  }

  @Test
  void addingAgainAnswersTheSameEntryAndTellsNobody() {
    Connection socket = world.socketOf(bob);
    Answer first = add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
    world.clock.advance(Duration.ofMinutes(1));

    Answer second = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");
    Answer third = add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.body()).isEqualTo(first.body());
    assertThat(world.sockets.typesOf(socket.connectionId())).containsExactly("contact_added");
  }

  @Test
  void anAddressIsShownToWhoGaveItAndToNobodyElse() {
    Account carol = world.account("carol");

    Answer byEmail = add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
    Answer byId = add(carol, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(byEmail.body().path("contact_email").asText()).isEqualTo(bob.email());
    assertThat(emailsOf(ada)).containsExactly(bob.email());
    assertThat(byId.body().path("contact_email").asText()).isEmpty();
    assertThat(emailsOf(carol)).containsExactly("");
    assertThat(byId.toString()).doesNotContain(bob.email());
  }

  @Test
  void whoAddsByIdAndThenByAddressIsShownItFromThenOn() {
    add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    Answer again = add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("contact_email").asText()).isEqualTo(bob.email());
    assertThat(emailsOf(ada)).containsExactly(bob.email());
  }

  @Test
  void anAddressThatAContactTookLaterIsNotShown() {
    add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
    world.dynamoDb.updateItem(
        update ->
            update
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(bob.userId())))
                .updateExpression("SET email = :new")
                .expressionAttributeValues(
                    Map.of(":new", AttributeValue.fromS("private@example.com"))));

    assertThat(emailsOf(ada)).containsExactly("");
  }

  @Test
  void entriesFromBeforeItWasKeptHowTheyWereMadeShowTheAddressAsEver() {
    world.contacts.add(
        new Contact(
            ada.userId(), bob.userId(), world.clock.instant(), new GivenEmail(Optional.empty())));

    assertThat(emailsOf(ada)).containsExactly(bob.email());
  }

  @Test
  void whoIsAddedIsToldTheAddressOfAnAdderWhoseAddressTheyGave() {
    add(bob, "{\"contact_email\": \"" + ada.email() + "\"}");
    Connection socket = world.socketOf(bob);

    add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    JsonNode frame = world.sockets.framesOf(socket.connectionId()).getFirst();
    assertThat(frame.at("/payload/email").asText()).isEqualTo(ada.email());
  }

  @Test
  void whoHasBlockedTheAdderIsNotTold() {
    Connection socket = world.socketOf(bob);
    world.blocks.block(bob.userId(), ada.userId());

    Answer answer = add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(world.sockets.framesOf(socket.connectionId())).isEmpty();
  }

  @Test
  void anAdderWithoutAKeyIsAnnouncedWithoutOne() {
    Account keyless = world.account("keyless", Optional.empty());
    Connection socket = world.socketOf(bob);

    add(keyless, "{\"contact_id\": \"" + bob.userId() + "\"}");

    JsonNode frame = world.sockets.framesOf(socket.connectionId()).getFirst();
    assertThat(frame.path("payload").path("public_key").isNull()).isTrue();
  }

  @Test
  void aSocketThatIsGoneLosesItsRowAndTheAddingSucceeds() {
    Connection lost = world.socketOf(bob);
    Connection open = world.socketOf(bob);
    world.sockets.lose(lost.connectionId());
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    assertThat(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status()).isEqualTo(201);

    assertThat(world.connections.openOf(bob.userId(), Read.CONSISTENT)).containsExactly(open);
    assertThat(world.sockets.typesOf(open.connectionId())).containsExactly("contact_added");
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
    Answer answer = add(ada, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors")).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).contains("contact_");
    assertThat(listOf(ada)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "{", "", "{\"contact_id\": \"a\"} x"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(add(ada, body).status()).isEqualTo(400);
  }

  @Test
  void anAddressThatIsTooLongAndABodyThatIsTooLargeAreRefused() {
    assertThat(add(ada, "{\"contact_email\": \"" + "a".repeat(255) + "@b.c\"}").status())
        .isEqualTo(422);
    assertThat(add(ada, "{\"contact_email\": \"" + "a".repeat(33_000) + "@b.c\"}").status())
        .isEqualTo(413);
  }

  @Test
  void anAccountThatIsNotThereCannotBeAddedOrBlocked() {
    String nobody = UUID.randomUUID().toString();

    Answer byId = add(ada, "{\"contact_id\": \"" + nobody + "\"}");
    Answer byEmail = add(ada, "{\"contact_email\": \"nobody." + nobody + "@example.com\"}");

    assertThat(byId.status()).isEqualTo(404);
    assertThat(byId.body()).isEqualTo(byEmail.body());
    assertThat(block(ada, nobody).status()).isEqualTo(404);
    assertThat(listOf(ada)).isEmpty();
    assertThat(world.reread(ada).blocked()).isEmpty();
  }

  @Test
  void nobodyAddsOrBlocksOneself() {
    assertThat(add(ada, "{\"contact_id\": \"" + ada.userId() + "\"}").status()).isEqualTo(422);
    assertThat(add(ada, "{\"contact_email\": \"" + ada.email() + "\"}").status()).isEqualTo(422);
    assertThat(block(ada, ada.userId()).status()).isEqualTo(422);
    assertThat(listOf(ada)).isEmpty();
  }

  @Test
  void fiveThousandContactsAreTheMost() {
    fill(ada, ContactService.MOST_CONTACTS - 1);
    Account carol = world.account("carol");

    assertThat(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status()).isEqualTo(201);
    assertThat(add(ada, "{\"contact_id\": \"" + carol.userId() + "\"}").status()).isEqualTo(422);
    assertThat(add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status()).isEqualTo(200);
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

    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);

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

    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());

    assertThat(unblock(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(unblock(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).isEmpty();
    assertThat(listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
  }

  @Test
  void whoIsNoContactCanBeBlocked() {
    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);

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
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(ada.userId())))
                .updateExpression("ADD blocked :ids")
                .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(ids))));

    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(block(ada, world.account("carol").userId()).status()).isEqualTo(422);
    assertThat(block(ada, bob.userId()).status()).isEqualTo(204);
  }

  @Test
  void deletingLeavesTheOthersEntryAndABlockAndCanBeRepeated() {
    world.areContacts(ada, bob);
    block(ada, bob.userId());

    assertThat(delete(ada, bob.userId()).status()).isEqualTo(204);
    assertThat(delete(ada, bob.userId()).status()).isEqualTo(204);

    assertThat(listOf(ada)).isEmpty();
    assertThat(listOf(bob)).hasSize(1);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bob", "89a4ce85-c0ee-47f4-aa19-e381e9da010", "%2e%2e"})
  void anIdInThePathThatIsNoneIsRefused(String id) {
    assertThat(delete(ada, id).status()).isEqualTo(422);
    assertThat(block(ada, id).status()).isEqualTo(422);
    assertThat(unblock(ada, id).status()).isEqualTo(422);
  }

  @Test
  void onesOwnIdMayBeAskedForAndNoOther() {
    world.hasAdded(bob, ada);

    assertThat(list(bob, bob.userId()).status()).isEqualTo(200);
    assertThat(list(bob, bob.userId().toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
    Answer refusal = list(ada, bob.userId());
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.toString()).doesNotContain(bob.email());
    assertThat(list(ada, "bob").status()).isEqualTo(422);
    assertThat(list(ada, "").status()).isEqualTo(422);
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
  void pagesTogetherHaveEveryContactOnce() {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Account account = world.account("contact-" + i);
      world.hasAdded(ada, account);
      added.add(account.userId());
    }
    var listed = new ArrayList<String>();
    String query = "limit=3";
    int pages = 0;
    while (query != null) {
      JsonNode page = page(ada, query).expect(200);
      page.path("contacts").forEach(entry -> listed.add(entry.path("contact_id").asText()));
      pages++;
      JsonNode cursor = page.path("next_cursor");
      query = cursor.isNull() ? null : "limit=3&cursor=" + cursor.asText();
    }

    assertThat(pages).isEqualTo(3);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void pagesHaveKeysOnRequest() {
    world.hasAdded(ada, bob);

    for (String query : List.of("limit=5", "keys=false")) {
      JsonNode entry = page(ada, query).expect(200).path("contacts").get(0);
      assertThat(entry.has("contact_public_key")).isFalse();
      assertThat(entry.has("contact_public_keys")).isFalse();
      assertThat(entry.path("contact_username").asText()).isEqualTo("bob");
    }
    JsonNode withKeys = page(ada, "keys=true").expect(200).path("contacts").get(0);
    assertThat(withKeys).isEqualTo(listOf(ada).getFirst());
    assertThat(withKeys.path("contact_public_keys")).hasSize(1);
  }

  @Test
  void anAccountWithoutContactsHasOneEmptyPage() throws Exception {
    assertThat(page(ada, "limit=1").expect(200))
        .isEqualTo(json("{\"contacts\": [], \"next_cursor\": null}"));
  }

  @Test
  void whoseAccountIsGoneIsOnNoPageAndEndsNoWalk() {
    world.areContacts(ada, bob);
    Account carol = world.account("carol");
    world.areContacts(ada, carol);
    String first = bob.userId().compareTo(carol.userId()) < 0 ? bob.userId() : carol.userId();
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(first))));

    JsonNode page = page(ada, "limit=1").expect(200);

    assertThat(page.path("contacts")).isEmpty();
    JsonNode next = page(ada, "limit=1&cursor=" + page.path("next_cursor").asText()).expect(200);
    assertThat(next.path("contacts")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=1e1",
        "limit=",
        "limit=99999999999999999999",
        "cursor=x",
        "cursor=",
        "keys=1",
        "keys=TRUE",
        "keys="
      })
  void aPageThatIsNoneIsRefused(String query) {
    Answer answer = page(ada, query);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors/0/field").asText())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void aContactWhoseAccountIsGoneIsLeftOut() {
    world.areContacts(ada, bob);
    Account carol = world.account("carol");
    world.areContacts(ada, carol);
    world.dynamoDb.deleteItem(
        delete ->
            delete
                .tableName(world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(bob.userId()))));

    assertThat(listOf(ada))
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactly(carol.userId());
    assertThat(list(bob, bob.userId()).status()).isEqualTo(401);
    assertThat(add(bob, "{\"contact_id\": \"" + ada.userId() + "\"}").status()).isEqualTo(401);
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() {
    ObjectNode event = world.request("GET", "/contacts", ada);
    event.putObject("headers");
    assertThat(world.call(handler, event).status()).isEqualTo(401);

    event
        .putObject("headers")
        .put("Authorization", "Bearer " + world.tokenOf(ada.userId(), Duration.ofMinutes(-1)));
    Answer expired = world.call(handler, event);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.body().path("detail").asText()).contains("expired");
  }

  private void goOffline(Account account) {
    Presence presence = world.reread(account).presence();
    world.presences.goOffline(account.userId(), presence, world.clock.instant(), Optional.empty());
  }

  private void fill(Account owner, int entries) {
    String table = world.table(Variable.CONTACTS_TABLE);
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

  private Answer add(Account caller, String body) {
    ObjectNode event = world.request("POST", "/contacts", caller);
    event.put("body", body);
    return world.call(handler, event);
  }

  private List<String> emailsOf(Account caller) {
    return listOf(caller).stream().map(entry -> entry.path("contact_email").asText()).toList();
  }

  private Answer page(Account caller, String query) {
    ObjectNode event = world.request("GET", "/contacts", caller);
    ObjectNode parameters = event.putObject("queryStringParameters");
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return world.call(handler, event);
  }

  private Answer list(Account caller, String userId) {
    ObjectNode event = world.request("GET", "/contacts", caller);
    event.putObject("queryStringParameters").put("user_id", userId);
    return world.call(handler, event);
  }

  private List<JsonNode> listOf(Account caller) {
    JsonNode list = world.call(handler, world.request("GET", "/contacts", caller)).body();
    assertThat(list.isArray()).isTrue();
    var entries = new ArrayList<JsonNode>();
    list.forEach(entries::add);
    return entries;
  }

  private Answer delete(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}", caller, contactId);
  }

  private Answer block(Account caller, String contactId) {
    return onContact("PUT", "/contacts/{contact_id}/block", caller, contactId);
  }

  private Answer unblock(Account caller, String contactId) {
    return onContact("DELETE", "/contacts/{contact_id}/block", caller, contactId);
  }

  private Answer onContact(String method, String resource, Account caller, String contactId) {
    ObjectNode event = world.request(method, resource, caller);
    event.putObject("pathParameters").put("contact_id", contactId);
    return world.call(handler, event);
  }
}
