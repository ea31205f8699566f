package io.quantchat.infra.local.metrics;

import io.quantchat.infra.local.gateway.Route;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Counts the requests that were answered, by route, method and status, and how long each took. */
public final class RequestMetrics implements RequestLog, MetricsSource {

  private static final String NO_ROUTE = "none";

  /** A client may send any word for a method: the others count as one. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String OTHER_METHOD = "other";

  private record Kind(String route, String method) {}

  private record Outcome(Kind kind, int status) {}

  private final ConcurrentMap<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentMap<Kind, Histogram> times = new ConcurrentHashMap<>();

  @Override
  public void log(Request request, Response response) {
    record(
        Route.of(request).orElse(NO_ROUTE),
        request.getMethod(),
        response.getStatus(),
        Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
  }

  void record(String route, String method, int status, Duration took) {
    var kind = new Kind(route, METHODS.contains(method) ? method : OTHER_METHOD);
    counts.computeIfAbsent(new Outcome(kind, status), _ -> new LongAdder()).increment();
    times.computeIfAbsent(kind, _ -> new Histogram()).record(took);
  }

  @Override
  public void writeTo(Exposition out) {
    Exposition.Family requests =
        out.counter("quantchat_http_requests_total", "Requests answered, by route and status.");
    counts.entrySet().stream()
        .sorted(Comparator.comparing(count -> count.getKey().toString()))
        .forEach(
            count ->
                requests.sample(
                    count.getValue().sum(),
                    "route",
                    count.getKey().kind().route(),
                    "method",
                    count.getKey().kind().method(),
                    "status",
                    Integer.toString(count.getKey().status())));
    Exposition.Family seconds =
        out.histogram(
            "quantchat_http_request_duration_seconds", "From a request's beginning to its answer.");
    times.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<Kind, Histogram> time) -> time.getKey().toString()))
        .forEach(
            time ->
                time.getValue()
                    .writeTo(
                        seconds, "route", time.getKey().route(), "method", time.getKey().method()));
  }
}
