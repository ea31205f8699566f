package io.quantchat.infra.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.metrics.ExpositionParser.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static List<Sample> written(MetricsSource source) {
    var out = new Exposition();
    source.writeTo(out);
    return ExpositionParser.parse(out.toString());
  }

  private static Map<String, String> send(String status) {
    return Map.of("route", "/relay/send", "method", "POST", "status", status);
  }

  @Test
  void requestsAreCountedByRouteMethodAndStatus() {
    var requests = new RequestMetrics();
    requests.record("/relay/send", "POST", 201, Duration.ofMillis(3));
    requests.record("/relay/send", "POST", 201, Duration.ofMillis(4));
    requests.record("/relay/send", "POST", 401, Duration.ofMillis(1));

    assertThat(written(requests))
        .contains(
            new Sample("quantchat_http_requests_total", send("201"), 2),
            new Sample("quantchat_http_requests_total", send("401"), 1));
  }

  @Test
  void timesFallIntoTheBucketThatTheyAreNotAbove() {
    var requests = new RequestMetrics();
    for (long millis : new long[] {1, 2, 5, 40_000}) {
      requests.record("/x", "GET", 200, Duration.ofMillis(millis));
    }

    String bucket = "quantchat_http_request_duration_seconds_bucket";
    assertThat(written(requests))
        .contains(
            new Sample(bucket, Map.of("route", "/x", "method", "GET", "le", "0.001"), 1),
            new Sample(bucket, Map.of("route", "/x", "method", "GET", "le", "0.0025"), 2),
            new Sample(bucket, Map.of("route", "/x", "method", "GET", "le", "0.005"), 3),
            new Sample(bucket, Map.of("route", "/x", "method", "GET", "le", "29"), 3),
            new Sample(bucket, Map.of("route", "/x", "method", "GET", "le", "+Inf"), 4),
            new Sample(
                "quantchat_http_request_duration_seconds_sum",
                Map.of("route", "/x", "method", "GET"),
                40.008));
  }

  @Test
  void wordsThatAClientMadeUpAreNoLabels() {
    var requests = new RequestMetrics();
    requests.record("none", "BREW", 403, Duration.ZERO);
    requests.record("none", "FRY", 403, Duration.ZERO);

    assertThat(written(requests))
        .contains(
            new Sample(
                "quantchat_http_requests_total",
                Map.of("route", "none", "method", "other", "status", "403"),
                2));
  }

  @Test
  void whatALabelMayNotHoldIsEscaped() {
    assertThat(
            written(
                out -> out.gauge("a", "b\\\nc").sample(1.5, "d", "\"e\\\nf").sample(-2, "d", "")))
        .containsExactly(
            new Sample("a", Map.of("d", "\"e\\\nf"), 1.5), new Sample("a", Map.of("d", ""), -2));
  }

  @Test
  void theProcessTellsOfItsMemoryItsThreadsAndItsCollector() {
    assertThat(written(new ProcessMetrics()))
        .anyMatch(
            sample ->
                sample.name().equals("jvm_memory_used_bytes")
                    && sample.labels().get("area").equals("heap")
                    && sample.value() > 1_000)
        .anyMatch(sample -> sample.name().equals("jvm_threads_current") && sample.value() > 1)
        .anyMatch(sample -> sample.name().equals("jvm_gc_collection_seconds_count"))
        .anyMatch(sample -> sample.name().equals("process_start_time_seconds"));
  }
}
