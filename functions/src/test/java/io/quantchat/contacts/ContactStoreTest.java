package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Read;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

@StoreTest
class ContactStoreTest {

  private static final Instant NOW = Instant.parse("2026-02-02T10:00:00.123Z");

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final ContactStore contacts;
  private final String ada = UUID.randomUUID().toString();
  private final String bob = UUID.randomUUID().toString();

  ContactStoreTest(StoreTables tables) {
    dynamoDb = tables.client();
    table = tables.name("ContactsTable");
    contacts = new ContactStore(dynamoDb, table);
  }

  @Test
  void whatWasAddedIsFoundAsItWas() {
    var contact = new Contact(ada, bob, NOW);

    assertThat(contacts.add(contact)).isEqualTo(new ContactStore.Outcome.Stored());

    assertThat(contacts.allOf(ada, Read.CONSISTENT)).containsExactly(contact);
    assertThat(contacts.allOf(bob, Read.CONSISTENT)).isEmpty();
  }

  @Test
  void addingAgainLeavesTheEntryAsItWasAndSaysWhatItIs() {
    var first = new Contact(ada, bob, NOW);
    contacts.add(first);

    assertThat(contacts.add(new Contact(ada, bob, NOW.plusSeconds(5))))
        .isEqualTo(new ContactStore.Outcome.AlreadyThere(first));

    assertThat(contacts.allOf(ada, Read.CONSISTENT)).containsExactly(first);
  }

  @Test
  void removingTakesOneEntryAndCanBeRepeated() {
    String carol = UUID.randomUUID().toString();
    contacts.add(new Contact(ada, bob, NOW));
    contacts.add(new Contact(ada, carol, NOW));
    contacts.add(new Contact(bob, ada, NOW));

    contacts.remove(ada, bob);
    contacts.remove(ada, bob);

    assertThat(contacts.allOf(ada, Read.CONSISTENT))
        .extracting(Contact::contactId)
        .containsExactly(carol);
    assertThat(contacts.allOf(bob, Read.CONSISTENT)).hasSize(1);
  }

  @Test
  void entriesComeInTheOrderTheyWereAddedWhateverTheirIds() {
    var added = new ArrayList<Contact>();
    for (int i = 0; i < 30; i++) {
      added.add(new Contact(ada, UUID.randomUUID().toString(), NOW.plusMillis(i)));
    }
    var shuffled = new ArrayList<>(added);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.forEach(contacts::add);

    assertThat(contacts.allOf(ada, Read.EVENTUAL)).isEqualTo(added);
    assertThat(contacts.count(ada)).isEqualTo(30);
  }

  @Test
  void everyPageIsReadAndCounted() {
    IntStream.range(0, 25)
        .forEach(i -> contacts.add(new Contact(ada, UUID.randomUUID().toString(), NOW)));
    var paged = new ContactStore(new SmallPages(dynamoDb, 4), table);

    assertThat(paged.allOf(ada, Read.CONSISTENT)).hasSize(25);
    assertThat(paged.count(ada)).isEqualTo(25);
  }

  @Test
  void ofManyAccountsItIsFoundWhichHaveAddedOne() {
    List<String> owners =
        IntStream.range(0, 100).mapToObj(i -> UUID.randomUUID().toString()).toList();
    owners.subList(0, 10).forEach(owner -> contacts.add(new Contact(owner, ada, NOW)));
    contacts.add(new Contact(owners.get(50), bob, NOW));

    assertThat(contacts.whoHas(ada, owners))
        .containsExactlyInAnyOrderElementsOf(owners.subList(0, 10));
    assertThat(contacts.whoHas(ada, List.of())).isEmpty();
  }

  /** Answers queries in pages of a few items, as DynamoDB does with a megabyte. */
  private record SmallPages(DynamoDbClient dynamoDb, int size) implements DynamoDbClient {

    @Override
    public QueryResponse query(QueryRequest request) {
      return dynamoDb.query(request.toBuilder().limit(size).build());
    }

    @Override
    public QueryIterable queryPaginator(QueryRequest request) {
      return new QueryIterable(this, request);
    }

    @Override
    public String serviceName() {
      return dynamoDb.serviceName();
    }

    @Override
    public void close() {}
  }
}
