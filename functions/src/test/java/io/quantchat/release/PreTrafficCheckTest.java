package io.quantchat.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Backoff;
import io.quantchat.host.Environment;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.release.FakeAws.Refusal;
import io.quantchat.testing.Lambda;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Against the real handlers, behind something that speaks as Lambda and CodeDeploy do. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PreTrafficCheckTest {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String EVENT =
      """
      {"DeploymentId": "d-ABCDEF123", "LifecycleEventHookExecutionId": "eyJoIn0="}
      """;

  /** What the template's schedule says. */
  private static final String SCHEDULED = "{\"keeps_snapshots\":true}";

  private static final StoreTables TABLES = StoreTables.embedded();

  /** A release shifts no requests to these: nobody but the release and a schedule asks them. */
  private static final Set<String> WITHOUT_TRAFFIC =
      Set.of("PreTrafficCheckFunction", "ErasureFunction");

  private final World world = new World(TABLES);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Run run = new Run(1, () -> {});
  private FakeAws aws;

  @BeforeEach
  void publishSoundVersions() throws IOException {
    aws = new FakeAws();
    for (FunctionSpec function : StoreTables.stack().functions().values()) {
      if (!WITHOUT_TRAFFIC.contains(function.logicalId())) {
        aws.publish(arn(function), world.function(function));
      }
    }
  }

  @AfterAll
  static void dropTables() {
    TABLES.close();
  }

  @AfterEach
  void close() {
    aws.close();
    threads.shutdownNow();
  }

  @Test
  void aReleaseWhoseVersionsAllAnswerAsTheyMustSucceeds() throws IOException {
    assertThat(check(aws.endpoint(), PATIENCE).path("succeeded").asBoolean()).isTrue();

    assertThat(aws.verdicts())
        .containsExactly(
            Json.MAPPER.readTree(
                """
                {"deploymentId": "d-ABCDEF123", "lifecycleEventHookExecutionId": "eyJoIn0=",
                 "status": "Succeeded"}
                """));
    assertThat(aws.called())
        .containsExactlyInAnyOrderElementsOf(
            functions().stream().map(PreTrafficCheckTest::arn).toList());
    assertThat(aws.mostCalls()).isOne();
    assertThat(run.lambda.log()).isEmpty();
  }

  @Test
  void allChecksOfAReleaseTakeTurnsInAnAccountOfTenExecutions() throws Exception {
    int checks = functions().size();
    aws.limitExecutions(10);
    var underWay = new CountDownLatch(checks);
    var runs = new ArrayList<Future<JsonNode>>();
    for (int i = 0; i < checks; i++) {
      var one = new Run(i, aws::awaitRoom);
      runs.add(
          threads.submit(
              () ->
                  aws.execute(
                      () -> {
                        underWay.countDown();
                        underWay.await();
                        return check(one, aws.endpoint(), PATIENCE);
                      })));
    }
    for (Future<JsonNode> one : runs) {
      assertThat(one.get().path("succeeded").asBoolean()).isTrue();
    }

    assertThat(statuses()).hasSize(checks).containsOnly("Succeeded");
    assertThat(aws.called()).hasSize(checks * checks);
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
        Refusal.TOO_MANY,
        new Refusal(409, "SnapStartNotReadyException"),
        new Refusal(409, "ResourceConflictException:http://internal.amazon.com/coral/"),
        new Refusal(408, "SnapStartTimeoutException"),
        new Refusal(500, "ServiceException"),
        new Refusal(502, "ResourceNotReadyException"),
        new Refusal(503, "ServiceUnavailableException"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatLambdaCannotDoYetIsAskedForAgain(Refusal refusal) throws IOException {
    aws.refuse(20, refusal);

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Succeeded");
    assertThat(run.pauses).hasSize(20).allMatch(pause -> !pause.isNegative());
    assertThat(run.lambda.log()).isEmpty();
  }

  @Test
  void lambdaIsWaitedForAsLongAsItAsks() throws IOException {
    aws.refuse(2, new Refusal(429, "TooManyRequestsException", "7"));

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Succeeded");
    assertThat(run.pauses)
        .hasSize(2)
        .allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aVersionThatIsNeverCalledFailsTheReleaseWhileTheCheckStillRuns(Refusal refusal)
      throws IOException {
    aws.refuse(10_000, refusal);

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
    assertThat(run.left()).isGreaterThanOrEqualTo(Duration.ofSeconds(50));
    assertThat(run.lambda.log())
        .contains("status " + refusal.status() + " " + refusal.type().split(":", 2)[0]);
  }

  @Test
  void aLongPauseThatLambdaAsksForNeverTakesTheTimeOfTheVerdict() throws IOException {
    aws.refuse(10_000, new Refusal(429, "TooManyRequestsException", "400"));

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
    assertThat(run.left()).isGreaterThanOrEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void onceAWeekWhatAnswersPeopleIsCalledUntilItHasItsSnapshotAgain() throws IOException {
    for (FunctionSpec function : StoreTables.stack().functions().values()) {
      if (!WITHOUT_TRAFFIC.contains(function.logicalId())) {
        aws.publish(live(arn(function)), world.function(function));
      }
    }
    aws.refuse(5, new Refusal(409, "SnapStartNotReadyException"));

    check(run, SCHEDULED, aws.endpoint());

    assertThat(aws.called())
        .containsExactlyElementsOf(
            functions().stream()
                .map(PreTrafficCheckTest::arn)
                .map(PreTrafficCheckTest::live)
                .toList());
    assertThat(aws.verdicts()).isEmpty();
    assertThat(run.lambda.log()).isEmpty();
    assertThat(TABLES.items()).isZero();
  }

  @Test
  void aWeeklyCallThatFailsIsAFailureThatLambdaTriesAgain() {
    assertThatThrownBy(() -> check(run, SCHEDULED, aws.endpoint()))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Not every function");
    assertThat(aws.verdicts()).isEmpty();
  }

  @Test
  void theCheckLeavesNothingBehind() throws IOException {
    check(aws.endpoint(), PATIENCE);

    assertThat(TABLES.items()).isZero();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void oneThatAnswersOtherwiseFailsTheRelease(String function) throws IOException {
    aws.publish(
        arn(function),
        (in, out, lambda) ->
            out.write("{\"statusCode\": 503, \"body\": \"{}\"}".getBytes(StandardCharsets.UTF_8)));

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
    assertThat(run.lambda.log()).contains(function);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void oneThatThrowsFailsTheRelease(String function) throws IOException {
    aws.publish(
        arn(function),
        (in, out, lambda) -> {
          throw new IllegalStateException("no variable TOKEN_KEYS_TABLE");
        });

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
  }

  @Test
  void aVersionThatIsNotThereFailsTheRelease() throws IOException {
    var without = new HashMap<>(world.variablesOf(PreTrafficCheck.class));
    without.put("RELAY_VERSION", arn("RELAY") + "0");

    check(run, new Environment(without), aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
  }

  @Test
  void oneThatNeverAnswersFailsTheReleaseInsteadOfHoldingItUp() throws IOException {
    var end = new CountDownLatch(1);
    aws.publish(arn("RELAY"), (in, out, lambda) -> await(end));

    check(aws.endpoint(), Duration.ofMillis(500));
    end.countDown();

    assertThat(statuses()).containsExactly("Failed");
  }

  @Test
  void lambdaOutOfReachFailsTheRelease() throws IOException {
    check(URI.create("http://127.0.0.1:1"), PATIENCE);

    assertThat(statuses()).containsExactly("Failed");
    assertThat(aws.called()).isEmpty();
  }

  @Test
  void aFunctionThatStumblesOnceIsAskedAgain() throws IOException {
    var stumbled = new CountDownLatch(1);
    var sound = world.function(StoreTables.stack().functions().get("AuthFunction"));
    aws.publish(
        arn("AUTH"),
        (in, out, lambda) -> {
          if (stumbled.getCount() > 0) {
            stumbled.countDown();
            throw new IllegalStateException("throttled");
          }
          sound.handleRequest(in, out, lambda);
        });

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Succeeded");
  }

  @Test
  void aVerdictThatIsLostIsGivenAgain() throws IOException {
    aws.loseVerdicts(2);

    check(aws.endpoint(), PATIENCE);

    assertThat(statuses()).containsExactly("Succeeded");
  }

  @Test
  void aVerdictThatNobodyTakesIsAnErrorAndNoSilence() {
    aws.loseVerdicts(10_000);

    assertThatThrownBy(() -> check(aws.endpoint(), PATIENCE))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CodeDeploy");
    assertThat(run.pauses).hasSize(7);
  }

  private JsonNode check(URI lambda, Duration patience) {
    return check(run, lambda, patience);
  }

  private JsonNode check(Run one, URI lambda, Duration patience) {
    return check(one, world.hostOf(PreTrafficCheck.class).environment(), lambda, patience);
  }

  private JsonNode check(Run one, Environment environment, URI lambda, Duration patience) {
    return check(one, environment, EVENT, lambda, patience);
  }

  private JsonNode check(Run one, String event, URI lambda) {
    return check(one, world.hostOf(PreTrafficCheck.class).environment(), event, lambda, PATIENCE);
  }

  private JsonNode check(
      Run one, Environment environment, String event, URI lambda, Duration patience) {
    return one.lambda.answer(
        new PreTrafficCheck(
            environment, lambda, aws.endpoint(), CREDENTIALS, patience, one.backoff),
        World.json(event));
  }

  /** One run of the check, in a time of its own that only pauses take. */
  private static final class Run {
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final Lambda lambda = new Lambda(this::left);
    final Backoff backoff;

    /**
     * @param whatPasses what has happened when a pause is over
     */
    Run(long seed, Runnable whatPasses) {
      backoff =
          new Backoff(
              pause -> {
                pauses.add(pause);
                whatPasses.run();
              },
              new Random(seed));
    }

    /** What is left of what the template gives the check. */
    Duration left() {
      Duration all = StoreTables.stack().functions().get("PreTrafficCheckFunction").timeout();
      return pauses.stream().reduce(all, Duration::minus);
    }
  }

  private List<String> statuses() {
    return aws.verdicts().stream().map(verdict -> verdict.path("status").asText()).toList();
  }

  static List<String> functions() {
    return SyntheticCall.all().stream().map(SyntheticCall::function).toList();
  }

  private static String arn(String function) {
    return toCheck().get(function + "_VERSION");
  }

  /** The ARN of the version of a function that is checked. */
  private static String arn(FunctionSpec function) {
    return toCheck().values().stream()
        .filter(value -> value.contains("-" + function.logicalId() + ":"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(function.logicalId() + " isn't checked"));
  }

  private static String live(String versionArn) {
    return versionArn.replaceFirst(":[^:]*$", ":live");
  }

  private static Map<String, String> toCheck() {
    return StoreTables.stack().functions().get("PreTrafficCheckFunction").environment();
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
