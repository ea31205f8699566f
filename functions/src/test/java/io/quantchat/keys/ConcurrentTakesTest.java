package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Parallel;
import io.quantchat.limits.Limit;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many take from one account in one moment. */
@StoreTest
class ConcurrentTakesTest {

  /** The promised size is shown with -Pslow: 1,000 takes from 100 prekeys. */
  private static final int TAKES = Integer.getInteger("quantchat.takes", 100);

  private static final int PREKEYS = TAKES / 10;
  private static final int TAKERS = 10;

  private final KeysFixture keys;

  ConcurrentTakesTest(StoreTables tables) {
    keys = new KeysFixture(tables);
  }

  @Test
  void eachPrekeyIsHandedOutOnceAndThenTheLastResort() {
    KeyOwner ada = keys.publisher("ada", PREKEYS);

    List<JsonNode> answers = takeAtOnce(ada, TAKES, 1);

    List<String> ids =
        answers.stream().flatMap(answer -> KeysFixture.prekeyIds(answer).stream()).toList();
    assertThat(ids).hasSize(PREKEYS).doesNotHaveDuplicates();
    assertThat(answers)
        .filteredOn(answer -> answer.path("one_time_prekeys").isEmpty())
        .hasSize(TAKES - PREKEYS)
        .allMatch(answer -> answer.path("last_resort_key_id").isTextual());
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
  }

  @Test
  void takesOfSeveralFromSeveralBatchesGetAllThereIsAndNoneTwice() {
    KeyOwner ada = keys.publisher("ada", 7);
    List.of(5, 1, 9).forEach(size -> keys.upload(ada, ada.batch(size, keys.now())).expect(201));

    List<JsonNode> answers = takeAtOnce(ada, 10, 5);

    List<String> ids =
        answers.stream().flatMap(answer -> KeysFixture.prekeyIds(answer).stream()).toList();
    assertThat(ids).hasSize(22).doesNotHaveDuplicates();
    answers.forEach(answer -> TakeTest.verify(answer, ada));
  }

  @Test
  void aThousandTakesOfStrangersAtOnceGetNoMoreThanStrangersMay() {
    KeyOwner ada = keys.publisher("ada", 128);
    List<Account> strangers =
        IntStream.range(0, 20).mapToObj(i -> keys.world.account("stranger" + i)).toList();

    List<List<String>> given =
        Parallel.map(
            IntStream.range(0, 1_000).boxed().toList(),
            i ->
                KeysFixture.prekeyIds(
                    keys.takeAsTheyAre(strangers.get(i % strangers.size()), ada, "1").expect(200)));

    assertThat(given.stream().flatMap(List::stream))
        .doesNotHaveDuplicates()
        .hasSizeBetween(1, Limit.PREKEYS_OF_STRANGERS.most());
    assertThat(strangers)
        .allSatisfy(
            stranger ->
                assertThat(ofOne(given, strangers.indexOf(stranger), strangers.size()))
                    .isLessThanOrEqualTo(Limit.PREKEYS_OF_STRANGER.most()));
  }

  private static long ofOne(List<List<String>> given, int index, int strangers) {
    return IntStream.range(0, given.size())
        .filter(i -> i % strangers == index)
        .mapToLong(i -> given.get(i).size())
        .sum();
  }

  private List<JsonNode> takeAtOnce(KeyOwner owner, int takes, int count) {
    List<Account> takers =
        IntStream.range(0, TAKERS).mapToObj(i -> keys.world.account("taker" + i)).toList();
    return Parallel.map(
        IntStream.range(0, takes).boxed().toList(),
        i -> keys.taken(takers.get(i % TAKERS), owner, count));
  }
}
