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

/**
 * A database that is reached by its URL, with the credentials that AWS's SDK finds: in the
 * environment, a profile, or on the machine it runs on.
 */
public final class RemoteDatabase implements Database {

  /** The JDK keeps 5 idle connections to a host; a hundred deletes at once need more. */
  private static final String KEPT_CONNECTIONS = "256";

  /** As the SDK has it for DynamoDB. */
  private static final int TRIES = 9;

  /** Who starts it waits to be told what is wrong. */
  private static final int TRIES_AT_FIRST = 2;

  private final DatabaseUrl url;
  private final Place.Creation creation;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient client;

  private RemoteDatabase(
      DatabaseUrl url, Place.Creation creation, AwsCredentialsProvider credentials) {
    this.url = url;
    this.creation = creation;
    this.credentials = credentials;
    this.client = client(url, credentials, TRIES);
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

  /** Waits as functions do in the cloud: an answer within 2 s or another try, 8 s in all. */
  private static DynamoDbClient client(
      DatabaseUrl url, AwsCredentialsProvider credentials, int tries) {
    return DynamoDbClient.builder()
        .endpointOverride(url.url())
        .region(Region.of(url.region().orElseGet(RemoteDatabase::configuredRegion)))
        .credentialsProvider(credentials)
        .endpointDiscoveryEnabled(false)
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofSeconds(2))
                .build())
        .overrideConfiguration(
            configuration ->
                configuration
                    .apiCallAttemptTimeout(Duration.ofSeconds(2))
                    .apiCallTimeout(Duration.ofSeconds(8))
                    .retryStrategy(retries -> retries.maxAttempts(tries)))
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
    try (DynamoDbClient impatient = client(url, credentials, TRIES_AT_FIRST)) {
      Tables there = new Tables(impatient);
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

  @Override
  public void close() {
    client.close();
  }
}
