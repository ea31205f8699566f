package io.quantchat.infra.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Calls of the REST API that are repeated while it answers 503, as clients do: it says that this is
 * safe. On a slow machine, storage that is just starting may take longer than a function waits.
 */
final class PatientCalls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAVAILABLE = 503;

  private final HttpClient http;
  private final URI restUrl;
  private final Duration pause;
  private final Duration longest;
  private final LongSupplier nanoTime;

  /** What a call was answered with. */
  record Answer(int status, JsonNode body) {}

  /**
   * Calls of one API.
   *
   * @param restUrl base of the REST routes
   * @param pause between two tries
   * @param longest how long a call is repeated
   * @param nanoTime the time that goes by, as of {@link System#nanoTime}
   */
  PatientCalls(
      HttpClient http, URI restUrl, Duration pause, Duration longest, LongSupplier nanoTime) {
    this.http = http;
    this.restUrl = restUrl;
    this.pause = pause;
    this.longest = longest;
    this.nanoTime = nanoTime;
  }

  /**
   * Calls, with an access token if it isn't empty and a body if it isn't null.
   *
   * @param expected the statuses that the caller can go on with
   * @throws IOException if the answer has another status, or 503 for too long
   */
  Answer call(String method, String path, String token, JsonNode body, int... expected)
      throws IOException, InterruptedException {
    HttpRequest request = request(method, path, token, body);
    long began = nanoTime.getAsLong();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == UNAVAILABLE && nanoTime.getAsLong() - began < longest.toNanos()) {
      Thread.sleep(pause);
      answer = http.send(request, BodyHandlers.ofString());
    }
    int status = answer.statusCode();
    if (Arrays.stream(expected).noneMatch(one -> one == status)) {
      throw new IOException("%s %s answered %d: %s".formatted(method, path, status, answer.body()));
    }
    return new Answer(status, JSON.readTree(answer.body()));
  }

  private HttpRequest request(String method, String path, String token, JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(restUrl + path))
            .timeout(longest)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isNull() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }
}
