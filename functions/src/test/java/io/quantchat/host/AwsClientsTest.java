package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.testing.StoreTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class AwsClientsTest {

  /** For what a function does beside, and to say what failed. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final Environment ENVIRONMENT =
      new Environment(
          Map.of(
              "AWS_REGION",
              "eu-west-1",
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              "http://127.0.0.1:9/credentials"));

  @Test
  void threeSlowCallsOfTheDatabaseEndBeforeTheFunctionIsEnded() {
    Duration call;
    Duration attempt;
    try (DynamoDbClient client = AwsClients.dynamoDb(ENVIRONMENT)) {
      ClientOverrideConfiguration settings =
          client.serviceClientConfiguration().overrideConfiguration();
      call = settings.apiCallTimeout().orElseThrow();
      attempt = settings.apiCallAttemptTimeout().orElseThrow();
    }
    List<FunctionSpec> functions = functionsWithTables();

    assertThat(call).isGreaterThanOrEqualTo(attempt.multipliedBy(2));
    assertThat(functions)
        .hasSizeGreaterThan(7)
        .allSatisfy(
            function ->
                assertThat(call.multipliedBy(3).plus(MARGIN))
                    .as(function.logicalId())
                    .isLessThanOrEqualTo(function.timeout()));
  }

  private static List<FunctionSpec> functionsWithTables() {
    return StoreTables.stack().functions().values().stream()
        .filter(
            function ->
                function.environment().keySet().stream().anyMatch(name -> name.endsWith("_TABLE")))
        .toList();
  }
}
