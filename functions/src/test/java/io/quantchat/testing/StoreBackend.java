package io.quantchat.testing;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A database that stores are tested against; each is started once in a JVM, when first used. */
public final class StoreBackend {
  /** Environment variable: where LocalStack listens, such as {@code http://127.0.0.1:4566}. */
  public static final String LOCALSTACK_ENDPOINT = "LOCALSTACK_ENDPOINT";

  /** Why LocalStack isn't there, where it isn't. */
  static final String NO_LOCALSTACK =
      "Skipped on LocalStack: LOCALSTACK_ENDPOINT is not set, and there is no Docker.";

  // The last version that starts without a token.
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final int MOST_REQUESTS = 64;

  private static final StoreBackend EMBEDDED =
      new StoreBackend("embedded", () -> Optional.of(EmbeddedDatabase.inMemory().client()));
  private static final StoreBackend LOCALSTACK =
      new StoreBackend("LocalStack", StoreBackend::findLocalStack);

  private final String name;
  private final Supplier<Optional<DynamoDbClient>> start;
  private Optional<DynamoDbClient> found = Optional.empty();
  private boolean looked;

  private StoreBackend(String name, Supplier<Optional<DynamoDbClient>> start) {
    this.name = name;
    this.start = start;
  }

  /** The one that relays run on that are one machine, in this process, in memory. */
  public static StoreBackend embedded() {
    return EMBEDDED;
  }

  /**
   * LocalStack: at the environment's {@code LOCALSTACK_ENDPOINT} where that is set, else in a
   * container where Docker is, else not there.
   */
  public static StoreBackend localstack() {
    return LOCALSTACK;
  }

  static List<StoreBackend> all() {
    return List.of(EMBEDDED, LOCALSTACK);
  }

  /** Its client, one for all who ask, if it is there; nobody closes it. */
  public synchronized Optional<DynamoDbClient> client() {
    if (!looked) {
      looked = true;
      found = start.get();
    }
    return found;
  }

  @Override
  public String toString() {
    return name;
  }

  private static Optional<DynamoDbClient> findLocalStack() {
    return localStack().map(StoreBackend::client);
  }

  private static Optional<URI> localStack() {
    String given = System.getenv(LOCALSTACK_ENDPOINT);
    if (given != null && !given.isBlank()) {
      return Optional.of(URI.create(given));
    }
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of(container());
    }
    System.out.println(NO_LOCALSTACK);
    return Optional.empty();
  }

  // Testcontainers removes the container when this process ends.
  @SuppressWarnings("resource")
  private static URI container() {
    LocalStackContainer localStack =
        new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("dynamodb");
    localStack.start();
    return localStack.getEndpoint();
  }

  private static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(StoreTables.REGION)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(new QueueingHttp(UrlConnectionHttpClient.create(), MOST_REQUESTS))
        .build();
  }
}
