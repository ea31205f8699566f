package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Backoff;
import io.quantchat.host.RetryingDynamoDb;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.Answer;
import io.quantchat.testing.RequestInterceptor;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

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
  void aListThatDynamoDbNeverAnswersInFullIsRefusedForNowAndSaysForHowLong() {
    world.hasAdded(ada, world.account("bob"));
    RequestInterceptor leavesAll =
        (request, onward) ->
            request instanceof BatchGetItemRequest read
                ? BatchGetItemResponse.builder()
                    .responses(Map.of())
                    .unprocessedKeys(read.requestItems())
                    .build()
                : onward.pass(request);
    var waits = new AtomicInteger();
    var handler =
        new ContactsHandler(
            world
                .hostOf(ContactsHandler.class)
                .with(
                    new RetryingDynamoDb(
                        world.tables.client(leavesAll),
                        new Backoff(wait -> waits.incrementAndGet(), new Random(1)))));

    Answer answer = world.call(handler, world.request("GET", "/contacts", ada));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().path("Retry-After").asText()).isEqualTo("2");
    assertThat(waits).hasPositiveValue().hasValueLessThan(2 * Backoff.MOST_TRIES);
  }

  @Test
  void aBlockIsWrittenAfterTheTransactionThatItMet() {
    Account bob = world.account("bob");
    faults.then("UpdateItem", Fault.CONFLICT);

    ObjectNode event = world.request("PUT", "/contacts/{contact_id}/block", ada);
    event.putObject("pathParameters").put("contact_id", bob.userId());
    Answer answer = world.call(handler, event);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(world.reread(ada).blocked()).containsExactly(bob.userId());
  }

  @Test
  void whoWasAddedByARequestWhoseAnswerWasLostIsAContactOnce() {
    Account bob = world.account("bob");
    faults.then("TransactWriteItems", Fault.TIMEOUT_AFTER);

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
