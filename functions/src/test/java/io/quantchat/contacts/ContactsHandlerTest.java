package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class ContactsHandlerTest {

  private final World world;
  private final ContactCalls contacts;
  private final Account ada;
  private final Account bob;

  ContactsHandlerTest(StoreTables tables) {
    world = new World(tables);
    contacts = new ContactCalls(world);
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void anAccountThatIsNotThereCannotBeAddedOrBlocked() {
    String nobody = UUID.randomUUID().toString();

    Answer byId = contacts.add(ada, "{\"contact_id\": \"" + nobody + "\"}");
    Answer byEmail =
        contacts.add(ada, "{\"contact_email\": \"nobody." + nobody + "@example.com\"}");

    assertThat(byId.status()).isEqualTo(404);
    assertThat(byId.body()).isEqualTo(byEmail.body());
    assertThat(contacts.block(ada, nobody).status()).isEqualTo(404);
    assertThat(contacts.listOf(ada)).isEmpty();
    assertThat(world.reread(ada).blocked()).isEmpty();
  }

  @Test
  void nobodyAddsOrBlocksOneself() {
    assertThat(contacts.add(ada, "{\"contact_id\": \"" + ada.userId() + "\"}").status())
        .isEqualTo(422);
    assertThat(contacts.add(ada, "{\"contact_email\": \"" + ada.email() + "\"}").status())
        .isEqualTo(422);
    assertThat(contacts.block(ada, ada.userId()).status()).isEqualTo(422);
    assertThat(contacts.listOf(ada)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bob", "89a4ce85-c0ee-47f4-aa19-e381e9da010", "%2e%2e"})
  void anIdInThePathThatIsNoneIsRefused(String id) {
    assertThat(contacts.delete(ada, id).status()).isEqualTo(422);
    assertThat(contacts.block(ada, id).status()).isEqualTo(422);
    assertThat(contacts.unblock(ada, id).status()).isEqualTo(422);
  }

  @Test
  void onesOwnIdMayBeAskedForAndNoOther() {
    world.hasAdded(bob, ada);

    assertThat(contacts.list(bob, bob.userId()).status()).isEqualTo(200);
    assertThat(contacts.list(bob, bob.userId().toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
    Answer refusal = contacts.list(ada, bob.userId());
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.toString()).doesNotContain(bob.email());
    assertThat(contacts.list(ada, "bob").status()).isEqualTo(422);
    assertThat(contacts.list(ada, "").status()).isEqualTo(422);
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

    assertThat(contacts.listOf(ada))
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactlyElementsOf(added);
    assertThat(contacts.listOf(bob)).isEmpty();
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

    assertThat(contacts.listOf(ada))
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactly(carol.userId());
    assertThat(contacts.list(bob, bob.userId()).status()).isEqualTo(401);
    assertThat(contacts.add(bob, "{\"contact_id\": \"" + ada.userId() + "\"}").status())
        .isEqualTo(401);
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() {
    ObjectNode event = world.request("GET", "/contacts", ada);
    event.putObject("headers");
    assertThat(contacts.call(event).status()).isEqualTo(401);

    event
        .putObject("headers")
        .put("Authorization", "Bearer " + world.tokenOf(ada.userId(), Duration.ofMinutes(-1)));
    Answer expired = contacts.call(event);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.body().path("detail").asText()).contains("expired");
  }
}
