package io.quantchat.infra.local.server;

import io.quantchat.infra.local.gateway.Route;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /healthz}: 200 while the database answers and nothing is being stopped, else 503 with
 * one word of why. It costs at most one read of the database a second, whoever asks how often.
 */
public final class HealthCheck extends Handler.Abstract {

  public static final String PATH = "/healthz";

  private static final Duration LONGEST_READ = Duration.ofSeconds(2);
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);
  private static final String DATABASE = "database";
  private static final String STOPPING = "stopping";

  private final Runnable read;
  private final LongSupplier nanoTime;
  private volatile boolean stopping;
  private FutureTask<Void> asked;
  private long askedAt;

  /**
   * @param read reads something from the database; throws if it can't
   */
  public HealthCheck(Runnable read) {
    this(read, System::nanoTime);
  }

  HealthCheck(Runnable read, LongSupplier nanoTime) {
    this.read = read;
    this.nanoTime = nanoTime;
  }

  /** From now on the answer is 503. */
  public void stopping() {
    stopping = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!request.getHttpURI().getPath().equals(PATH)) {
      return false;
    }
    Route.note(request, PATH);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      response.setStatus(HttpStatus.METHOD_NOT_ALLOWED_405);
      write("{\"message\":\"Method Not Allowed\"}", response, callback);
      return true;
    }
    Optional<String> reason = reason();
    response.setStatus(reason.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    write(
        reason
            .map("{\"status\":\"unavailable\",\"reason\":\"%s\"}"::formatted)
            .orElse("{\"status\":\"ok\"}"),
        response,
        callback);
    return true;
  }

  private static void write(String json, Response response, Callback callback) {
    response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
  }

  private Optional<String> reason() {
    if (stopping) {
      return Optional.of(STOPPING);
    }
    FutureTask<Void> answer = ask();
    try {
      answer.get(LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of(DATABASE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(STOPPING);
    }
  }

  /** The read of a moment ago, or one that still waits, or else a new one. */
  private synchronized FutureTask<Void> ask() {
    long now = nanoTime.getAsLong();
    boolean stale = asked != null && asked.isDone() && now - askedAt >= GOOD_FOR.toNanos();
    if (asked == null || stale) {
      askedAt = now;
      asked = new FutureTask<>(read, null);
      Thread.ofVirtual().name("health").start(asked);
    }
    return asked;
  }
}
