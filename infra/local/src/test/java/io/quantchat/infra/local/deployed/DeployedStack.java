package io.quantchat.infra.local.deployed;

import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The template on a LocalStack, deployed by the command that a person types, under a name of its
 * own. Closing removes it, with the tables that deleting a stack leaves.
 */
final class DeployedStack implements AutoCloseable {
  private static final Path PROJECT =
      Path.of(System.getProperty("quantchat.template")).toAbsolutePath().getParent();
  private static final Pattern REST_URL = Pattern.compile("(?m)^RestUrl +(\\S+)$");
  private static final long LONGEST_DELETION_NANOS = Patience.LONGEST.toNanos();
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final URI endpoint;
  private final String name;
  private final URI restUrl;
  private final SignedCalls calls;
  private final StackResources resources;

  private DeployedStack(URI endpoint, String name, URI restUrl) {
    this.endpoint = endpoint;
    this.name = name;
    this.restUrl = restUrl;
    this.calls = new SignedCalls(endpoint);
    this.resources = StackResources.parse(calls.query("DescribeStackResources", name).body());
  }

  /** Deploys. */
  static DeployedStack on(URI endpoint) throws IOException, InterruptedException {
    String name = "quantchat-test-" + UUID.randomUUID().toString().substring(0, 8);
    String said = deploy(endpoint, name).orThrow();
    Matcher restUrl = REST_URL.matcher(said);
    if (!restUrl.find()) {
      throw new IllegalStateException("No RestUrl: " + said);
    }
    return new DeployedStack(endpoint, name, URI.create(restUrl.group(1)));
  }

  /** Base of the REST routes. */
  URI restUrl() {
    return restUrl;
  }

  /** Deploys again, over what is there. */
  Command.Outcome deployAgain() throws IOException, InterruptedException {
    return deploy(endpoint, name);
  }

  /** Rolls the signing key, and says what that command came to. */
  Command.Outcome rollKey() throws IOException, InterruptedException {
    return quantchat("roll-key", endpoint, name);
  }

  /**
   * Hands an event to a function's alias.
   *
   * @param function its logical id in the template
   */
  SignedCalls.Answer invoke(String function, byte[] event) {
    return calls.post(
        "lambda",
        "/2015-03-31/functions/%s/invocations?Qualifier=live"
            .formatted(resources.physicalName(function)),
        "application/json",
        event);
  }

  /**
   * Deletes the stack, then its tables, which it leaves: they are retained on purpose. So is the
   * bucket, which stays until LocalStack is stopped, and the rest where this fails halfway.
   */
  @Override
  public void close() {
    calls.query("DeleteStack", name);
    awaitDeletion();
    try (DynamoDbClient dynamoDb = dynamoDb()) {
      for (String table : resources.physicalNamesOf("AWS::DynamoDB::Table")) {
        dynamoDb.updateTable(change -> change.tableName(table).deletionProtectionEnabled(false));
        dynamoDb.deleteTable(deletion -> deletion.tableName(table));
      }
    }
  }

  private void awaitDeletion() {
    long deadline = System.nanoTime() + LONGEST_DELETION_NANOS;
    while (calls.query("DescribeStacks", name).status() == 200) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " is not deleted");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(SignedCalls.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(SignedCalls.KEY, SignedCalls.KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * Without limits, since all who register here come from one address; and without the check, whose
   * program would be built anew beneath the tests that run.
   */
  private static Command.Outcome deploy(URI endpoint, String name)
      throws IOException, InterruptedException {
    return quantchat(
        "deploy", endpoint, name, "--no-check", "--", "--parameter-overrides", "RateLimits=false");
  }

  private static Command.Outcome quantchat(
      String command, URI endpoint, String name, String... more)
      throws IOException, InterruptedException {
    var words =
        new ArrayList<>(
            List.of(
                PROJECT.resolve("quantchat").toString(),
                command,
                "--localstack",
                endpoint.toString(),
                "--stack",
                name));
    words.addAll(List.of(more));
    return Command.run(Map.of(), words);
  }
}
