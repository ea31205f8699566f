package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls of REST routes: JSON there and back. */
final class RestClient {

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;

  /** A page of pending messages is 1 MiB at most, a contact list some; more isn't read. */
  private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

  /** What the list of sessions calls this program. */
  private static final String PROGRAM = "QuantChat (" + System.getProperty("os.name") + ")";

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
  private static final Duration LONGEST_QUIET = Duration.ofDays(1);

  private final String base;
  private final String place;
  private final HttpClient http;
  private final Duration longest;
  private final ServerTime serverTime;

  RestClient(URI base, HttpClient http, Duration longest, ServerTime serverTime) {
    this.base = base.toString().replaceAll("/+$", "");
    this.place = Obstacle.place(base);
    this.http = http;
    this.longest = longest;
    this.serverTime = serverTime;
  }

  Answer get(String path, String bearer) {
    return call(request("GET", path, Optional.of(bearer), Optional.empty()));
  }

  Answer call(String method, String path, Optional<String> bearer, Object body) {
    return call(request(method, path, bearer, Optional.of(Json.write(Json.whole(body)))));
  }

  Answer call(String method, String path, Optional<String> bearer, byte[] json) {
    return call(request(method, path, bearer, Optional.of(json)));
  }

  Answer call(String method, String path, String bearer) {
    return call(request(method, path, Optional.of(bearer), Optional.empty()));
  }

  private HttpRequest request(
      String method, String path, Optional<String> bearer, Optional<byte[]> body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(longest)
            .method(
                method, body.map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
    request.header("User-Agent", PROGRAM);
    body.ifPresent(json -> request.header("Content-Type", "application/json"));
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.build();
  }

  private Answer call(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      serverTime.heard(response.headers().firstValue("Date"));
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
        if (bytes.length > LARGEST_ANSWER) {
          throw new ServerUnreachableException("The answer of " + place + " is too large.");
        }
        return answer(response, new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw Obstacle.to(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerUnreachableException("The request was interrupted.", e);
    }
  }

  private Answer answer(HttpResponse<?> response, String body) {
    int status = response.statusCode();
    if (Answer.isSuccess(status)) {
      return new Answer(status, Json.read(body).orElse(Map.of()));
    }
    Map<String, Object> problem = Json.read(body).flatMap(Json::object).orElse(Map.of());
    String code = Json.string(problem, "code").orElse("");
    String detail =
        Json.string(problem, "detail").orElse("The server refuses this (" + status + ").");
    if (ServerRefusalException.isOfTheRecipient(code)) {
      throw new ServerRefusalException(status, detail, code, retryAfter(response));
    }
    if (status == TOO_MANY) {
      throw new ServerUnreachableException(
          "The server at " + place + " is asked too much: try again later.", retryAfter(response));
    }
    if (status < 400 || status >= 500 || status == REQUEST_TIMEOUT) {
      throw new ServerUnreachableException(
          "The server at "
              + place
              + " can't answer now (it says "
              + status
              + "): try again later.");
    }
    throw new ServerRefusalException(status, detail, code);
  }

  /** RFC 9110 §10.2.3, in seconds; zero where there is none, or a date. */
  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(asked -> asked.compareTo(LONGEST_QUIET) < 0 ? asked : LONGEST_QUIET)
        .orElse(Duration.ZERO);
  }
}
