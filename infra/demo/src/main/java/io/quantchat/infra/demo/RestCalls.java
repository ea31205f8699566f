package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** The REST API, called as the browser client calls it. */
final class RestCalls {

  private final HttpClient client;
  private final URI base;

  /**
   * @param base such as {@code http://localhost:8080/api/v1}
   */
  RestCalls(HttpClient client, URI base) {
    this.client = client;
    this.base = base;
  }

  Answer get(String path, Optional<String> token) throws Difference {
    return call("GET", path, token, BodyPublishers.noBody());
  }

  Answer post(String path, Optional<String> token, JsonNode body) throws Difference {
    return call("POST", path, token, BodyPublishers.ofString(body.toString()));
  }

  private Answer call(String method, String path, Optional<String> token, BodyPublisher body)
      throws Difference {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Patience.LONGEST)
            .header("Content-Type", "application/json")
            .method(method, body);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return Wire.exchange(client, request.build());
  }
}
