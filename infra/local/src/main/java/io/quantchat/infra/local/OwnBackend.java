package io.quantchat.infra.local;

import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.objects.StoredObject;
import io.quantchat.infra.stack.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The whole backend in this process, on a free port and with its tables and objects in memory: for
 * those who look into them behind its back, which nobody can from outside. It limits nobody.
 */
public final class OwnBackend implements AutoCloseable {

  private final LocalGateway gateway;

  private OwnBackend(LocalGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Starts one that limits nobody, and returns when it answers.
   *
   * @throws IllegalStateException if it can't; the message says why
   */
  public static OwnBackend start() {
    return start(
        Listening.onLocalhost(RunnerProcess.ANY_PORT),
        RunnerProcess.WITHOUT_LIMITS,
        UnaryOperator.identity(),
        line -> {});
  }

  /** The same with the limits that strangers meet. */
  public static OwnBackend startWithLimits() {
    return start(
        Listening.onLocalhost(RunnerProcess.ANY_PORT),
        Map.of(),
        UnaryOperator.identity(),
        line -> {});
  }

  /**
   * The same, with something between the functions and the tables, and a page for Prometheus.
   *
   * @param way makes the functions' way to the tables of the tables' own
   * @param log is told each request, and what went wrong, in one line; by many threads at once
   */
  public static OwnBackend start(UnaryOperator<DynamoDbClient> way, Consumer<String> log) {
    return start(
        Listening.onLocalhost(RunnerProcess.ANY_PORT).withMetrics(),
        RunnerProcess.WITHOUT_LIMITS,
        way,
        log);
  }

  private static OwnBackend start(
      Listening listening,
      Map<String, String> parameters,
      UnaryOperator<DynamoDbClient> way,
      Consumer<String> log) {
    Path template = Path.of(System.getProperty(RunnerProcess.TEMPLATE_PROPERTY, "template.yaml"));
    try {
      return new OwnBackend(
          LocalGateway.start(
              new Options(
                  listening,
                  new Place.Memory(),
                  Optional.empty(),
                  template,
                  parameters,
                  Tables.Reaping.AS_DECLARED,
                  log),
              way));
    } catch (StartFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Base of the REST routes. */
  public URI restUrl() {
    return gateway.restUrl();
  }

  /** Where sockets connect. */
  public URI socketUrl() {
    return gateway.socketUrl();
  }

  /** Where Prometheus asks. */
  public URI metricsUrl() {
    return gateway.metricsUrl().orElseThrow();
  }

  /** The way to the tables; closed with the backend. */
  public DynamoDbClient tables() {
    return gateway.tables();
  }

  /** The tables' names by their logical ids in the template. */
  public Map<String, String> tableNames() {
    return gateway.tableNames();
  }

  /** All objects there are now, and what has come of those that are on their way. */
  public List<StoredObject> objects() throws IOException {
    return gateway.objects();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
