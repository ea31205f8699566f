package io.quantchat.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.limits.Limits.Limit;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StoreTest
class LimitsTest {

  private static final Limit LIMIT = Limit.KEY_UPLOADS;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.500Z"));
  private final StoreTables tables;
  private final Limits limits;
  private final String ada = UUID.randomUUID().toString();

  LimitsTest(StoreTables tables) {
    this.tables = tables;
    this.limits = new Limits(tables.client(), tables.name("LimitsTable"), clock);
  }

  @Test
  void asMuchAsTheLimitIsLetThroughAndNoMore() {
    limits.charge(LIMIT, ada, LIMIT.most() - 2);
    limits.charge(LIMIT, ada, 2);

    assertThat(refusal(1).kind()).isEqualTo(Problem.Kind.TOO_MANY);
  }

  @Test
  void whatIsRefusedIsNotCounted() {
    limits.charge(LIMIT, ada, LIMIT.most() - 1);
    refusal(2);

    assertThatCode(() -> limits.charge(LIMIT, ada, 1)).doesNotThrowAnyException();
  }

  @Test
  void theNextWindowBeginsAnewAtTheTimeThatTheRefusalSays() {
    limits.charge(LIMIT, ada, LIMIT.most());
    Duration wait = refusal(1).retryAfter().orElseThrow();

    clock.advance(wait.minusMillis(1));
    refusal(1);
    clock.advance(Duration.ofMillis(1));
    limits.charge(LIMIT, ada, LIMIT.most());

    assertThat(wait).isEqualTo(LIMIT.window().minusMillis(500));
  }

  @Test
  void eachHasALimitOfTheirOwnForEachThing() {
    limits.charge(LIMIT, ada, LIMIT.most());

    assertThatCode(
            () -> {
              limits.charge(LIMIT, UUID.randomUUID().toString(), 1);
              limits.charge(Limit.PREKEYS_OF_REQUESTER, ada, 1);
              limits.charge(Limit.PREKEYS_OF_TARGET, ada, 1);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void manyAtOnceAreCountedEach() {
    List<Boolean> letThrough =
        Parallel.map(IntStream.range(0, LIMIT.most() + 20).boxed().toList(), i -> isLetThrough());

    assertThat(letThrough.stream().filter(let -> let)).hasSize(LIMIT.most());
  }

  @Test
  void aCountIsReapedAfterItsWindow() {
    limits.charge(LIMIT, ada, 1);

    assertThat(
            tables
                .client()
                .scan(scan -> scan.tableName(tables.name("LimitsTable")))
                .items()
                .stream()
                .filter(item -> item.get("subject").s().contains(ada))
                .map(item -> item.get("expires_at").n()))
        .containsExactly(Long.toString(Instant.parse("2026-02-02T11:00:00Z").getEpochSecond()));
  }

  private boolean isLetThrough() {
    try {
      limits.charge(LIMIT, ada, 1);
      return true;
    } catch (Problem tooMany) {
      return false;
    }
  }

  private Problem refusal(int uses) {
    return catchThrowableOfType(Problem.class, () -> limits.charge(LIMIT, ada, uses));
  }
}
