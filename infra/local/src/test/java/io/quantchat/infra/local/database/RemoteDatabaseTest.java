package io.quantchat.infra.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is said of each kind of database that can't be used; those that can, CI's jobs have. */
class RemoteDatabaseTest {

  private static final String ERRORS = "com.amazonaws.dynamodb.v20120810#";
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "s3cret"));

  private static final List<TableSpec> TABLES =
      List.of(
          table("accounts", Optional.empty()),
          table("messages", Optional.of(new TableSpec.Key("message_id", "S"))));

  private final Queue<String> operations = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static TableSpec table(String name, Optional<TableSpec.Key> sortKey) {
    return new TableSpec(name, name, new TableSpec.Key("user_id", "S"), sortKey, Optional.empty());
  }

  private record Answer(int status, String contentType, String body) {}

  /** Something that answers every request so; the answer may hold the table's name. */
  private String serve(Answer all) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String asked =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            operations.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String name = asked.replaceFirst(".*\"TableName\":\"(\\w+)\".*", "$1");
            Answer answer = answerTo(exchange.getRequestHeaders().getFirst("X-Amz-Target"), all);
            byte[] body = answer.body().replace("%TABLE%", name).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return "http://%s:%d"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  /** All have transactions, but for those that don't answer as a database at all. */
  private static Answer answerTo(String operation, Answer all) {
    boolean ofTables =
        all.body().contains("\"Table\"")
            || all.body().contains("ResourceNotFoundException")
            || (all.status() == 200 && all.contentType().contains("json"));
    return ofTables && operation != null && operation.endsWith(".TransactWriteItems")
        ? error(400, "com.amazon.coral.validate#ValidationException", "at least one")
        : all;
  }

  private static Answer error(int status, String type, String message) {
    return new Answer(
        status,
        "application/x-amz-json-1.0",
        "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message));
  }

  private static String complaintAbout(String url) throws Exception {
    DatabaseUrl parsed = DatabaseUrl.parse(url);
    try (var database = RemoteDatabase.at(parsed, Place.Creation.NEVER, () -> CREDENTIALS)) {
      database.prepare(TABLES, Tables.Reaping.AS_DECLARED);
    } catch (UnusableDatabaseException | IllegalStateException e) {
      assertThat(e.getMessage()).hasLineCount(1).doesNotContain("s3cret");
      return e.getMessage();
    }
    throw new AssertionError("No complaint about " + url);
  }

  @Test
  void whereNobodyListensItIsToBeStarted() throws Exception {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://localhost:" + free.getLocalPort();
    }

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s can't be reached: start it, or give another URL.".formatted(url));
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() throws Exception {
    assertThat(complaintAbout("http://no-such-host.invalid:8000"))
        .isEqualTo("There is no host no-such-host.invalid: give the database's URL as it is.");
  }

  @Test
  void whatDoesNotSpeakTlsIsToldFromWhatIsNotThere() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      String url = "https://localhost:" + plain.getLocalPort();

      assertThat(complaintAbout(url))
          .startsWith("What answers at %s can't be trusted by TLS: give http://".formatted(url));
    }
  }

  private static void answerInPlainText(ServerSocket server) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          int _ = client.getInputStream().read(new byte[4_096]);
          client
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 404, 405})
  void aWebSiteIsNoDatabase(int status) throws Exception {
    String url = serve(new Answer(status, "text/html", "<html><body>It works!</body></html>"));

    assertThat(complaintAbout(url)).isEqualTo(notADatabase(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"Table\":{}}", "{\"message\":\"hello\"}", ""})
  void whatAnswersWithoutATableIsNoDatabase(String body) throws Exception {
    String url = serve(new Answer(200, "application/json", body));

    assertThat(complaintAbout(url)).isEqualTo(notADatabase(url));
  }

  private static String notADatabase(String url) {
    return "What answers at %s is no database that speaks DynamoDB's protocol: give the URL of one."
        .formatted(url);
  }

  @ParameterizedTest
  @CsvSource({
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException"
  })
  void credentialsThatItDoesNotAcceptAreToBeOthers(String type) throws Exception {
    String url = serve(error(400, ERRORS + type, "The security token is invalid."));

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s doesn't accept the credentials (%s): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to others."
                .formatted(url, type));
  }

  @Test
  void whatCredentialsMayNotDoIsSaidInItsOwnWords() throws Exception {
    String url =
        serve(error(400, ERRORS + "AccessDeniedException", "User ana may not DescribeTable"));

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s doesn't allow these credentials to use the tables: User ana may not DescribeTable"
                .formatted(url));
  }

  @Test
  void anyOtherRefusalIsQuotedOnOneLine() throws Exception {
    String url = serve(error(400, ERRORS + "LimitExceededException", "No\\nsuch\\tthing"));

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s refuses to serve, with LimitExceededException: No such thing"
                .formatted(url));
  }

  @Test
  void tablesThatAreMissingAreNamedWithTheFlagThatMakesThem() throws Exception {
    String url = serve(error(400, ERRORS + "ResourceNotFoundException", "no such table"));

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s lacks the tables accounts, messages: start with --create-tables to have them made."
                .formatted(url));
    assertThat(operations)
        .containsOnly("DynamoDB_20120810.TransactWriteItems", "DynamoDB_20120810.DescribeTable");
  }

  @Test
  void oneWithoutTransactionsIsRefusedBeforeAnythingIsMade() throws Exception {
    String url = serve(error(400, "com.amazon.coral.service#UnknownOperationException", "unknown"));

    assertThat(complaintAbout(url))
        .isEqualTo(
            "The database at %s has no transactions (TransactWriteItems), which accounts need: give the URL of one that has them."
                .formatted(url));
    assertThat(operations).containsExactly("DynamoDB_20120810.TransactWriteItems");
  }

  @Test
  void aTableWithOtherKeysIsNamedWithBoth() throws Exception {
    String url =
        serve(
            new Answer(
                200,
                "application/x-amz-json-1.0",
                """
                {"Table": {"TableName": "%TABLE%", "TableStatus": "ACTIVE",
                  "KeySchema": [{"AttributeName": "user_id", "KeyType": "HASH"}],
                  "AttributeDefinitions": [
                    {"AttributeName": "user_id", "AttributeType": "S"}]}}\
                """));

    assertThat(complaintAbout(url))
        .startsWith("Table messages is there with other keys than the template's")
        .contains("it has user_id (S), the template says user_id (S), message_id (S)");
  }

  @Test
  void withoutCredentialsNothingIsAsked() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };

    assertThatExceptionOfType(UnusableDatabaseException.class)
        .isThrownBy(
            () ->
                RemoteDatabase.at(
                    DatabaseUrl.parse("http://localhost:1"), Place.Creation.NEVER, () -> none))
        .withMessage(
            "There are no credentials for the database at http://localhost:1: set AWS_ACCESS_KEY_ID"
                + " and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; any do where it checks none.");
  }

  @ParameterizedTest
  @CsvSource({
    "https://dynamodb.eu-west-1.amazonaws.com, eu-west-1",
    "https://dynamodb-fips.us-gov-east-1.amazonaws.com, us-gov-east-1",
    "https://dynamodb.cn-north-1.amazonaws.com.cn, cn-north-1",
    "https://dynamodb.eu-west-1.api.aws, eu-west-1",
    "http://localhost:8000, ",
    "https://dynamodb.eu-west-1.amazonaws.com.example.org, "
  })
  void theRegionOfAnAddressOfAwsIsInItsName(String url, String region) throws Exception {
    assertThat(DatabaseUrl.parse(url).region()).isEqualTo(Optional.ofNullable(region));
  }
}
