package io.quantchat.contacts;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class ContactPagesTest {

  private final World world;
  private final ContactCalls contacts;
  private final Account ada;
  private final Account bob;

  ContactPagesTest(StoreTables tables) {
    world = new World(tables);
    contacts = new ContactCalls(world);
    ada = world.account("ada");
    bob = world.account("bob");
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
      JsonNode page = contacts.page(ada, query).expect(200);
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
      JsonNode entry = contacts.page(ada, query).expect(200).path("contacts").get(0);
      assertThat(entry.has("contact_public_key")).isFalse();
      assertThat(entry.has("contact_public_keys")).isFalse();
      assertThat(entry.path("contact_username").asText()).isEqualTo("bob");
    }
    JsonNode withKeys = contacts.page(ada, "keys=true").expect(200).path("contacts").get(0);
    assertThat(withKeys).isEqualTo(contacts.listOf(ada).getFirst());
    assertThat(withKeys.path("contact_public_keys")).hasSize(1);
  }

  @Test
  void anAccountWithoutContactsHasOneEmptyPage() throws Exception {
    assertThat(contacts.page(ada, "limit=1").expect(200))
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

    JsonNode page = contacts.page(ada, "limit=1").expect(200);

    assertThat(page.path("contacts")).isEmpty();
    JsonNode next =
        contacts.page(ada, "limit=1&cursor=" + page.path("next_cursor").asText()).expect(200);
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
    Answer answer = contacts.page(ada, query);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors/0/field").asText())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }
}
