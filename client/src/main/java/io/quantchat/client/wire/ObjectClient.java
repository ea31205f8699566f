package io.quantchat.client.wire;

import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.wire.MediaApi.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Carries files under links, in memory that doesn't grow with them. A connection that carries
 * nothing for a while is given up.
 */
public final class ObjectClient {

  /** Headers that the HTTP client sets by itself. */
  private static final Set<String> ITS_OWN =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int BUFFER = 64 * 1024;
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final HttpClient http;
  private final Duration longestIdle;
  private final BooleanSupplier isOver;

  /**
   * @param longestIdle so long a connection may carry nothing
   * @param isOver whether nothing is to be carried any more
   */
  public ObjectClient(HttpClient http, Duration longestIdle, BooleanSupplier isOver) {
    this.http = http;
    this.longestIdle = longestIdle;
    this.isOver = isOver;
  }

  /**
   * Puts a part of a file under a link.
   *
   * @return the status that was answered
   * @throws ServerUnreachableException where there was no answer
   */
  public int put(Part part, Path file, Flow flow) throws IOException {
    var idle = new Idle(flow);
    var request =
        HttpRequest.newBuilder(part.url())
            .PUT(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> section(file, part, idle)), part.size()));
    part.headers()
        .forEach(
            (name, value) -> {
              if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
              }
            });
    return answer(part.url(), http.sendAsync(request.build(), BodyHandlers.discarding()), idle)
        .statusCode();
  }

  private static InputStream section(Path file, Part part, Idle idle) {
    try {
      return new FileSection(file, part.offset(), part.size(), idle::moved);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fetches what is under a link, from a byte on.
   *
   * @param most bytes that are written; what comes beyond them isn't read
   * @param sink gets what comes, from where it begins
   * @return the status that was answered
   * @throws ServerUnreachableException where it ends before all has come
   */
  public int get(URI url, long from, long most, Sink sink, Flow flow) throws IOException {
    var idle = new Idle(flow);
    var request = HttpRequest.newBuilder(url).GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<InputStream> response =
        answer(url, http.sendAsync(request.build(), BodyHandlers.ofInputStream()), idle);
    int status = response.statusCode();
    try (InputStream body = response.body()) {
      if (status == OK || (status == PARTIAL && beginsAt(response, from))) {
        long begin = status == OK ? 0 : from;
        try (OutputStream to = sink.from(begin)) {
          pass(url, body, to, most - begin, idle);
        }
      }
    }
    return status;
  }

  private static boolean beginsAt(HttpResponse<?> response, long from) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + from + "-"))
        .isPresent();
  }

  private void pass(URI url, InputStream body, OutputStream to, long most, Idle idle)
      throws IOException {
    Thread watch = Thread.ofVirtual().start(() -> closeWhenIdle(body, idle));
    byte[] buffer = new byte[BUFFER];
    long left = most;
    try {
      while (left > 0) {
        int some = read(url, body, buffer, (int) Math.min(left, BUFFER));
        if (some < 0) {
          throw new ServerUnreachableException(
              "The file from " + Obstacle.place(url) + " ended too early: try again.");
        }
        to.write(buffer, 0, some);
        left -= some;
        idle.moved(some);
      }
    } finally {
      watch.interrupt();
    }
  }

  private static int read(URI url, InputStream body, byte[] buffer, int most) {
    try {
      return body.read(buffer, 0, most);
    } catch (IOException e) {
      throw Obstacle.to(url, e);
    }
  }

  private void closeWhenIdle(InputStream body, Idle idle) {
    try {
      while (!isOver.getAsBoolean() && !idle.isLongerThan(longestIdle)) {
        Thread.sleep(LOOK);
      }
      body.close();
    } catch (InterruptedException done) {
      // All has come, or it has failed.
    } catch (IOException alreadyBroken) {
      // Who reads is told.
    }
  }

  private <T> HttpResponse<T> answer(URI url, CompletableFuture<HttpResponse<T>> sent, Idle idle) {
    try {
      while (true) {
        try {
          return sent.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
          if (isOver.getAsBoolean() || idle.isLongerThan(longestIdle)) {
            sent.cancel(true);
            throw new ServerUnreachableException(
                "The connection to " + Obstacle.place(url) + " carries nothing any more.");
          }
        }
      }
    } catch (ExecutionException e) {
      throw Obstacle.to(url, e.getCause());
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new ServerUnreachableException("The transfer was interrupted.", e);
    }
  }

  /** Is told how many bytes have moved. */
  public interface Flow {
    void moved(long bytes);
  }

  /** Opens where to write. */
  public interface Sink {
    OutputStream from(long begin) throws IOException;
  }

  /** Since when nothing has moved. */
  private static final class Idle {

    private final Flow flow;
    private volatile long last = System.nanoTime();

    Idle(Flow flow) {
      this.flow = flow;
    }

    void moved(long bytes) {
      last = System.nanoTime();
      flow.moved(bytes);
    }

    boolean isLongerThan(Duration longest) {
      return System.nanoTime() - last > longest.toNanos();
    }
  }
}
