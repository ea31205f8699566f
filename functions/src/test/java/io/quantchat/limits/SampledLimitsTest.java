package io.quantchat.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Metrics;
import io.quantchat.testing.CapacityCounter;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.Tries;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How cheap a sampled limit is, and how far it can be overshot. */
@StoreTest
class SampledLimitsTest {

  private static final Limit LIMIT = Limit.SENDS;
  private static final int STEP = LIMIT.counting().step();

  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.500Z"));
  private final CapacityCounter counter = new CapacityCounter();
  private final StoreTables tables;
  private final String ada = UUID.randomUUID().toString();

  SampledLimitsTest(StoreTables tables) {
    this.tables = tables;
  }

  @Tries(3)
  void atMostOneStepTooManyIsLetThroughForEachEnvironment(Random random) {
    List<Limits> environments = Stream.generate(() -> environment(random)).limit(20).toList();

    int letThrough = 0;
    for (int use = 0; use < 3_000; use++) {
      Limits one = environments.get(random.nextInt(environments.size()));
      letThrough += one.allows(LIMIT, ada, 1) ? 1 : 0;
    }

    assertThat(letThrough)
        .isGreaterThan(LIMIT.most() - environments.size() * STEP)
        .isLessThanOrEqualTo(LIMIT.most() + environments.size() * (STEP - 1));
  }

  @Tries(3)
  void oneUseInEachStepIsWrittenHoweverFewAnEnvironmentSees(Random random) throws Exception {
    int uses = 100 * STEP;
    var spent =
        counter.during(
            () ->
                IntStream.range(0, uses)
                    .forEach(use -> environment(random).allows(Limit.SENDS_OF_DAY, ada, 1)));

    double expected = (double) uses / Limit.SENDS_OF_DAY.counting().step();
    assertThat(spent.writeUnits()).isBetween(expected / 4, 4 * expected);
  }

  @Test
  void oneEnvironmentWritesEachStepOnce() throws Exception {
    Limits limits = environment(new Random(1));

    var spent =
        counter.during(
            () -> IntStream.range(0, 10 * STEP).forEach(use -> limits.charge(LIMIT, ada, 1)));

    assertThat(spent.writeUnits()).isEqualTo(10);
  }

  @Test
  void whoIsRefusedIsRefusedWithoutAskingUntilTheWindowEnds() throws Exception {
    Limits limits = environment(new Random(1));
    assertThat(Stream.generate(() -> limits.allows(LIMIT, ada, 1)).limit(LIMIT.most() + STEP))
        .contains(false);

    var spent = counter.during(() -> assertThat(limits.allows(LIMIT, ada, 100 * STEP)).isFalse());
    clock.advance(LIMIT.window());

    assertThat(spent.calls()).isEmpty();
    assertThat(limits.allows(LIMIT, ada, 1)).isTrue();
  }

  @Test
  void aLimitThatIsOffIsNeverWritten() throws Exception {
    Limits limits = LimitsTest.limitsOf(tables, clock, "sends=0", () -> 0);

    var spent = counter.during(() -> limits.charge(LIMIT, ada, 100 * STEP));

    assertThat(spent.calls()).isEmpty();
  }

  private Limits environment(Random random) {
    return new Limits(
        new LimitStore(tables.client(counter), tables.name("LimitsTable")),
        Settings.parse(""),
        new Samples(random::nextDouble),
        new Metrics(new PrintStream(OutputStream.nullOutputStream()), clock, "f", "1"),
        clock);
  }
}
