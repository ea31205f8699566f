package io.quantchat.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.QuietContext;
import io.quantchat.World;
import io.quantchat.contacts.ContactsHandler;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.keys.KeysHandler;
import io.quantchat.relay.RelayHandler;
import io.quantchat.sockets.SocketAuthorizer;
import io.quantchat.sockets.SocketsHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
@Timeout(60)
class PreTrafficCheckTest {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private static final String EVENT =
      """
      {"DeploymentId": "d-ABCDEF123", "LifecycleEventHookExecutionId": "eyJoIn0="}
      """;

  private static final StoreTables TABLES = StoreTables.embedded();

  private final World world = new World(TABLES);
  private final QuietContext context = new QuietContext();
  private FakeAws aws;

  @BeforeEach
  void publishSoundVersions() throws IOException {
    aws = new FakeAws();
    aws.publish(arn("AUTH"), profileRoute());
    aws.publish(arn("CONTACTS"), new ContactsHandler(world.host));
    aws.publish(arn("RELAY"), new RelayHandler(world.host));
    aws.publish(arn("KEYS"), new KeysHandler(world.host));
    aws.publish(arn("SOCKET_AUTHORIZER"), new SocketAuthorizer(world.host));
    aws.publish(arn("CONNECTIONS"), new SocketsHandler(world.host));
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
    assertThat(check(aws.endpoint(), Duration.ofSeconds(20)).path("succeeded").asBoolean())
        .isTrue();

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
    assertThat(context.log()).isEmpty();
  }

  @Test
  void theCheckLeavesNothingBehind() throws IOException {
    check(aws.endpoint(), Duration.ofSeconds(20));

    for (Variable table :
        List.of(
            Variable.ACCOUNTS_TABLE,
            Variable.CONTACTS_TABLE,
            Variable.RELAY_MESSAGES_TABLE,
            Variable.CONNECTIONS_TABLE,
            Variable.SESSIONS_TABLE,
            Variable.PREKEYS_TABLE,
            Variable.LIMITS_TABLE)) {
      assertThat(world.dynamoDb.scan(scan -> scan.tableName(world.environment.get(table))).items())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void oneThatAnswersOtherwiseFailsTheRelease(String function) throws IOException {
    aws.publish(
        arn(function),
        (in, out, lambda) ->
            out.write("{\"statusCode\": 503, \"body\": \"{}\"}".getBytes(StandardCharsets.UTF_8)));

    check(aws.endpoint(), Duration.ofSeconds(20));

    assertThat(statuses()).containsExactly("Failed");
    assertThat(context.log()).contains(function);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void oneThatThrowsFailsTheRelease(String function) throws IOException {
    aws.publish(
        arn(function),
        (in, out, lambda) -> {
          throw new IllegalStateException("no variable TOKEN_KEYS_TABLE");
        });

    check(aws.endpoint(), Duration.ofSeconds(20));

    assertThat(statuses()).containsExactly("Failed");
  }

  @Test
  void aVersionThatIsNotThereFailsTheRelease() throws IOException {
    var without = new HashMap<>(environment());
    without.put("RELAY_VERSION", arn("RELAY") + "0");

    check(new Environment(without), aws.endpoint(), Duration.ofSeconds(20));

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
    check(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(20));

    assertThat(statuses()).containsExactly("Failed");
    assertThat(aws.called()).isEmpty();
  }

  @Test
  void aFunctionThatStumblesOnceIsAskedAgain() throws IOException {
    var stumbled = new CountDownLatch(1);
    var sound = profileRoute();
    aws.publish(
        arn("AUTH"),
        (in, out, lambda) -> {
          if (stumbled.getCount() > 0) {
            stumbled.countDown();
            throw new IllegalStateException("throttled");
          }
          sound.handleRequest(in, out, lambda);
        });

    check(aws.endpoint(), Duration.ofSeconds(20));

    assertThat(statuses()).containsExactly("Succeeded");
  }

  @Test
  void aVerdictThatIsLostIsGivenAgain() throws IOException {
    aws.loseVerdicts(2);

    check(aws.endpoint(), Duration.ofSeconds(20));

    assertThat(statuses()).containsExactly("Succeeded");
  }

  @Test
  void aVerdictThatNobodyTakesIsAnErrorAndNoSilence() {
    aws.loseVerdicts(3);

    assertThatThrownBy(() -> check(aws.endpoint(), Duration.ofSeconds(20)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CodeDeploy");
  }

  private JsonNode check(URI lambda, Duration patience) throws IOException {
    return check(new Environment(environment()), lambda, patience);
  }

  private JsonNode check(Environment environment, URI lambda, Duration patience)
      throws IOException {
    var out = new ByteArrayOutputStream();
    new PreTrafficCheck(environment, lambda, aws.endpoint(), CREDENTIALS, patience)
        .handleRequest(
            new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)), out, context);
    return Json.MAPPER.readTree(out.toByteArray());
  }

  private List<String> statuses() {
    return aws.verdicts().stream().map(verdict -> verdict.path("status").asText()).toList();
  }

  private Map<String, String> environment() {
    var variables = new HashMap<String, String>();
    variables.put(Variable.AWS_REGION.name(), "eu-west-1");
    functions().forEach(function -> variables.put(function + "_VERSION", arn(function)));
    return variables;
  }

  static List<String> functions() {
    return SyntheticCall.all().stream().map(SyntheticCall::function).toList();
  }

  private static String arn(String function) {
    return "arn:aws:lambda:eu-west-1:111122223333:function:quantchat-" + function + ":7";
  }

  /** The route of the function for accounts that is called, with the check it has in common. */
  private RequestStreamHandler profileRoute() {
    return RestRoutes.of(world.host)
            .signedIn("GET /users/me", (request, caller) -> RestResponse.noContent())
        ::handle;
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
