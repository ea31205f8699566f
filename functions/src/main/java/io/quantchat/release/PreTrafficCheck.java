package io.quantchat.release;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.release.PublishedVersions.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Calls the new version of every function before any of its traffic is moved, and tells CodeDeploy
 * whether all of them answered as they must. Whatever goes wrong on the way, the verdict is {@code
 * Failed}: a deployment is never left waiting.
 */
public final class PreTrafficCheck implements RequestStreamHandler {

  /** A function may take 15 s; twice that, and the verdict, fit into this one's 60 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int TRIES = 2;

  private final Environment environment;
  private final PublishedVersions versions;
  private final Deployments deployments;

  /** Called by Lambda. */
  public PreTrafficCheck() {
    this(Environment.ofProcess());
  }

  /** The function on this host. */
  public PreTrafficCheck(Host host) {
    this(host.environment());
  }

  private PreTrafficCheck(Environment environment) {
    this(
        environment,
        AwsClients.endpoint("lambda", environment),
        AwsClients.endpoint("codedeploy", environment),
        AwsClients.credentials(environment),
        PATIENCE);
  }

  /**
   * A check of the versions that this environment names.
   *
   * @param patience how long one answer may take
   */
  PreTrafficCheck(
      Environment environment,
      URI lambda,
      URI codeDeploy,
      AwsCredentialsProvider credentials,
      Duration patience) {
    var posts = AwsClients.posts(environment, credentials, patience);
    this.environment = environment;
    this.versions = new PublishedVersions(posts, lambda);
    this.deployments = new Deployments(posts, codeDeploy);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    List<Boolean> passed =
        Parallel.map(SyntheticCall.all(), call -> passes(call, context.getLogger()));
    boolean succeeded = !passed.contains(false);
    deployments.report(
        event.path("DeploymentId").asText(),
        event.path("LifecycleEventHookExecutionId").asText(),
        succeeded);
    Json.MAPPER.writeValue(out, Json.object().put("succeeded", succeeded));
  }

  private boolean passes(SyntheticCall call, LambdaLogger log) {
    for (int i = 0; i < TRIES; i++) {
      try {
        Answer answer = versions.call(environment.versionOf(call.function()), call.event());
        if (call.isAnsweredBy(answer)) {
          return true;
        }
        log.log(
            call.function() + " gave an answer that a sound version doesn't give", LogLevel.ERROR);
      } catch (IOException | RuntimeException failure) {
        log.log(call.function() + " could not be called: " + failure.getMessage(), LogLevel.ERROR);
      }
    }
    return false;
  }
}
