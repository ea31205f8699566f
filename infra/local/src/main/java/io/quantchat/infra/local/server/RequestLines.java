package io.quantchat.infra.local.server;

import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * One line for each request: method, path, status, milliseconds. Never the query, which may hold a
 * token, nor headers or bodies.
 */
final class RequestLines implements RequestLog {

  private static final int LONGEST_PATH = 200;

  private final Consumer<String> log;

  RequestLines(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public void log(Request request, Response response) {
    if (isCheckOfHealth(request, response)) {
      return;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime());
    log.accept(
        "%s %s %d %d ms"
            .formatted(
                printable(request.getMethod()),
                printable(request.getHttpURI().getPath()),
                response.getStatus(),
                took.toMillis()));
  }

  /** One that comes every few seconds and found nothing would hide all else. */
  private static boolean isCheckOfHealth(Request request, Response response) {
    return response.getStatus() == HttpStatus.OK_200
        && HealthCheck.PATH.equals(request.getHttpURI().getPath());
  }

  /** Percent-encodes characters that a terminal could take for a command. */
  private static String printable(String sent) {
    if (sent == null) {
      return "-";
    }
    StringBuilder shown = new StringBuilder();
    sent.codePoints()
        .limit(LONGEST_PATH)
        .forEach(
            point -> {
              if (point > ' ' && point < 0x7F) {
                shown.append((char) point);
              } else {
                shown.append("%%%02X".formatted(point));
              }
            });
    return sent.length() > LONGEST_PATH ? shown + "..." : shown.toString();
  }
}
