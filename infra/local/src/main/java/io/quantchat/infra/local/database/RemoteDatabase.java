package io.quantchat.infra.local.database;

import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A database that is reached by its URL, with the credentials that AWS's SDK finds: in the
 * environment, a profile, or on the machine it runs on.
 */
public final class RemoteDatabase implements Database {

  /** The JDK keeps 5 idle connections to a host; a hundred deletes at once need more. */
  private static final String KEPT_CONNECTIONS = "256";

  private record Patience(Duration oneTry, Duration allTries, int tries) {}

  /** As functions have in the cloud, with as many tries as the SDK has for DynamoDB. */
  private static final Patience SERVING =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(8), 9);

  /**
   * What has just been started itself may be slow to answer first; but who starts this waits to be
   * told what is wrong.
   */
  private static final Patience STARTING =
      new Patience(Duration.ofSeconds(10), Duration.ofSeconds(15), 2);

  private final DatabaseUrl url;
  private final Place.Creation creation;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient client;

  private RemoteDatabase(
      DatabaseUrl url, Place.Creation creation, AwsCredentialsProvider credentials) {
    this.url = url;
    this.creation = creation;
    this.credentials = credentials;
    this.client = client(url, credentials, SERVING);
  }

  /**
   * The database at a URL. Nothing is asked of it yet.
   *
   * @throws UnusableDatabaseException if there are no credentials for it
   */
  public static RemoteDatabase at(DatabaseUrl url, Place.Creation creation) {
    return at(url, creation, () -> DefaultCredentialsProvider.builder().build());
  }

  static RemoteDatabase at(
      DatabaseUrl url, Place.Creation creation, Supplier<AwsCredentialsProvider> credentials) {
    System.setProperty("http.maxConnections", KEPT_CONNECTIONS);
    AwsCredentialsProvider provider = credentials.get();
    try {
      provider.resolveCredentials();
    } catch (SdkClientException none) {
      throw new UnusableDatabaseException(
          ("There are no credentials for the database at %s: set AWS_ACCESS_KEY_ID and"
                  + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; any do where it checks none.")
              .formatted(url),
          none);
    }
    return new RemoteDatabase(url, creation, provider);
  }

  private static DynamoDbClient client(
      DatabaseUrl url, AwsCredentialsProvider credentials, Patience patience) {
    return DynamoDbClient.builder()
        .endpointOverride(url.url())
        .region(Region.of(url.region().orElseGet(RemoteDatabase::configuredRegion)))
        .credentialsProvider(credentials)
        .endpointDiscoveryEnabled(false)
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(patience.oneTry())
                .build())
        .overrideConfiguration(
            configuration ->
                configuration
                    .apiCallAttemptTimeout(patience.oneTry())
                    .apiCallTimeout(patience.allTries())
                    .retryStrategy(retries -> retries.maxAttempts(patience.tries())))
        .build();
  }

  /** Databases that aren't AWS's have no regions, but a signature names one. */
  private static String configuredRegion() {
    AwsRegionProvider chain =
        new AwsRegionProviderChain(
            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
    try {
      return chain.getRegion().id();
    } catch (SdkClientException none) {
      return Deployment.LOCAL_REGION;
    }
  }

  @Override
  public DynamoDbClient client() {
    return client;
  }

  @Override
  public void prepare(Collection<TableSpec> tables, Tables.Reaping reaping) {
    try (DynamoDbClient starting = client(url, credentials, STARTING)) {
      requireTransactions(starting);
      Tables there = new Tables(starting);
      if (creation == Place.Creation.ON_REQUEST) {
        there.create(tables, reaping);
        return;
      }
      List<String> missing = there.missing(tables);
      if (!missing.isEmpty()) {
        throw new UnusableDatabaseException(
            "The database at %s lacks %s: start with --create-tables to have %s made."
                .formatted(
                    url,
                    missing.size() == 1
                        ? "the table " + missing.getFirst()
                        : "the tables " + String.join(", ", missing),
                    missing.size() == 1 ? "it" : "them"));
      }
    } catch (SdkException failed) {
      throw new UnusableDatabaseException(Complaint.of(url, failed), failed);
    }
  }

  /** Not every such database has them; one that does refuses that this one is empty. */
  private void requireTransactions(DynamoDbClient starting) {
    try {
      starting.transactWriteItems(write -> write.transactItems(List.of()));
    } catch (DynamoDbException refused) {
      if (Complaint.isUnknownOperation(refused)) {
        throw new UnusableDatabaseException(
            "The database at %s has no transactions (TransactWriteItems), which accounts need: give the URL of one that has them."
                .formatted(url),
            refused);
      }
      if (!Complaint.isInvalidRequest(refused)) {
        throw refused;
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
