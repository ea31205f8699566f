package io.quantchat.infra.bench.cold;

import io.quantchat.infra.bench.cold.ExecutionEnvironment.Answer;
import java.io.IOException;

/** Plays one execution environment from its start to its end, and holds a watch to it. */
final class Life {

  private static final int WARM = 8;

  private final Functions functions;
  private final Backend backend;

  Life(Functions functions, Backend backend) {
    this.functions = functions;
    this.backend = backend;
  }

  /**
   * @throws IllegalStateException if an answer isn't right
   */
  Sample of(Scenario scenario, Variant variant) throws IOException {
    backend.beforeSnapshot();
    try (ExecutionEnvironment environment = functions.start(scenario, variant)) {
      boolean isRestored = variant.isRestored();
      double init = isRestored ? environment.awaitCheckpoint() : environment.awaitInit();
      double before = isRestored ? restore(environment) : init;
      Answer first = invoke(environment, scenario, variant);
      double processor = environment.processorTime();
      Answer second = invoke(environment, scenario, variant);
      double warm = Double.MAX_VALUE;
      for (int i = 0; i < WARM; i++) {
        warm = Math.min(warm, invoke(environment, scenario, variant).milliseconds());
      }
      return new Sample(
          init,
          before + first.milliseconds(),
          first.milliseconds(),
          second.milliseconds(),
          warm,
          processor,
          environment.peakMemory().orElse(0));
    }
  }

  private double restore(ExecutionEnvironment environment) {
    backend.afterSnapshot();
    return environment.restore();
  }

  private Answer invoke(ExecutionEnvironment environment, Scenario scenario, Variant variant)
      throws IOException {
    int posted = backend.posts();
    Answer answer = environment.invoke(scenario.event());
    if (answer.isError() || !scenario.accepts().test(answer.text())) {
      throw new IllegalStateException(
          "%s (%s) answered wrongly: %s%n%s"
              .formatted(scenario.name(), variant.label(), answer.text(), environment.log()));
    }
    if (backend.posts() - posted != scenario.pushes()) {
      throw new IllegalStateException(
          "%s (%s) posted %d frames instead of %d."
              .formatted(
                  scenario.name(), variant.label(), backend.posts() - posted, scenario.pushes()));
    }
    return answer;
  }
}
