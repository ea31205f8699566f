package io.quantchat.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.SignedRequests;
import io.quantchat.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Functions in Lambda, called by the ARN of one published version. */
final class PublishedVersions {

  /**
   * A function's answer.
   *
   * @param failed whether it ended in an error of its own, which the payload then describes
   */
  record Answer(boolean failed, JsonNode payload) {}

  private static final String FAILED_HEADER = "x-amz-function-error";

  private final SignedRequests posts;
  private final URI lambda;

  /**
   * @param lambda such as {@code https://lambda.eu-west-1.amazonaws.com}
   */
  PublishedVersions(SignedRequests posts, URI lambda) {
    this.posts = posts;
    this.lambda = lambda;
  }

  /**
   * Calls one and waits for its answer (Lambda API Reference, Invoke).
   *
   * @throws IOException if Lambda can't be reached, or doesn't call it
   */
  Answer call(String versionArn, JsonNode event) throws IOException {
    SignedRequests.Answer answer =
        posts.post(
            "lambda",
            lambda.resolve(
                "/2015-03-31/functions/"
                    + URLEncoder.encode(versionArn, StandardCharsets.UTF_8)
                    + "/invocations"),
            Map.of("Content-Type", "application/json"),
            Json.MAPPER.writeValueAsBytes(event));
    if (answer.status() != 200) {
      throw new IOException("Lambda answered with status " + answer.status());
    }
    return new Answer(
        answer.headers().containsKey(FAILED_HEADER), Json.MAPPER.readTree(answer.body()));
  }
}
