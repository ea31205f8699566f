package io.quantchat.infra.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local in this process, on a loopback port that the system picks.
 *
 * <p>Its classes live in a class loader of their own over the jars of one folder, so that nothing
 * of theirs meets the handlers' class path. All callers see the same tables, whatever their region
 * and credentials. No telemetry leaves the process.
 *
 * <p>On disk, a write that was answered survives the death of the process: SQLite's defaults hold,
 * a rollback journal with {@code synchronous=FULL}.
 *
 * <p>There is no switch for reaping expired items: DynamoDB Local reaps in those tables whose TTL
 * is enabled, which {@link Tables} decides.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {
  /** System property: the folder that holds DynamoDB Local's jars. */
  public static final String JARS_PROPERTY = "quantchat.dynamodb-local";

  private static final String PACKAGE = "software.amazon.dynamodb.services.local.";
  private static final String LOOPBACK = "127.0.0.1";

  /** One for all instances over the same jars: most of a start is loading their classes. */
  private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();

  private final Object server;
  private final URI endpoint;

  private EmbeddedDynamoDb(Object server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts with empty tables that vanish with the process. */
  public static EmbeddedDynamoDb inMemory() {
    return start(jarsFolder(), List.of("-inMemory"));
  }

  /**
   * Starts on a folder, which is created if it is missing; tables that it holds are there again.
   *
   * @throws UncheckedIOException if the folder can't be created or written
   */
  public static EmbeddedDynamoDb onDisk(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".writable", ""));
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + folder + " can't be written: " + e, e);
    }
    return start(jarsFolder(), List.of("-dbPath", folder.toAbsolutePath().toString()));
  }

  /** Where DynamoDB's clients connect. */
  public URI endpoint() {
    return endpoint;
  }

  /** A new client of this instance; the caller closes it. */
  public DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** The class loader stays open: DynamoDB Local's threads end later, and load classes to do so. */
  @Override
  public void close() {
    try {
      call(server, "stop");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DynamoDB Local did not stop.", e);
    }
  }

  private static EmbeddedDynamoDb start(Path jars, List<String> storage) {
    List<String> options = new ArrayList<>(List.of("-sharedDb", "-disableTelemetry"));
    options.addAll(storage);
    ClassLoader loader = LOADERS.computeIfAbsent(jars, EmbeddedDynamoDb::loader);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object server = server(loader, options);
      Object connector = loopbackConnector(server);
      call(server, "start");
      int port = (int) call(connector, "getLocalPort");
      return new EmbeddedDynamoDb(server, URI.create("http://" + LOOPBACK + ":" + port));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "DynamoDB Local in " + jars + " did not start: is it another version?", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader loader(Path jars) {
    return new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader());
  }

  /**
   * What {@code ServerRunner.createServerFromCommandLineArgs} does, without the banner it prints.
   */
  private static Object server(ClassLoader loader, List<String> options)
      throws ReflectiveOperationException {
    Class<?> input = loader.loadClass(PACKAGE + "main.CommandLineInput");
    Object parsed =
        input.getConstructor(String[].class).newInstance((Object) options.toArray(String[]::new));
    call(parsed, "init");
    return loader
        .loadClass(PACKAGE + "main.ServerRunner")
        .getMethod("createServer", input)
        .invoke(null, parsed);
  }

  /**
   * Moves the server to loopback and to a port that the system picks. Neither is an option of its
   * command line, and a port found free beforehand may be taken by the time it is bound.
   */
  private static Object loopbackConnector(Object server) throws ReflectiveOperationException {
    Field field = server.getClass().getDeclaredField("server");
    field.setAccessible(true);
    Object connector = ((Object[]) call(field.get(server), "getConnectors"))[0];
    connector.getClass().getMethod("setHost", String.class).invoke(connector, LOOPBACK);
    connector.getClass().getMethod("setPort", int.class).invoke(connector, 0);
    return connector;
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Path jarsFolder() {
    String folder = System.getProperty(JARS_PROPERTY);
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      throw new IllegalStateException(
          "DynamoDB Local is not there: -D%s=%s must name the folder of its jars. "
                  .formatted(JARS_PROPERTY, folder)
              + "`mvn -pl infra/dynamodb-local generate-resources` fetches them.");
    }
    return Path.of(folder);
  }

  private static URL[] urls(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(EmbeddedDynamoDb::url)
          .toArray(URL[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file + " is no URL", e);
    }
  }
}
