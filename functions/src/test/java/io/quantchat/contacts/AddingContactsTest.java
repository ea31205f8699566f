package io.quantchat.contacts;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.Account;
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
class AddingContactsTest {

  private final World world;
  private final ContactCalls contacts;
  private final Account ada;
  private final Account bob;

  AddingContactsTest(StoreTables tables) {
    world = new World(tables);
    contacts = new ContactCalls(world);
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void addingByIdAnswersTheEntryAndTellsTheOneWhoWasAdded() throws Exception {
    Connection phone = world.socketOf(bob);
    Connection laptop = world.socketOf(bob);

    Answer answer = contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

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
        contacts.add(
            ada, "{\"contact_email\": \"  " + bob.email().toUpperCase(Locale.ROOT) + " \"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("contact_id").asText()).isEqualTo(bob.userId());
    assertThat(contacts.listOf(ada)).hasSize(1);
  }

  @Test
  void addingAgainAnswersTheSameEntryAndTellsNobody() {
    Connection socket = world.socketOf(bob);
    Answer first = contacts.add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
    world.clock.advance(Duration.ofMinutes(1));

    Answer second = contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");
    Answer third = contacts.add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.body()).isEqualTo(first.body());
    assertThat(world.sockets.typesOf(socket.connectionId())).containsExactly("contact_added");
  }

  @Test
  void anAddressIsShownToWhoGaveItAndToNobodyElse() {
    Account carol = world.account("carol");

    Answer byEmail = contacts.add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
    Answer byId = contacts.add(carol, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(byEmail.body().path("contact_email").asText()).isEqualTo(bob.email());
    assertThat(emailsOf(ada)).containsExactly(bob.email());
    assertThat(byId.body().path("contact_email").asText()).isEmpty();
    assertThat(emailsOf(carol)).containsExactly("");
    assertThat(byId.toString()).doesNotContain(bob.email());
  }

  @Test
  void whoAddsByIdAndThenByAddressIsShownItFromThenOn() {
    contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    Answer again = contacts.add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("contact_email").asText()).isEqualTo(bob.email());
    assertThat(emailsOf(ada)).containsExactly(bob.email());
  }

  @Test
  void anAddressThatAContactTookLaterIsNotShown() {
    contacts.add(ada, "{\"contact_email\": \"" + bob.email() + "\"}");
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
    contacts.add(bob, "{\"contact_email\": \"" + ada.email() + "\"}");
    Connection socket = world.socketOf(bob);

    contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    JsonNode frame = world.sockets.framesOf(socket.connectionId()).getFirst();
    assertThat(frame.at("/payload/email").asText()).isEqualTo(ada.email());
  }

  @Test
  void whoHasBlockedTheAdderIsNotTold() {
    Connection socket = world.socketOf(bob);
    world.blocks.block(bob.userId(), ada.userId());

    Answer answer = contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(world.sockets.framesOf(socket.connectionId())).isEmpty();
  }

  @Test
  void anAdderWithoutAKeyIsAnnouncedWithoutOne() {
    Account keyless = world.account("keyless", Optional.empty());
    Connection socket = world.socketOf(bob);

    contacts.add(keyless, "{\"contact_id\": \"" + bob.userId() + "\"}");

    JsonNode frame = world.sockets.framesOf(socket.connectionId()).getFirst();
    assertThat(frame.path("payload").path("public_key").isNull()).isTrue();
  }

  @Test
  void aSocketThatIsGoneLosesItsRowAndTheAddingSucceeds() {
    Connection lost = world.socketOf(bob);
    Connection open = world.socketOf(bob);
    world.sockets.lose(lost.connectionId());
    world.clock.advance(Connection.LONGEST_HANDSHAKE);

    assertThat(contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status())
        .isEqualTo(201);

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
    Answer answer = contacts.add(ada, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors")).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).contains("contact_");
    assertThat(contacts.listOf(ada)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "{", "", "{\"contact_id\": \"a\"} x"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(contacts.add(ada, body).status()).isEqualTo(400);
  }

  @Test
  void anAddressThatIsTooLongAndABodyThatIsTooLargeAreRefused() {
    assertThat(contacts.add(ada, "{\"contact_email\": \"" + "a".repeat(255) + "@b.c\"}").status())
        .isEqualTo(422);
    assertThat(
            contacts.add(ada, "{\"contact_email\": \"" + "a".repeat(33_000) + "@b.c\"}").status())
        .isEqualTo(413);
  }

  @Test
  void fiveThousandContactsAreTheMost() {
    fill(ada, ContactService.MOST_CONTACTS - 1);
    Account carol = world.account("carol");

    assertThat(contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status())
        .isEqualTo(201);
    assertThat(contacts.add(ada, "{\"contact_id\": \"" + carol.userId() + "\"}").status())
        .isEqualTo(422);
    assertThat(contacts.add(ada, "{\"contact_id\": \"" + bob.userId() + "\"}").status())
        .isEqualTo(200);
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

  private List<String> emailsOf(Account caller) {
    return contacts.listOf(caller).stream()
        .map(entry -> entry.path("contact_email").asText())
        .toList();
  }
}
