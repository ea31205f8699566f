package io.quantchat.release;

import io.quantchat.host.SignedRequests;
import io.quantchat.http.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Deployments in CodeDeploy that wait for a verdict. */
final class Deployments {

  private static final int TRIES = 3;

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
   * for an hour: so it is tried three times.
   *
   * @throws IOException if CodeDeploy doesn't take it
   */
  void report(String deploymentId, String executionId, boolean succeeded) throws IOException {
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            Json.object()
                .put("deploymentId", deploymentId)
                .put("lifecycleEventHookExecutionId", executionId)
                .put("status", succeeded ? "Succeeded" : "Failed"));
    var headers =
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus");
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        int status = posts.post("codedeploy", codeDeploy.resolve("/"), headers, body).status();
        if (status == 200) {
          return;
        }
        last = new IOException("CodeDeploy answered with status " + status);
      } catch (IOException unreachable) {
        if (last != null) {
          unreachable.addSuppressed(last);
        }
        last = unreachable;
      }
    }
    throw last;
  }
}
