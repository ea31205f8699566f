package io.quantchat.infra.database.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Another implementation of DynamoDB, to be compared with. */
final class OtherDatabase implements AutoCloseable {

  /** Which one it is: each has faults of its own. */
  enum Kind {
    /** Checks requests as the service does, and knows no transactions. */
    DYNALITE(RandomOperation.Repertoire.SINGLE, true),
    /** Knows transactions, and checks little. */
    MOTO(RandomOperation.Repertoire.TRANSACTIONS, true),
    /** AWS's own, for who may use it. */
    DYNAMODB_LOCAL(RandomOperation.Repertoire.ALL, false),
    /** Whatever is there. */
    ENDPOINT(RandomOperation.Repertoire.ALL, false);

    private final RandomOperation.Repertoire repertoire;
    private final boolean isExact;

    Kind(RandomOperation.Repertoire repertoire, boolean isExact) {
      this.repertoire = repertoire;
      this.isExact = isExact;
    }

    /** What of an outcome it has in common: with messages and the form of numbers, or without. */
    Outcome compared(Outcome outcome) {
      return isExact ? outcome : outcome.withoutForm();
    }

    RandomOperation.Repertoire repertoire() {
      return repertoire;
    }
  }

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

  private final Kind kind;
  private final URI endpoint;
  private final Optional<Process> process;

  private OtherDatabase(Kind kind, URI endpoint, Optional<Process> process) {
    this.kind = kind;
    this.endpoint = endpoint;
    this.process = process;
  }

  /**
   * All that are there: the endpoint that the environment names and nothing else, or what is
   * installed where the system properties say.
   */
  static List<OtherDatabase> all() {
    String named =
        System.getenv().getOrDefault("DYNAMODB_ENDPOINT", System.getenv("LOCALSTACK_ENDPOINT"));
    if (named != null) {
      return List.of(new OtherDatabase(Kind.ENDPOINT, URI.create(named), Optional.empty()));
    }
    List<OtherDatabase> all = new ArrayList<>();
    installed("quantchat.dynalite")
        .ifPresent(
            program ->
                all.add(
                    start(
                        Kind.DYNALITE,
                        port ->
                            List.of(
                                program,
                                "--host=127.0.0.1",
                                "--port=" + port,
                                "--createTableMs=1",
                                "--deleteTableMs=1"))));
    installed("quantchat.moto")
        .ifPresent(
            program ->
                all.add(
                    start(
                        Kind.MOTO,
                        port ->
                            List.of(program, "-H", "127.0.0.1", "-p", Integer.toString(port)))));
    if (Boolean.getBoolean("quantchat.dynamodb-local")) {
      all.add(start(Kind.DYNAMODB_LOCAL, OtherDatabase::dynamoDbLocal));
    }
    return all;
  }

  Kind kind() {
    return kind;
  }

  DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private AwsCredentialsProvider credentials() {
    return kind == Kind.ENDPOINT
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroy);
  }

  /**
   * A program that a system property names.
   *
   * @throws IllegalStateException if it names one that isn't there: what was asked for isn't
   *     skipped
   */
  private static Optional<String> installed(String property) {
    String program = System.getProperty(property, "");
    if (!program.isEmpty() && !Files.isExecutable(Path.of(program))) {
      throw new IllegalStateException(
          "-D%s names %s, which isn't there: .ci/run differential installs it."
              .formatted(property, program));
    }
    return Optional.of(program).filter(path -> !path.isEmpty());
  }

  /** That of this class path, where the Maven profile {@code dynamodb-local} puts it. */
  private static List<String> dynamoDbLocal(int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "software.amazon.dynamodb.services.local.main.ServerRunner",
        "-inMemory",
        "-disableTelemetry",
        "-port",
        Integer.toString(port));
  }

  private static OtherDatabase start(Kind kind, IntFunction<List<String>> commandAt) {
    int port = freePort();
    List<String> command = commandAt.apply(port);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      awaitListening(process, port);
      return new OtherDatabase(kind, URI.create("http://127.0.0.1:" + port), Optional.of(process));
    } catch (IOException e) {
      throw new UncheckedIOException(kind + " doesn't start.", e);
    }
  }

  private static void awaitListening(Process process, int port) throws IOException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > end) {
          process.destroy();
          throw notYet;
        }
      }
      pause(process);
    }
  }

  private static void pause(Process process) {
    try {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      if (ended) {
        throw new IllegalStateException("It ended with " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
