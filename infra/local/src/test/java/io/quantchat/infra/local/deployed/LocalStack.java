package io.quantchat.infra.local.deployed;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** A LocalStack to deploy to. */
final class LocalStack {
  /** Environment variable: where one listens, such as {@code http://127.0.0.1:4566}. */
  static final String ENDPOINT = "LOCALSTACK_ENDPOINT";

  // The last version that starts without a token.
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private LocalStack() {}

  /**
   * Where one listens: the environment's {@code LOCALSTACK_ENDPOINT} where that is set, else a
   * container where Docker is, else none.
   */
  static Optional<URI> find() {
    String given = System.getenv(ENDPOINT);
    if (given != null && !given.isBlank()) {
      return Optional.of(URI.create(given));
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.of(container())
        : Optional.empty();
  }

  // Testcontainers removes the container when this process ends.
  @SuppressWarnings("resource")
  private static URI container() {
    LocalStackContainer localStack =
        new LocalStackContainer(DockerImageName.parse(IMAGE))
            // The template asks for arm64; the classes run on either.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1");
    localStack.start();
    return localStack.getEndpoint();
  }
}
