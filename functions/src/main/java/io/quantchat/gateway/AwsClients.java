package io.quantchat.gateway;

import io.quantchat.gateway.Environment.Variable;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The clients of AWS that functions use: each built once, with explicit region and timeouts. */
public final class AwsClients {

  /**
   * How many idle connections to one host are kept. The JDK keeps 5: of a hundred deletes at once,
   * 95 would begin with a handshake. Read by the JDK when the first connection is put back.
   */
  private static final String KEPT_CONNECTIONS = "256";

  static {
    System.setProperty("http.maxConnections", KEPT_CONNECTIONS);
  }

  private AwsClients() {}

  /** DynamoDB: an answer within 2 s or another try, 8 s in all. */
  public static DynamoDbClient dynamoDb(Environment environment) {
    return DynamoDbClient.builder()
        .region(Region.of(environment.get(Variable.AWS_REGION)))
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofSeconds(2)))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(Duration.ofSeconds(2))
                .apiCallTimeout(Duration.ofSeconds(8))
                .build())
        .build();
  }

  /**
   * The callback side of the WebSocket API: one try of at most 2 s, since what is pushed is stored
   * already.
   */
  public static ApiGatewayManagementApiClient sockets(Environment environment) {
    return ApiGatewayManagementApiClient.builder()
        .region(Region.of(environment.get(Variable.AWS_REGION)))
        .endpointOverride(callbackUrl(environment.get(Variable.SOCKET_ENDPOINT)))
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofSeconds(2)))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallTimeout(Duration.ofSeconds(2))
                .retryStrategy(retries -> retries.maxAttempts(1))
                .build())
        .build();
  }

  /** A WebSocket stage's callbacks lie under the same address, over HTTP. */
  static URI callbackUrl(String socketEndpoint) {
    return URI.create(socketEndpoint.replaceFirst("^ws", "http"));
  }
}
