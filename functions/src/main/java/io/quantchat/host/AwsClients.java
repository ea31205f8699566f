package io.quantchat.host;

import io.quantchat.host.Environment.Variable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The clients of AWS that functions use: each built once, with explicit region, timeouts and
 * credentials. What a client would look for otherwise (profile files, other credentials, endpoints
 * to discover) isn't there on Lambda, and looking for it makes a cold start some 8 % longer.
 *
 * <p>They speak HTTP by the JDK's URL connection, which adds nothing to the package. Apache's
 * client saves a millisecond or so for each call on a kept connection; it makes a start without a
 * snapshot a tenth longer against the bench's baseline, the package 0.65 MB larger, and a restored
 * start no quicker. {@code ./quantchat bench cold --against ZIP} compares two packages.
 */
public final class AwsClients {

  /**
   * How many idle connections to one host are kept. The JDK keeps 5: of a hundred deletes at once,
   * 95 would begin with a handshake. Read by the JDK when the first connection is put back.
   */
  private static final String KEPT_CONNECTIONS = "256";

  private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

  static {
    System.setProperty("http.maxConnections", KEPT_CONNECTIONS);
  }

  private AwsClients() {}

  /**
   * DynamoDB: an answer within 2 s or another try, 4 s in all, so that three calls in a row, each
   * as slow as may be, end before Lambda ends the function.
   */
  static DynamoDbClient dynamoDb(Environment environment) {
    return DynamoDbClient.builder()
        .region(Region.of(environment.get(Variable.AWS_REGION)))
        .credentialsProvider(credentials(environment))
        .endpointDiscoveryEnabled(false)
        .accountIdEndpointMode(AccountIdEndpointMode.DISABLED)
        .httpClient(http())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .defaultProfileFileSupplier(() -> NO_PROFILES)
                .apiCallAttemptTimeout(Duration.ofSeconds(2))
                .apiCallTimeout(Duration.ofSeconds(4))
                .build())
        .build();
  }

  /**
   * The callback side of the WebSocket API: one try of at most 2 s, since what is pushed is stored
   * already.
   */
  static ApiGatewayManagementApiClient sockets(Environment environment) {
    return sockets(environment, credentials(environment));
  }

  /** The same with these credentials. */
  public static ApiGatewayManagementApiClient sockets(
      Environment environment, AwsCredentialsProvider credentials) {
    return ApiGatewayManagementApiClient.builder()
        .region(Region.of(environment.get(Variable.AWS_REGION)))
        .endpointOverride(callbackUrl(environment.get(Variable.SOCKET_ENDPOINT)))
        .credentialsProvider(credentials)
        .httpClient(http())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .defaultProfileFileSupplier(() -> NO_PROFILES)
                .apiCallTimeout(Duration.ofSeconds(2))
                .retryStrategy(retries -> retries.maxAttempts(1))
                .build())
        .build();
  }

  /** Mail by SES: one try of at most 5 s, since who is sent a mail can ask for another. */
  static MailTransport mail(Environment environment) {
    return new SesTransport(
        posts(environment, Duration.ofSeconds(5)), endpoint("email", environment));
  }

  /** Invocations of the environment's own function. */
  static Background background(Environment environment) {
    return new LambdaBackground(
        posts(environment, Duration.ofSeconds(2)),
        endpoint("lambda", environment),
        environment.get(Variable.AWS_LAMBDA_FUNCTION_NAME),
        environment.get(Variable.AWS_LAMBDA_FUNCTION_VERSION));
  }

  /** The bucket of attachments: an answer within 2 s or another try. */
  static Bucket bucket(Environment environment, Clock clock, RandomGenerator jitter) {
    return bucket(
        environment, credentials(environment), http(), clock, Backoff.onThisMachine(jitter));
  }

  /** The same with these credentials, over this client. */
  public static Bucket bucket(
      Environment environment,
      AwsCredentialsProvider credentials,
      SdkHttpClient http,
      Clock clock,
      Backoff backoff) {
    String links = environment.get(Variable.MEDIA_URL);
    return new S3Bucket(
        new SignedRequests(http, credentials, environment.get(Variable.AWS_REGION)),
        URI.create(environment.find(Variable.MEDIA_ENDPOINT).orElse(links)),
        links,
        clock,
        backoff);
  }

  /**
   * Signed posts to services of the environment's region.
   *
   * @param patience how long one answer may take
   */
  private static SignedRequests posts(Environment environment, Duration patience) {
    return posts(environment, credentials(environment), patience);
  }

  /** The same with these credentials. */
  public static SignedRequests posts(
      Environment environment, AwsCredentialsProvider credentials, Duration patience) {
    return new SignedRequests(
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(2))
            .socketTimeout(patience)
            .build(),
        credentials,
        environment.get(Variable.AWS_REGION));
  }

  /** The address of a service in the environment's region. */
  public static URI endpoint(String service, Environment environment) {
    Region region = Region.of(environment.get(Variable.AWS_REGION));
    return URI.create(
        "https://" + service + "." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix());
  }

  /**
   * The credentials that Lambda gives: under SnapStart the address of credentials, which are
   * fetched anew when they are due, whenever the function wakes; otherwise the credentials
   * themselves.
   */
  public static AwsCredentialsProvider credentials(Environment environment) {
    return environment.has(Variable.AWS_CONTAINER_CREDENTIALS_FULL_URI)
        ? new WakingCredentials()
        : EnvironmentVariableCredentialsProvider.create();
  }

  private static SdkHttpClient http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(1))
        .socketTimeout(Duration.ofSeconds(2))
        .build();
  }

  /** A WebSocket stage's callbacks lie under the same address, over HTTP. */
  static URI callbackUrl(String socketEndpoint) {
    return URI.create(socketEndpoint.replaceFirst("^ws", "http"));
  }
}
