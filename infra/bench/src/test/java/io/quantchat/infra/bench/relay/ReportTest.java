package io.quantchat.infra.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.bench.load.Idle;
import io.quantchat.infra.bench.load.Latencies;
import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.load.MessageLog.Fate;
import io.quantchat.infra.bench.load.Queue;
import io.quantchat.infra.bench.report.Machine;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Fate NOTHING_LOST = new Fate(1000, 0, 1000, 0, 0, 0);

  private final Report report =
      new Report(
          new Machine(2, "", "Linux", "25", LocalDate.of(2026, 1, 30)),
          new Plan(EnumSet.allOf(Measurement.class), 3, 10, 30, 20, 8, 0, 5000, 100_000, 600, 10),
          List.of(0.5, 3.25),
          List.of("A note."),
          List.of(
              series("v1", List.of(steady(100), steady(300), steady(200)), List.of()),
              series(
                  "working tree",
                  List.of(steady(1000)),
                  List.of(new Queue(100_000, 125, 99_998, 20)))));

  private static Series series(String name, List<Loaded> loaded, List<Queue> queues) {
    return new Series(
        name,
        loaded,
        List.of(new Idle(5000, 4999, 8, 200L << 20, 400L << 20)),
        queues,
        List.of(new Opening(10_000_000_000L, 9_000_000, 300, 1.5)),
        List.of(new Puts(Storage.DISK, 12_345)),
        List.of());
  }

  private static Loaded steady(int rate) {
    return new Loaded(
        Storage.DISK,
        1.25,
        List.of(),
        List.of(new Relayed(rate * 20L, 20, rate * 20.0, rate * 5.0)),
        List.of(new Loaded.OpenLoop(rate / 2.0, new Latencies(10, 1, 2, 3, 4))),
        NOTHING_LOST);
  }

  @Test
  void mediansStandWithBothEndsBesideTheirRatio() {
    assertThat(report.toMarkdown())
        .contains("| | v1 | working tree / it | working tree |")
        .contains("| messages a second, steady, on disk | 200 (100 to 300) | **5.00** | 1,000 |")
        .contains("| CPU of each of them, ms, steady, on disk | 1.00 (1.00 to 1.00) | **1.00** |")
        .contains("| the load's part of all CPU, on disk | 0.20 (0.20 to 0.20) | **1.00** | 0.20 |")
        .contains("| open loop, p99, ms, on disk | 3.0 (3.0 to 3.0) | **1.00** | 3.0 |")
        .contains("| memory with them, MiB | 400 | **1.00** | 400 |")
        .contains("| data opened, GB | 10.00 |")
        .contains("medians of 3 interleaved rounds", "load average 0.5 to 3.3", "- A note.");
  }

  @Test
  void whatWasMeasuredOfOneAloneHasNoRatioAndWhatOfNobodyNoLine() {
    assertThat(report.toMarkdown())
        .contains("| drained, messages a second | – | – | 5,000 |")
        .contains("| messages a second to somebody away, on disk | – | – | 800 |")
        .doesNotContain("in memory | –");
  }

  @Test
  void nothingIsComparedWithNothing() {
    assertThat(report.toMarkdown()).contains("| refused, on disk | 0 (0 to 0) | – | 0 |");
  }

  @Test
  void whatAQueueHoldsBackIsLost() {
    assertThat(report.all().getLast().lost()).isEqualTo(2);
    assertThat(report.toMarkdown()).contains("| **lost** from the queue | – | – | 2 |");
  }

  @Test
  void whatCouldNotBeMeasuredIsSaidBesideWhatCould() {
    Series series =
        new Series(
            "v2", List.of(), List.of(), List.of(), List.of(), List.of(), List.of("idle failed."));
    Report some =
        new Report(report.machine(), report.plan(), List.of(1.0), List.of(), List.of(series));

    assertThat(series.isSound()).isFalse();
    assertThat(some.toMarkdown()).contains("- idle failed.");
  }

  @Test
  void programsGetEveryFigure() {
    assertThat(report.toJson())
        .contains("\"name\" : \"v1\"", "\"p99\" : 3.0", "\"per_second\" : 12345.0")
        .contains("\"storage\" : \"DISK\"", "\"notes\" : [ \"A note.\" ]");
  }
}
