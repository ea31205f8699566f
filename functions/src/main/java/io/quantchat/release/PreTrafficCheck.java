package io.quantchat.release;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Backoff;
import io.quantchat.host.Environment;
import io.quantchat.host.Host;
import io.quantchat.http.Json;
import io.quantchat.release.PublishedVersions.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Calls the new version of every function before any of its traffic is moved, and tells CodeDeploy
 * whether all of them answered as they must. Whatever goes wrong on the way, the verdict is {@code
 * Failed}: a deployment is never left waiting.
 *
 * <p>A release of all functions has one such check for each of them, at once, and an account may
 * have no more than ten executions of all its functions at a time: so a check makes one call at a
 * time, and where Lambda has no room for it waits its turn, for as long as it may run itself.
 *
 * <p>Once a week a schedule has it call what answers people at the time, with {@code
 * {"keeps_snapshots": true}}: Lambda deletes the snapshot of a version that nobody has called for
 * 14 days, and refuses the next call while it takes another (Lambda Developer Guide, "Lambda
 * SnapStart and function states").
 */
public final class PreTrafficCheck implements RequestStreamHandler {

  /** A function may take 15 s, and then Lambda answers for it. */
  private static final Duration ONE_CALL = Duration.ofSeconds(20);

  /** What Lambda and CodeDeploy may take to let a connection open is in both. */
  private static final Duration ONE_VERDICT = Duration.ofSeconds(5);

  /** No call begins with less time left: a call, and 30 s in which the verdict is told. */
  private static final Duration ENOUGH_FOR_A_CALL = Duration.ofSeconds(55);

  /** Answers of one function that a sound version doesn't give, or that don't come. */
  private static final int MOST_FAILURES = 2;

  private static final String KEEPS_SNAPSHOTS = "keeps_snapshots";

  private final Environment environment;
  private final PublishedVersions versions;
  private final Deployments deployments;
  private final Backoff backoff;

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
        ONE_CALL,
        Backoff.onThisMachine(new SecureRandom()));
  }

  /**
   * A check of the versions that this environment names.
   *
   * @param oneCall how long one answer of a function may take
   */
  PreTrafficCheck(
      Environment environment,
      URI lambda,
      URI codeDeploy,
      AwsCredentialsProvider credentials,
      Duration oneCall,
      Backoff backoff) {
    this.environment = environment;
    this.versions =
        new PublishedVersions(AwsClients.posts(environment, credentials, oneCall), lambda);
    this.deployments =
        new Deployments(AwsClients.posts(environment, credentials, ONE_VERDICT), codeDeploy);
    this.backoff = backoff;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    var time = new HookTime(context, backoff);
    boolean succeeded;
    if (event.path(KEEPS_SNAPSHOTS).asBoolean()) {
      succeeded = allPass(environment::liveOf, time, context.getLogger());
      if (!succeeded) {
        throw new IOException("Not every function was called, and answered as it must");
      }
    } else {
      succeeded = allPass(environment::versionOf, time, context.getLogger());
      deployments.report(
          event.path("DeploymentId").asText(),
          event.path("LifecycleEventHookExecutionId").asText(),
          succeeded,
          time);
    }
    Json.MAPPER.writeValue(out, Json.object().put("succeeded", succeeded));
  }

  /**
   * @param arns what is called, by the name of a function
   */
  private boolean allPass(UnaryOperator<String> arns, HookTime time, LambdaLogger log) {
    boolean all = true;
    for (SyntheticCall call : SyntheticCall.all()) {
      all &= passes(call, arns, time, log);
    }
    return all;
  }

  private boolean passes(
      SyntheticCall call, UnaryOperator<String> arns, HookTime time, LambdaLogger log) {
    if (!time.isLeft(ENOUGH_FOR_A_CALL)) {
      log.log(call.function() + " could not be called: no time was left for it", LogLevel.ERROR);
      return false;
    }
    int failures = 0;
    for (int tries = 1; ; tries++) {
      Duration atLeast = Duration.ZERO;
      String refusal = "";
      try {
        Answer answer = versions.call(arns.apply(call.function()), call.event());
        if (call.isAnsweredBy(answer)) {
          return true;
        }
        failures++;
        log.log(
            call.function() + " gave an answer that a sound version doesn't give", LogLevel.ERROR);
      } catch (NotNowException later) {
        atLeast = later.atLeast();
        refusal = later.getMessage();
      } catch (IOException | RuntimeException failure) {
        failures++;
        log.log(call.function() + " could not be called: " + failure.getMessage(), LogLevel.ERROR);
      }
      if (failures == MOST_FAILURES) {
        return false;
      }
      if (!time.waitsAfter(tries, atLeast, ENOUGH_FOR_A_CALL)) {
        log.log(
            call.function() + " could not be called in all the time that there was: " + refusal,
            LogLevel.ERROR);
        return false;
      }
    }
  }
}
