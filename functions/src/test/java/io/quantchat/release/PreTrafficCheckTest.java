package io.quantchat.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Environment;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private static final StoreTables TABLES = StoreTables.embedded();

  /** A release shifts no requests to these: nobody but the release and a schedule asks them. */
  private static final Set<String> WITHOUT_TRAFFIC =
      Set.of("PreTrafficCheckFunction", "ErasureFunction");

  private final World world = new World(TABLES);
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
    assertThat(world.lambda.log()).isEmpty();
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
    assertThat(world.lambda.log()).contains(function);
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

    check(new Environment(without), aws.endpoint(), PATIENCE);

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
    aws.loseVerdicts(3);

    assertThatThrownBy(() -> check(aws.endpoint(), PATIENCE))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CodeDeploy");
  }

  private JsonNode check(URI lambda, Duration patience) throws IOException {
    return check(world.hostOf(PreTrafficCheck.class).environment(), lambda, patience);
  }

  private JsonNode check(Environment environment, URI lambda, Duration patience)
      throws IOException {
    return world.answer(
        new PreTrafficCheck(environment, lambda, aws.endpoint(), CREDENTIALS, patience),
        World.json(EVENT));
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
