package io.quantchat.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Asynchronous invocations of a function's own version. Lambda tries one that fails twice more
 * (Lambda Developer Guide, "Asynchronous invocation").
 */
final class LambdaBackground implements Background {

  private static final int ACCEPTED = 202;

  private final SignedRequests posts;
  private final URI invocations;

  /**
   * @param endpoint such as {@code https://lambda.eu-west-1.amazonaws.com}
   */
  LambdaBackground(SignedRequests posts, URI endpoint, String functionName, String version) {
    this.posts = posts;
    this.invocations =
        endpoint.resolve(
            "/2015-03-31/functions/%s/invocations?Qualifier=%s".formatted(functionName, version));
  }

  @Override
  public void begin(JsonNode event) {
    try {
      var answer =
          posts.post(
              "lambda",
              invocations,
              Map.of("X-Amz-Invocation-Type", "Event"),
              event.toString().getBytes(StandardCharsets.UTF_8));
      if (answer.status() != ACCEPTED) {
        throw new IOException("Lambda answered " + answer.status());
      }
    } catch (IOException notBegun) {
      throw new UncheckedIOException("Work couldn't be begun in the background", notBegun);
    }
  }
}
