package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.Account;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contacts in tables that do what real ones do now and then. */
class ContactsFaultsTest {

  private static final int CONTACTS = 40;

  private final ScriptedFaults faults = Faults.scripted();
  private final World world = new World(StoreTables.failing(faults));
  private final ContactsHandler handler = new ContactsHandler(world.hostOf(ContactsHandler.class));
  private final Account ada = world.account("ada");

  /** The keys of tokens are read once, and then for minutes not again. */
  @BeforeEach
  void keysAreKnown() {
    assertThat(listed()).isEmpty();
  }

  @Test
  void nobodyIsMissingFromAListThatDynamoDbAnswersInParts() {
    List<Account> contacts =
        IntStream.range(0, CONTACTS).mapToObj(i -> world.account("contact-" + i)).toList();
    contacts.forEach(contact -> world.hasAdded(ada, contact));
    faults.then("BatchGetItem", Fault.UNPROCESSED).then("BatchGetItem", Fault.UNPROCESSED);

    JsonNode listed = listed();

    assertThat(faults.isOver()).isTrue();
    assertThat(listed)
        .extracting(contact -> contact.path("contact_id").asText())
        .containsExactlyInAnyOrderElementsOf(contacts.stream().map(Account::userId).toList());
  }

  @Test
  void whoWasAddedByARequestWhoseAnswerWasLostIsAContactOnce() {
    Account bob = world.account("bob");
    faults.then("PutItem", Fault.TIMEOUT_AFTER);

    int lost = add(bob);
    int again = add(bob);

    assertThat(lost).isEqualTo(503);
    assertThat(again).isEqualTo(200);
    assertThat(listed()).hasSize(1);
  }

  private JsonNode listed() {
    return world.call(handler, world.request("GET", "/contacts", ada)).expect(200);
  }

  private int add(Account contact) {
    return world
        .call(
            handler,
            world
                .request("POST", "/contacts", ada)
                .put("body", "{\"contact_id\": \"" + contact.userId() + "\"}"))
        .status();
  }
}
