package io.quantchat.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.MovableClock;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@StoreTest
class LimitsTest {

  private static final Limit LIMIT = Limit.KEY_UPLOADS;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-02T10:00:00.500Z"));
  private final StoreTables tables;
  private final Limits limits;
  private final String ada = UUID.randomUUID().toString();

  LimitsTest(StoreTables tables) {
    this.tables = tables;
    this.limits = limitsOf(tables, clock, "", new SplittableRandom(1)::nextDouble);
  }

  /** Limits on these tables, turned so. */
  static Limits limitsOf(StoreTables tables, Clock clock, String settings, DoubleSupplier chance) {
    return new Limits(
        storeOf(tables),
        Settings.parse(settings),
        new Samples(chance),
        new Metrics(new PrintStream(OutputStream.nullOutputStream()), clock, "f", "1"),
        clock);
  }

  static LimitStore storeOf(StoreTables tables) {
    return new LimitStore(tables.client(), tables.name("LimitsTable"));
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
              limits.charge(Limit.PREKEYS_OF_PAIR, ada, 1);
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
  void aThousandAtOnceAreCountedEach() {
    List<Boolean> letThrough =
        Parallel.map(
            IntStream.range(0, 1_000).boxed().toList(),
            i -> limits.allows(Limit.REGISTRATIONS, ada, 1));

    assertThat(letThrough.stream().filter(let -> let)).hasSize(Limit.REGISTRATIONS.most());
  }

  @Test
  void moreThanAWholeWindowHoldsIsRefusedAtOnce() {
    assertThat(limits.allows(LIMIT, ada, LIMIT.most() + 1)).isFalse();
    assertThat(limits.allows(LIMIT, ada, LIMIT.most())).isTrue();
  }

  @Test
  void aRefusalSaysHowMuchIsLeft() {
    limits.charge(LIMIT, ada, LIMIT.most() - 3);

    Problem refused = refusal(4);

    assertThat(refused.detail()).contains("key-uploads").contains("60 minutes");
    assertThat(refused.retryAfterSeconds()).hasValue(3_600);
  }

  @Test
  void anOperatorTurnsALimitAndTurnsItOff() {
    Limits turned =
        limitsOf(tables, clock, "key-uploads=2,registrations=0", new Random(1)::nextDouble);

    assertThat(turned.allows(LIMIT, ada, 2)).isTrue();
    assertThat(turned.allows(LIMIT, ada, 1)).isFalse();
    assertThat(turned.allows(Limit.REGISTRATIONS, ada, 1_000_000)).isTrue();
    turned.giveBack(Limit.REGISTRATIONS, ada, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sends", "sends=", "sends=-1", "sends=1e3", "sent=5", "sends =5", "=5"})
  void aSettingThatNobodyCanMeanStopsTheFunction(String setting) {
    assertThatThrownBy(() -> Settings.parse(setting))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LIMITS holds");
  }

  @Test
  void aCountSaysNeitherWhoseItIsNorWhenItWasAndIsReapedAfterItsWindow() {
    limits.charge(LIMIT, ada, 1);

    Window window = Window.of(LIMIT, clock.instant());
    var row =
        tables
            .client()
            .getItem(
                get ->
                    get.tableName(tables.name("LimitsTable"))
                        .key(LimitStore.key(LIMIT, ada, window)))
            .item();
    assertThat(row.toString()).doesNotContain(ada).doesNotContain("" + window.number());
    assertThat(row.get("expires_at").n())
        .isEqualTo(Long.toString(Instant.parse("2026-02-02T11:00:00Z").getEpochSecond()));
  }

  @Test
  void withoutItsTableWhatIsClosedFailsAndWhatIsOpenGoesOn() {
    var written = new ByteArrayOutputStream();
    DynamoDbClient unreachable = tables.client(BeforeRequest.refusing("LimitsTable"));
    var limits =
        new Limits(
            new LimitStore(unreachable, tables.name("LimitsTable")),
            Settings.parse(""),
            new Samples(() -> 0),
            new Metrics(new PrintStream(written, true, UTF_8), clock, "f", "1"),
            clock);

    assertThat(limits.allows(Limit.SENDS, ada, Limit.SENDS.counting().step())).isTrue();
    assertThat(written.toString(UTF_8)).contains("\"Uncounted\":1");
    assertThatThrownBy(() -> limits.allows(Limit.REGISTRATIONS, ada, 1))
        .isInstanceOf(SdkException.class);
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
