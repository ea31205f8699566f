package io.quantchat.infra.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.bench.load.Endpoint;
import io.quantchat.infra.bench.load.Queue;
import io.quantchat.infra.bench.load.RelayService;
import io.quantchat.infra.bench.load.Service;
import io.quantchat.infra.local.RunnerProcess;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That it measures, and counts right; never how fast, on whatever machine this runs. */
class RelayBenchTest {

  private static final Plan SHORT =
      new Plan(EnumSet.allOf(Measurement.class), 1, 1, 1, 1, 4, 100, 60, 250, 600, 0.01);

  /** A runner of these very classes, with its tables in memory. */
  private record Runner() implements Subject {

    @Override
    public String name() {
      return "runner";
    }

    @Override
    public boolean has(Measurement measurement, Storage storage) {
      return storage == Storage.MEMORY && measurement != Measurement.OPENING;
    }

    @Override
    public Service start(Storage storage) {
      RunnerProcess runner = RunnerProcess.inMemory(List.of());
      return new RelayService(Endpoint.of(runner.instance()), 1, runner);
    }
  }

  @Test
  void everyMessageThatWasSentIsDeliveredOnceMeasuredAndDeleted() throws IOException {
    Report report = RelayBench.measure(SHORT, List.of(), List.of(new Runner()));

    Series series = report.all().getFirst();
    Loaded loaded = series.loaded().getFirst();
    assertThat(loaded.fate().sent()).isPositive();
    assertThat(loaded.fate().delivered()).isEqualTo(loaded.fate().sent());
    assertThat(loaded.fate().refused()).isZero();
    assertThat(loaded.fate().pendingOnly()).isZero();
    assertThat(loaded.fate().lost()).isZero();
    assertThat(loaded.fate().duplicated()).isZero();
    assertThat(loaded.first().getFirst().messages()).isPositive();
    assertThat(loaded.steady().getFirst().rate()).isPositive();
    assertThat(loaded.steady().getFirst().processor()).isPositive();
    assertThat(loaded.steady().getFirst().loadShare()).isBetween(0.0, 1.0);
    Loaded.OpenLoop openLoop = loaded.openLoop().getFirst();
    assertThat(openLoop.rate()).isEqualTo(100);
    assertThat(openLoop.latencies().count()).isBetween(90L, 110L);
    assertThat(openLoop.latencies().p50())
        .isPositive()
        .isLessThanOrEqualTo(openLoop.latencies().max());

    assertThat(series.idle().getFirst().open()).isEqualTo(60);
    assertThat(series.idle().getFirst().resident()).isGreaterThan(1 << 20);

    Queue queue = series.queues().getFirst();
    assertThat(queue.messages()).isBetween(250, 250 + SHORT.clients());
    assertThat(queue.drained()).isEqualTo(queue.messages());
    assertThat(series.puts().getFirst().perSecond()).isPositive();
    assertThat(series.failures()).isEmpty();
    assertThat(series.isSound()).isTrue();
    assertThat(report.toMarkdown()).contains("| idle sockets | 60 |");
  }
}
