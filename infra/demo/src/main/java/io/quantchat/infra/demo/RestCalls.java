package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;

/** The REST API, called as the browser client calls it. */
public final class RestCalls {

  private final HttpClient client;
  private final URI base;
  private final Duration longest;

  /**
   * @param base such as {@code http://localhost:8080/api/v1}
   */
  RestCalls(HttpClient client, URI base) {
    this(client, base, Patience.LONGEST);
  }

  /**
   * @param base such as {@code http://localhost:8080/api/v1}
   * @param longest how long an answer may take
   */
  public RestCalls(HttpClient client, URI base, Duration longest) {
    this.client = client;
    this.base = base;
    this.longest = longest;
  }

  public Answer get(String path, Optional<String> token) throws Difference {
    return call("GET", path, token, BodyPublishers.noBody());
  }

  public Answer post(String path, Optional<String> token, JsonNode body) throws Difference {
    return call("POST", path, token, body);
  }

  /** A call with a body, of any method. */
  public Answer call(String method, String path, Optional<String> token, JsonNode body)
      throws Difference {
    return call(method, path, token, BodyPublishers.ofString(body.toString()));
  }

  private Answer call(String method, String path, Optional<String> token, BodyPublisher body)
      throws Difference {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(longest)
            .header("Content-Type", "application/json")
            .method(method, body);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return Wire.exchange(client, request.build());
  }
}
