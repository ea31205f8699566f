package io.quantchat.infra.local.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls of a server that may be gone before it has answered. */
final class Calls {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile URI restUrl;

  /** From now on the server is there. */
  void goTo(URI server) {
    restUrl = server;
  }

  /** An answer, with a body that is missing where there is none. */
  record Answer(int status, JsonNode body) {

    /** The body of an answer that must have this status. */
    JsonNode expect(int expected) {
      if (status != expected) {
        throw new AssertionError("Answered " + status + " instead of " + expected + ": " + body);
      }
      return body;
    }
  }

  /**
   * Calls a route.
   *
   * @param token empty for none
   * @param body empty for none
   * @throws UncheckedIOException if nobody answers
   */
  Answer call(String method, String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(restUrl + path))
            .timeout(Patience.LONGEST)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      byte[] text = answer.body();
      return new Answer(
          answer.statusCode(),
          text.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(text));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
