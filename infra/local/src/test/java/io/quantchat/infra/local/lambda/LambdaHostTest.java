package io.quantchat.infra.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.infra.stack.FunctionSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LambdaHostTest {

  /** For what never ends by itself. */
  private static final Duration SHORT = Duration.ofMillis(50);

  /** For what does; no machine takes so long. */
  private static final Duration LONG = Duration.ofHours(1);

  /** Answers with what it saw while it was built. */
  public static final class Greeter implements RequestStreamHandler {
    private final String greeting;
    private final String region;
    private final String name;

    /** Called by Lambda. */
    public Greeter() {
      throw new IllegalStateException("there is no environment of a process's own here");
    }

    public Greeter(Host host) {
      Environment environment = host.environment();
      this.greeting = environment.get(Variable.TOKEN_ISSUER);
      this.region = environment.get(Variable.AWS_REGION);
      this.name = environment.get(Variable.AWS_LAMBDA_FUNCTION_NAME);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      String said = new String(in.readAllBytes(), UTF_8);
      out.write(
          String.join(" ", greeting, said, region, name, context.getFunctionName())
              .getBytes(UTF_8));
    }
  }

  /** Throws. */
  public static final class Thrower implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
      throw new IllegalStateException("Unauthorized");
    }
  }

  /** Writes more than Lambda gives back. */
  public static final class Chatterbox implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write(new byte[6_291_557]);
    }
  }

  /** Never ends by itself. */
  public static final class Sleeper implements RequestStreamHandler {
    private static CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stopped) {
        interrupted.countDown();
      }
    }
  }

  /** Can't be built. */
  public static final class Broken implements RequestStreamHandler {
    public Broken() {
      throw new IllegalStateException("no table");
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  /** Wants what no host has. */
  public static final class Demanding implements RequestStreamHandler {
    public Demanding(String wish) {
      throw new IllegalStateException(wish);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  @Test
  void eachFunctionSeesItsOwnEnvironmentAndNobodyElses() {
    var first = spec("First", Greeter.class, LONG, Map.of("TOKEN_ISSUER", "hello"));
    var second = spec("Second", Greeter.class, LONG, Map.of("TOKEN_ISSUER", "salut"));
    try (LambdaHost host = start(first, second)) {
      assertThat(answer(host, "First", "ana")).isEqualTo("hello ana eu-west-1 First First");
      assertThat(answer(host, "Second", "ben")).isEqualTo("salut ben eu-west-1 Second Second");
    }
    assertThat(System.getenv("TOKEN_ISSUER")).isNull();
  }

  @Test
  void nothingOfThisProcessReachesAFunction() {
    var seen = new ArrayList<Environment>();
    try (LambdaHost host =
        LambdaHost.start(
            List.of(spec("First", Greeter.class, LONG, Map.of("TOKEN_ISSUER", "hello"))),
            "eu-west-1",
            environment -> {
              seen.add(environment);
              return on(environment);
            })) {
      assertThat(host).isNotNull();
    }

    Environment environment = seen.getFirst();
    assertThat(environment.get(Variable.AWS_LAMBDA_FUNCTION_VERSION)).isEqualTo("1");
    assertThat(environment.has(Variable.AWS_CONTAINER_CREDENTIALS_FULL_URI)).isFalse();
    assertThat(environment)
        .usingRecursiveComparison()
        .isEqualTo(
            new Environment(
                Map.of(
                    "TOKEN_ISSUER", "hello",
                    "LOOK_HOLDS_MILLISECONDS", "0",
                    "AWS_REGION", "eu-west-1",
                    "AWS_LAMBDA_FUNCTION_NAME", "First",
                    "AWS_LAMBDA_FUNCTION_VERSION", "1",
                    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")));
  }

  @Test
  void whatAFunctionThrowsIsReportedWithItsMessage() {
    try (LambdaHost host = start(spec("Thrower", Thrower.class))) {
      assertThat(host.invoke("Thrower", bytes("{}"), LONG))
          .isEqualTo(new Invocation.Failed("Unauthorized", "java.lang.IllegalStateException"));
    }
  }

  @Test
  void anEventOrAnAnswerOverSixMegabytesIsRefused() {
    try (LambdaHost host = start(spec("Chatterbox", Chatterbox.class))) {
      assertThat(host.invoke("Chatterbox", bytes("{}"), LONG))
          .isInstanceOf(Invocation.AnswerTooLarge.class);
      assertThat(host.invoke("Chatterbox", new byte[6 * 1024 * 1024 + 1], LONG))
          .isInstanceOf(Invocation.EventTooLarge.class);
    }
  }

  @Test
  void aFunctionIsStoppedWhenItsTimeIsOver() throws InterruptedException {
    Sleeper.interrupted = new CountDownLatch(1);
    try (LambdaHost host = start(spec("Sleeper", Sleeper.class, SHORT, Map.of()))) {
      assertThat(host.invoke("Sleeper", bytes("{}"), LONG)).isInstanceOf(Invocation.TimedOut.class);
      Sleeper.interrupted.await();
    }
  }

  @Test
  void theGatewayStopsWaitingWhileTheFunctionRunsOn() throws InterruptedException {
    Sleeper.interrupted = new CountDownLatch(1);
    try (LambdaHost host = start(spec("Sleeper", Sleeper.class, LONG, Map.of()))) {
      assertThat(host.invoke("Sleeper", bytes("{}"), SHORT))
          .isInstanceOf(Invocation.IntegrationTimedOut.class);
      assertThat(Sleeper.interrupted.getCount()).isEqualTo(1);
    }
    Sleeper.interrupted.await();
  }

  @Test
  void aHandlerThatCannotBeBuiltIsNamedWithItsFunction() {
    assertThatThrownBy(() -> start(spec("Relay", Broken.class)))
        .isInstanceOf(LambdaStartException.class)
        .hasMessageContainingAll("Relay", Broken.class.getName(), "no table");
    assertThatThrownBy(() -> start(spec("Relay", String.class)))
        .hasMessageContainingAll("Relay", "is no RequestStreamHandler");
    var absent = new FunctionSpec("Relay", "no.such.Class", Duration.ofSeconds(1), 128, Map.of());
    assertThatThrownBy(() -> start(absent)).hasMessageContaining("is not on the class path");
    assertThatThrownBy(() -> start(spec("Relay", Demanding.class)))
        .hasMessageContainingAll(
            "Relay", "no public constructor that takes a Host, nor one without arguments");
  }

  private static String answer(LambdaHost host, String function, String event) {
    Invocation invocation = host.invoke(function, bytes(event), LONG);
    return new String(((Invocation.Answered) invocation).payload(), UTF_8);
  }

  private static LambdaHost start(FunctionSpec... specs) {
    return LambdaHost.start(List.of(specs), "eu-west-1", LambdaHostTest::on);
  }

  /** None of these functions asks for more than its environment. */
  private static Host on(Environment environment) {
    return new Host(
        environment,
        null,
        () -> {
          throw new AssertionError("No socket is needed");
        },
        Clock.systemUTC(),
        new SecureRandom());
  }

  private static FunctionSpec spec(String id, Class<?> handler) {
    return spec(id, handler, LONG, Map.of());
  }

  private static FunctionSpec spec(
      String id, Class<?> handler, Duration timeout, Map<String, String> environment) {
    return new FunctionSpec(id, handler.getName(), timeout, 128, environment);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
