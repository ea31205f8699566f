package io.quantchat.release;

import io.quantchat.host.SignedRequests;
import io.quantchat.http.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Deployments in CodeDeploy that wait for a verdict. */
final class Deployments {

  private static final int MOST_TRIES = 8;

  /** What one try takes at most. */
  private static final Duration ONE_TRY = Duration.ofSeconds(8);

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type",
          "application/x-amz-json-1.1",
          "X-Amz-Target",
          "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus");

  private final SignedRequests posts;
  private final URI codeDeploy;

  /**
   * @param codeDeploy such as {@code https://codedeploy.eu-west-1.amazonaws.com}
   */
  Deployments(SignedRequests posts, URI codeDeploy) {
    this.posts = posts;
    this.codeDeploy = codeDeploy;
  }

  /**
   * Tells a deployment how its check went (CodeDeploy API Reference,
   * PutLifecycleEventHookExecutionStatus). Nobody else does, and without it the deployment waits
   * for an hour: so it is tried up to eight times, for as long as there is time.
   *
   * @throws IOException if CodeDeploy doesn't take it
   */
  void report(String deploymentId, String executionId, boolean succeeded, HookTime time)
      throws IOException {
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            Json.object()
                .put("deploymentId", deploymentId)
                .put("lifecycleEventHookExecutionId", executionId)
                .put("status", succeeded ? "Succeeded" : "Failed"));
    IOException last;
    int tries = 0;
    do {
      try {
        int status = posts.post("codedeploy", codeDeploy.resolve("/"), HEADERS, body).status();
        if (status == 200) {
          return;
        }
        last = new IOException("CodeDeploy answered with status " + status);
      } catch (IOException unreachable) {
        last = unreachable;
      }
      tries++;
    } while (tries < MOST_TRIES && time.waitsAfter(tries, Duration.ZERO, ONE_TRY));
    throw last;
  }
}
