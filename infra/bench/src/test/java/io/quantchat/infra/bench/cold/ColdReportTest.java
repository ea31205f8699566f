package io.quantchat.infra.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.bench.report.Machine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ColdReportTest {

  private static final Machine MACHINE =
      new Machine(2, "", "Linux", "25", LocalDate.of(2026, 1, 1));

  private final Samples samples = new Samples("relay: send");
  private final ColdReport report = new ColdReport(MACHINE, 3, List.of(samples));

  @Test
  void saysMediansEndsAndTheRatioWithinARound() {
    add(Variant.PACKAGED, 300, 900, 200);
    add(Variant.BASELINE, 1000, 2000, 1000);

    assertThat(report.toMarkdown())
        .contains("| relay: send | 300 (200 to 900) | 1000 (1000 to 2000) | **0.30** | – | – |");
  }

  @Test
  void aBusyRoundDoesNotChangeTheRatio() {
    add(Variant.PACKAGED, 300, 3_000, 4_000);
    add(Variant.BASELINE, 1000, 10_000, 8_000);

    assertThat(report.toMarkdown()).contains("**0.30**");
  }

  @Test
  void drawsABarForWhatWasMeasured() throws Exception {
    add(Variant.PACKAGED, 300);
    add(Variant.BASELINE, 1000);

    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(report.toSvg().getBytes(StandardCharsets.UTF_8)));

    assertThat(svg.getDocumentElement().getTextContent())
        .contains("relay: send")
        .contains("300 ms")
        .contains("1000 ms");
  }

  @Test
  void programsGetEveryLife() {
    add(Variant.RESTORED, 41.5, 42.5);

    assertThat(report.toJson()).contains("RESTORED").contains("41.5").contains("42.5");
  }

  private void add(Variant variant, double... wakes) {
    for (double wake : wakes) {
      samples.add(variant, new Sample(wake / 2, wake, wake / 2, 5, 2, 100, 100_000));
    }
  }
}
