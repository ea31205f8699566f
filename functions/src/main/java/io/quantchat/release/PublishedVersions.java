package io.quantchat.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.SignedRequests;
import io.quantchat.http.Json;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Functions in Lambda, called by the ARN of one published version, or of an alias of it. */
final class PublishedVersions {

  /**
   * A function's answer.
   *
   * @param failed whether it ended in an error of its own, which the payload then describes
   */
  record Answer(boolean failed, JsonNode payload) {}

  private static final String FAILED_HEADER = "x-amz-function-error";
  private static final String ERROR_HEADER = "x-amzn-errortype";
  private static final String RETRY_HEADER = "retry-after";

  /**
   * What Lambda answers with where the same call may do later (Lambda API Reference, Invoke, and
   * "Troubleshooting SnapStart errors"), beside all from 500 on: a snapshot that isn't restored in
   * time; a version that has no snapshot yet, or no longer, or is being changed; too many at once.
   */
  private static final Set<Integer> LATER = Set.of(408, 409, 429);

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
   * @throws NotNowException if Lambda can't be reached, or can't call it at the moment
   * @throws IOException if there is no answer in time, or Lambda doesn't call it
   */
  Answer call(String arn, JsonNode event) throws IOException {
    SignedRequests.Answer answer = post(arn, Json.MAPPER.writeValueAsBytes(event));
    if (answer.status() == 200) {
      return new Answer(
          answer.headers().containsKey(FAILED_HEADER), Json.MAPPER.readTree(answer.body()));
    }
    String refusal =
        "Lambda answered with status " + answer.status() + " " + errorOf(answer.headers());
    if (answer.status() >= 500 || LATER.contains(answer.status())) {
      throw new NotNowException(refusal, retryAfter(answer.headers()));
    }
    throw new IOException(refusal);
  }

  private SignedRequests.Answer post(String arn, byte[] event) throws IOException {
    try {
      return posts.post(
          "lambda",
          lambda.resolve(
              "/2015-03-31/functions/"
                  + URLEncoder.encode(arn, StandardCharsets.UTF_8)
                  + "/invocations"),
          Map.of("Content-Type", "application/json"),
          event);
    } catch (SocketTimeoutException silent) {
      throw silent;
    } catch (IOException unreachable) {
      throw new NotNowException("Lambda can't be reached: " + unreachable, Duration.ZERO);
    }
  }

  /** Such as {@code TooManyRequestsException}; behind a colon there may be more. */
  private static String errorOf(Map<String, String> headers) {
    return headers.getOrDefault(ERROR_HEADER, "").split(":", 2)[0];
  }

  private static Duration retryAfter(Map<String, String> headers) {
    String seconds = headers.getOrDefault(RETRY_HEADER, "");
    return seconds.matches("[0-9]{1,4}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }
}
