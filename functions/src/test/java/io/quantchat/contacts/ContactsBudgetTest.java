package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Spent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of contacts costs no more than this. */
class ContactsBudgetTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2", "100, 2", "150, 4"})
  void aListTakesTwoRoundTripsAndTwoBatchesForEveryHundred(int entries, int batches)
      throws Exception {
    try (StoreTables tables = StoreTables.embedded()) {
      var world = new World(tables);
      var handler = new ContactsHandler(world.hostOf(ContactsHandler.class).with(world.counted()));
      Account ada = world.account("ada");
      Parallel.map(
          IntStream.range(0, entries).boxed().toList(),
          i -> {
            Account contact = world.account("contact" + i);
            world.areContacts(ada, contact);
            return contact;
          });
      world.answer(handler, world.request("GET", "/users/none", ada));
      var event = world.request("GET", "/contacts", ada);
      world.answer(handler, event);

      Spent spent = world.counter.during(() -> world.answer(handler, event));

      assertThat(spent.sequentialRoundTrips()).isLessThanOrEqualTo(2);
      assertThat(spent.requests("BatchGetItem")).isEqualTo(batches);
      assertThat(spent.readUnits()).isLessThanOrEqualTo(6 + entries * 1.1);
      assertThat(spent.writeUnits()).isZero();
    }
  }
}
