package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.World;
import io.quantchat.accounts.Account;
import io.quantchat.host.Parallel;
import io.quantchat.infra.testing.CapacityCounter;
import io.quantchat.infra.testing.Spent;
import io.quantchat.infra.testing.StoreTables;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a list of contacts costs. */
class ListBudgetTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "100, 2", "150, 4"})
  void aListTakesTwoRoundTripsAndTwoBatchesForEveryHundred(int entries, int batches)
      throws Exception {
    var counter = new CapacityCounter(Duration.ofMillis(100));
    try (StoreTables tables = StoreTables.embedded();
        DynamoDbClient counted = tables.client(counter)) {
      var world = new World(tables);
      var handler = new ContactsHandler(world.host.with(counted));
      Account ada = world.account("ada");
      Parallel.map(
          IntStream.range(0, entries).boxed().toList(),
          i -> {
            Account contact = world.account("contact" + i);
            world.areContacts(ada, contact);
            return contact;
          });
      World.answer(handler, world.request("GET", "/users/none", ada));
      var event = world.request("GET", "/contacts", ada);
      World.answer(handler, event);

      Spent spent = counter.during(() -> World.answer(handler, event));

      assertThat(spent.sequentialRoundTrips()).isLessThanOrEqualTo(2);
      assertThat(spent.requestsByOperation().getOrDefault("BatchGetItem", 0)).isEqualTo(batches);
      assertThat(spent.readUnits()).isLessThanOrEqualTo(6 + entries * 1.1);
      assertThat(spent.writeUnits()).isZero();
    }
  }
}
