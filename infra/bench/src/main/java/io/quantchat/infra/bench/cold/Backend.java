package io.quantchat.infra.bench.cold;

import io.quantchat.infra.database.EmbeddedDatabase;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Tables;
import io.quantchat.infra.stack.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The services that functions talk to: the template's tables, in memory, and sockets, both behind
 * TLS.
 *
 * <p>A snapshot is taken between {@link #beforeSnapshot} and {@link #afterSnapshot}.
 */
final class Backend implements AutoCloseable {

  /** Less than a client keeps in reserve, so that it asks again. */
  private static final Duration BEFORE_SNAPSHOT = Duration.ofSeconds(30);

  private static final Duration AFTER_SNAPSHOT = Duration.ofHours(6);

  private final Stack stack;
  private final EmbeddedDatabase database;
  private final DatabaseServer server;
  private final FakeSockets sockets;
  private final TlsFront databaseFront;
  private final TlsFront socketsFront;
  private final ContainerCredentials credentials;

  private Backend(
      Stack stack,
      EmbeddedDatabase database,
      DatabaseServer server,
      FakeSockets sockets,
      TlsFront databaseFront,
      TlsFront socketsFront,
      ContainerCredentials credentials) {
    this.stack = stack;
    this.database = database;
    this.server = server;
    this.sockets = sockets;
    this.databaseFront = databaseFront;
    this.socketsFront = socketsFront;
    this.credentials = credentials;
  }

  static Backend start(Path template, Certificate certificate) throws IOException {
    FakeSockets sockets = FakeSockets.start();
    TlsFront socketsFront = TlsFront.before(sockets.port(), certificate);
    Stack stack =
        Template.read(template)
            .resolve(
                new Deployment(
                    Deployment.LOCAL_REGION,
                    Deployment.LOCAL_ACCOUNT,
                    "quantchat",
                    Map.of(),
                    "wss://" + socketsFront.authority(),
                    "https://" + socketsFront.authority()));
    EmbeddedDatabase database = EmbeddedDatabase.inMemory();
    try (DynamoDbClient client = database.client()) {
      new Tables(client).create(stack.tables().values(), Tables.Reaping.NEVER);
    }
    DatabaseServer server = DatabaseServer.before(database);
    return new Backend(
        stack,
        database,
        server,
        sockets,
        TlsFront.before(server.port(), certificate),
        socketsFront,
        ContainerCredentials.start());
  }

  /**
   * A function of the template.
   *
   * @param id its logical id
   */
  FunctionSpec function(String id) {
    FunctionSpec function = stack.functions().get(id);
    if (function == null) {
      throw new IllegalStateException("The template has no function " + id);
    }
    return function;
  }

  /** How many frames have been posted to sockets. */
  int posts() {
    return sockets.posts();
  }

  /** Credentials given out from now on don't outlive the snapshot. */
  void beforeSnapshot() {
    credentials.giveFor(BEFORE_SNAPSHOT);
  }

  /** No connection outlives the snapshot, and credentials are to be had again. */
  void afterSnapshot() {
    databaseFront.cut();
    socketsFront.cut();
    credentials.giveFor(AFTER_SNAPSHOT);
  }

  /** The environment of a function's process, as on Lambda. */
  Map<String, String> environment(FunctionSpec function) {
    Map<String, String> variables = plain(function);
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_ACCESS_KEY_ID", "bench");
    variables.put("AWS_SECRET_ACCESS_KEY", "bench");
    variables.put("AWS_SESSION_TOKEN", "bench");
    return variables;
  }

  /** The same for a function with SnapStart. */
  Map<String, String> snapStartEnvironment(FunctionSpec function) {
    Map<String, String> variables = plain(function);
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    variables.putAll(credentials.variables());
    return variables;
  }

  private Map<String, String> plain(FunctionSpec function) {
    Map<String, String> variables = new TreeMap<>(function.environment());
    variables.put("AWS_REGION", Deployment.LOCAL_REGION);
    variables.put("AWS_DEFAULT_REGION", Deployment.LOCAL_REGION);
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "https://" + databaseFront.authority());
    // Lambda has no files of this machine's user.
    variables.put("AWS_CONFIG_FILE", "none");
    variables.put("AWS_SHARED_CREDENTIALS_FILE", "none");
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.logicalId());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    return variables;
  }

  @Override
  public void close() throws IOException {
    credentials.close();
    databaseFront.close();
    socketsFront.close();
    sockets.close();
    server.close();
    database.close();
  }
}
