package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Metrics.Metric;
import io.quantchat.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {

  /** A metric of another name would never alarm anybody. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void anAlarmOfTheTemplateWatchesWhatIsCounted(Metric metric) throws IOException {
    var printed = new ByteArrayOutputStream();
    new Metrics(new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.systemUTC(), "f", "1")
        .count(metric, 3);

    JsonNode line = Json.MAPPER.readTree(printed.toByteArray());
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    String name = directive.at("/Metrics/0/Name").asText();

    Path alarms =
        Path.of(System.getProperty("quantchat.template"))
            .resolveSibling("infra/observability.yaml");

    assertThat(line.path(name).asInt()).isEqualTo(3);
    assertThat(Files.readString(alarms))
        .containsPattern(
            "Namespace: " + directive.path("Namespace").asText() + ",?\\s+MetricName: " + name);
  }
}
