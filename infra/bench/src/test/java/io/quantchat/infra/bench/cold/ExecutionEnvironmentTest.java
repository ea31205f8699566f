package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.host.Snapshots;
import io.quantchat.infra.bench.cold.ExecutionEnvironment.Answer;
import io.quantchat.infra.bench.cold.ExecutionEnvironment.FailureException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own runtime client, against our Runtime API. It is native, and made for Linux. */
@EnabledOnOs(OS.LINUX)
class ExecutionEnvironmentTest {

  private static final byte[] EVENT = "{\"text\":\"grüße\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;

  private static ManagedRuntime runtime;

  @BeforeAll
  static void findTheRuntime() throws IOException {
    runtime = ManagedRuntime.in(folder);
  }

  @Test
  void aFunctionsAnswersComeBackAsTheyAre() throws IOException {
    long before = System.nanoTime();
    try (var environment = ExecutionEnvironment.start(launch(SmallHandlers.Echo.class))) {
      double init = environment.awaitInit();
      double longest = (System.nanoTime() - before) / 1e6;
      Answer first = environment.invoke(EVENT);
      Answer second = environment.invoke("\"again\"".getBytes(StandardCharsets.UTF_8));

      assertThat(init).isBetween(10.0, longest);
      assertThat(first.isError()).isFalse();
      assertThat(first.text()).isEqualTo("{\"text\":\"grüße\"}");
      assertThat(second.text()).isEqualTo("\"again\"");
      assertThat(environment.peakMemory().orElseThrow()).isGreaterThan(10_000);
      assertThat(environment.processorTime()).isPositive();
    }
  }

  @Test
  void whatAFunctionThrowsComesBackAsAnErrorAndItLivesOn() throws IOException {
    try (var environment = ExecutionEnvironment.start(launch(SmallHandlers.Throwing.class))) {
      environment.awaitInit();
      Answer first = environment.invoke(EVENT);
      Answer second = environment.invoke(EVENT);

      assertThat(first.isError()).isTrue();
      assertThat(first.text()).contains("not like this");
      assertThat(second.isError()).isTrue();
    }
  }

  @Test
  void aFunctionThatCannotBeBuiltFailsWithItsReason() throws IOException {
    try (var environment = ExecutionEnvironment.start(launch(SmallHandlers.Unbuildable.class))) {
      assertThatThrownBy(environment::awaitInit)
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("the table is missing");
    }
  }

  @Test
  void aProcessThatDiesIsNoticed() throws IOException {
    try (var environment = ExecutionEnvironment.start(launch(SmallHandlers.Dying.class))) {
      environment.awaitInit();

      assertThatThrownBy(() -> environment.invoke(EVENT))
          .isInstanceOf(FailureException.class)
          .hasMessageContaining("ended with 3");
    }
  }

  @Test
  void hooksRunAroundTheSnapshotAndNotWithoutOne() throws IOException {
    Launch launch = launch(SmallHandlers.Hooked.class);
    Launch withSnapStart =
        launch.withSnapStart(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
    try (var restored = ExecutionEnvironment.start(withSnapStart);
        var plain = ExecutionEnvironment.start(launch)) {
      restored.awaitCheckpoint();
      restored.restore();
      plain.awaitInit();

      assertThat(restored.invoke(EVENT).text()).isEqualTo("\"before after\"");
      assertThat(plain.invoke(EVENT).text()).isEqualTo("\"\"");
    }
  }

  @Test
  void aRehearsalThatThrowsStopsNeitherTheSnapshotNorTheFunction() throws IOException {
    Launch launch =
        launch(SmallHandlers.Unrehearsed.class)
            .withSnapStart(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
    try (var environment = ExecutionEnvironment.start(launch)) {
      environment.awaitCheckpoint();
      environment.restore();

      assertThat(environment.invoke(EVENT).text()).isEqualTo("{\"text\":\"grüße\"}");
      assertThat(environment.log()).contains("Not rehearsed").contains("the table is missing");
    }
  }

  /**
   * The test's own classes are the package; of its libraries the client has but CRaC's, and what
   * snapshots need of the functions.
   */
  private static Launch launch(Class<?> handler) {
    List<Path> classPath = new ArrayList<>(runtime.classPath());
    classPath.add(locationOf(Core.class));
    classPath.add(locationOf(Snapshots.class));
    return new Launch(
        locationOf(SmallHandlers.class),
        classPath,
        runtime.options(256),
        handler.getName() + "::handleRequest",
        Map.of());
  }

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
