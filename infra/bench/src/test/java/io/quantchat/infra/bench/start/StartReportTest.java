package io.quantchat.infra.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.report.Machine;
import io.quantchat.infra.bench.start.Beginning.Sent;
import io.quantchat.infra.bench.start.StartReport.Series;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartReportTest {

  private final StartReport report =
      new StartReport(
          new Machine(2, "", "Linux", "25", LocalDate.of(2026, 1, 30)),
          2,
          10,
          List.of(0.5, 3.25),
          List.of(
              new Series("v1", List.of(beginning(8000, 100), beginning(4000, 300))),
              new Series("working tree", List.of(beginning(3000, 500)))));

  private static Beginning beginning(double ready, long messages) {
    return new Beginning(
        ready,
        ready,
        new Relayed(messages, 10, 2000, 500),
        List.of(),
        List.of(new Sent(1200, 900), new Sent(1000, 700)));
  }

  @Test
  void mediansStandBesideTheRatioToTheWorkingTrees() {
    assertThat(report.toMarkdown())
        .contains("| | v1 | working tree / it | working tree |")
        .contains("| ready, s | 6.0 | **0.50** | 3.0 |")
        .contains("| messages a second, first 10 s | 20.0 | **2.50** | 50.0 |")
        .contains("| a send from the command line, s | 1.10 | **1.00** | 1.10 |")
        .contains("load average 0.5 to 3.3");
  }

  @Test
  void whatWasNotMeasuredIsLeftOpen() {
    assertThat(report.toMarkdown()).contains("| messages a second, steady | – | – | – |");
  }

  @Test
  void programsGetEveryFigure() {
    assertThat(report.toJson())
        .contains("\"name\" : \"v1\"", "\"ready_processor\" : 8000.0", "\"took\" : 1200.0");
  }
}
