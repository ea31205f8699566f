package io.quantchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.FunctionSpec;
import io.quantchat.infra.stack.Permission;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Template;
import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.NamedAttributes;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Each function's role in the template allows what the function needs, nothing more and nothing
 * less: its rehearsal asks for all that the function ever asks for. What a role allows and no
 * rehearsal asks for is either too much, or something that the rehearsal leaves out.
 */
@StoreTest
class RolesTest {

  private static final Path TEMPLATE = Path.of(System.getProperty("quantchat.template"));

  /** It calls functions, not tables; the checks of the template hold what its role allows. */
  private static final String NOT_REHEARSED = "PreTrafficCheckFunction";

  /** Lambda does these for a function. */
  private static final Pattern OF_LAMBDA = Pattern.compile("(logs|xray):.*");

  /** Rehearsals send no mail and begin nothing; the checks of the template hold these. */
  private static final Pattern OF_MAIL = Pattern.compile("ses:SendEmail|lambda:InvokeFunction");

  /** Nor do they ask S3; the checks of the template hold these. */
  private static final Pattern OF_S3 = Pattern.compile("s3:.*");

  private static final String POST = "execute-api:ManageConnections POST/@connections/*";
  private static final String DELETE = "execute-api:ManageConnections DELETE/@connections/*";

  private static final Pattern WATCHED =
      Pattern.compile(
          "MetricName: SystemErrors,\\s+Dimensions: \\[\\{Name: TableName,\\s+Value: \\{Ref:"
              + " (\\w+)}},\\s+\\{Name: Operation,\\s+Value: (\\w+)}]");

  /** Played once for all tests on the same tables. */
  private static final Map<StoreTables, Rehearsals> PLAYED = new ConcurrentHashMap<>();

  private final StoreTables tables;
  private final Rehearsals rehearsals;

  @TempDir private Path folder;

  RolesTest(StoreTables tables) {
    this.tables = tables;
    this.rehearsals = PLAYED.computeIfAbsent(tables, Rehearsals::new);
  }

  @Test
  void aRoleAllowsWhatItsFunctionAsksForAndNothingMore() {
    assertThat(differences(StoreTables.stack())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AuthFunctionRole             | dynamodb:PutItem,           |                            | AuthFunction isn't allowed dynamodb:PutItem AccountsTable
          RelayFunctionRole            | [dynamodb:Query,            | [dynamodb:Scan, dynamodb:Query, | RelayFunction needs no dynamodb:Scan RelayMessagesTable
          KeysFunctionRole             | Action: dynamodb:UpdateItem | Action: [dynamodb:UpdateItem, dynamodb:DeleteItem] | KeysFunction needs no dynamodb:DeleteItem AccountsTable
          ContactsFunctionRole         | !GetAtt AccountEmailsTable  | !GetAtt SessionsTable      | ContactsFunction needs no dynamodb:GetItem SessionsTable
          ContactsFunctionRole         | ManageConnections           | Invoke                     | ContactsFunction isn't allowed execute-api:ManageConnections POST/@connections/*
          ContactsFunctionRole         | [user_id, blocked]          | [user_id, blocked, email]  | ContactsFunction needs no attribute email of AccountsTable to write
          KeysFunctionRole             | [user_id, public_key,       | [user_id,                  | KeysFunction isn't allowed attribute public_key of AccountsTable to write
          RelayFunctionRole            | - email                     | - password_hash            | RelayFunction needs no attribute password_hash of AccountsTable to read
          SocketAuthorizerRole | - spared                    | - salt                     | SocketAuthorizerFunction isn't allowed attribute spared of AccountSessionsTable to read
          SocketAuthorizerRole | !GetAtt SessionsTable       | !GetAtt SigningKeysTable   | SocketAuthorizerFunction isn't allowed dynamodb:DeleteItem SessionsTable
          """)
  void aRoleThatAllowsSomethingElseIsNoticed(
      String role, String written, String instead, String difference) throws IOException {
    String template = Files.readString(TEMPLATE);
    int start = template.indexOf("  " + role + ":");
    int place = template.indexOf(written, start);
    assertThat(start).isPositive();
    assertThat(place).isGreaterThan(start);
    String changed =
        template.substring(0, place)
            + (instead == null ? "" : instead)
            + template.substring(place + written.length());
    Path file = Files.writeString(folder.resolve("template.yaml"), changed);

    assertThat(differences(resolved(file))).contains(difference);
  }

  @Test
  void theAuthFunctionAloneReadsWhatPasswordsAndTokensAreCheckedBy() {
    Set<String> secret = Set.of("password_hash", "token_hash", "previous_hash", "salt");
    var readers = new TreeSet<String>();
    StoreTables.stack()
        .permissions()
        .forEach(
            (function, permissions) ->
                permissions.stream()
                    .filter(one -> READS.contains(one.action()))
                    .filter(one -> SECRET_TABLES.contains(shortened(one.resource())))
                    .filter(
                        one ->
                            one.attributes()
                                .map(allowed -> !Collections.disjoint(allowed, secret))
                                .orElse(true))
                    .forEach(one -> readers.add(function)));

    assertThat(readers).containsExactly("AuthFunction");
  }

  @Test
  void rehearsalsLeaveNothingInAnyTable() {
    assertThat(tables.items()).isZero();
  }

  @Test
  void alarmsWatchEveryOperationThatATableIsAskedFor() throws IOException {
    String alarms = Files.readString(TEMPLATE.resolveSibling("infra/observability.yaml"));

    Set<String> watched =
        WATCHED
            .matcher(alarms)
            .results()
            .map(found -> found.group(2) + " " + found.group(1))
            .collect(Collectors.toSet());

    assertThat(watched).isEqualTo(rehearsals.operations);
  }

  /** What is checked in these by a hash. */
  private static final Set<String> SECRET_TABLES =
      Set.of("AccountsTable", "CredentialsTable", "AccountSessionsTable");

  private static final Set<String> READS =
      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

  private SortedSet<String> differences(Stack stack) {
    SortedSet<String> differences = new TreeSet<>();
    rehearsals.asked.forEach(
        (function, needed) -> {
          Set<String> allowed =
              stack.permissions().get(function).stream()
                  .filter(one -> !OF_LAMBDA.matcher(one.action()).matches())
                  .filter(one -> !OF_MAIL.matcher(one.action()).matches())
                  .filter(one -> !OF_S3.matcher(one.action()).matches())
                  .map(one -> one.action() + " " + shortened(one.resource()))
                  .collect(Collectors.toSet());
          needed.stream()
              .filter(one -> !allowed.contains(one))
              .forEach(one -> differences.add(function + " isn't allowed " + one));
          allowed.stream()
              .filter(one -> !needed.contains(one))
              .forEach(one -> differences.add(function + " needs no " + one));
          differences.addAll(ofAttributes(function, stack.permissions().get(function)));
        });
    return differences;
  }

  /** Where a role names attributes, those that it lacks, and those that nobody asks for. */
  private SortedSet<String> ofAttributes(String function, Set<Permission> permissions) {
    var allowed = new TreeMap<String, Set<String>>();
    permissions.forEach(
        one ->
            one.attributes()
                .ifPresent(
                    attributes ->
                        allowed
                            .computeIfAbsent(
                                purpose(one.action(), shortened(one.resource())),
                                purpose -> new TreeSet<>())
                            .addAll(attributes)));
    SortedSet<String> differences = new TreeSet<>();
    allowed.forEach(
        (purpose, attributes) -> {
          Set<String> named =
              rehearsals.named.getOrDefault(function, Map.of()).getOrDefault(purpose, Set.of());
          named.stream()
              .filter(one -> !attributes.contains(one))
              .forEach(
                  one ->
                      differences.add(
                          function + " isn't allowed attribute " + one + " of " + purpose));
          attributes.stream()
              .filter(one -> !named.contains(one))
              .forEach(
                  one ->
                      differences.add(function + " needs no attribute " + one + " of " + purpose));
        });
    return differences;
  }

  private static String purpose(String action, String table) {
    return table + (READS.contains(action) ? " to read" : " to write");
  }

  /** Of a table's ARN the table, of a stage's what may be done to the sockets. */
  private static String shortened(String arn) {
    return arn.replaceFirst("^arn:aws:dynamodb:.*:table/", "")
        .replaceFirst("^arn:aws:execute-api:.*:socketapi/live/", "");
  }

  private static Stack resolved(Path template) {
    return Template.read(template)
        .resolve(Deployment.onThisMachine(8080, Map.of("MailFrom", "chat@example.com")));
  }

  /** The rehearsals of all functions, and what they ask for. */
  private static final class Rehearsals {
    private final StoreTables tables;
    private final World world;

    /** By function: each action, and what it was done to. */
    private final Map<String, SortedSet<String>> asked = new TreeMap<>();

    /** By function, and by table and whether it was read or written: the attributes named. */
    private final Map<String, Map<String, Set<String>>> named = new TreeMap<>();

    /** Each operation and the table it was for, as DynamoDB counts them. */
    private final SortedSet<String> operations = new ConcurrentSkipListSet<>();

    Rehearsals(StoreTables tables) {
      this.tables = tables;
      this.world = new World(tables);
      for (FunctionSpec function : StoreTables.stack().functions().values()) {
        if (!function.logicalId().equals(NOT_REHEARSED)) {
          SortedSet<String> seen = new ConcurrentSkipListSet<>();
          asked.put(function.logicalId(), seen);
          named.put(function.logicalId(), new ConcurrentSkipListMap<>());
          try {
            rehearse(function, seen);
          } catch (ReflectiveOperationException | GeneralSecurityException failed) {
            throw new IllegalStateException(function.logicalId() + " can't be rehearsed", failed);
          }
        }
      }
    }

    /**
     * Twice, so that what the first leaves would be found by the second. By convention a short
     * rehearsal is the handler's own method {@code play}, and a longer one that of {@code
     * RelayRehearsal} beside {@code RelayHandler}.
     */
    private void rehearse(FunctionSpec function, SortedSet<String> seen)
        throws ReflectiveOperationException, GeneralSecurityException {
      Class<? extends RequestStreamHandler> handler = World.handlerOf(function);
      Method play = rehearsalOf(handler);
      play.setAccessible(true);
      Host given = world.hostOf(handler);
      var host =
          new Host(
                  given
                      .environment()
                      .with(Variable.AWS_LAMBDA_INITIALIZATION_TYPE, "snap-start")
                      .with(Variable.MAIL_FROM, "chat@example.com"),
                  tables.client(
                      new Recorder(seen), new NamedAttributes(named.get(function.logicalId()))),
                  () -> new NobodyIsThere(seen),
                  given.clock(),
                  given.random())
              .with(given.bucket());
      play.invoke(null, new RehearsalStage(host, on -> World.function(handler, on)));
      play.invoke(null, new RehearsalStage(host, on -> World.function(handler, on)));
    }

    private static Method rehearsalOf(Class<?> handler) throws ReflectiveOperationException {
      Class<?> beside;
      try {
        beside = Class.forName(handler.getName().replaceFirst("Handler$", "") + "Rehearsal");
      } catch (ClassNotFoundException ofTheHandlerItself) {
        beside = handler;
      }
      return beside.getDeclaredMethod("play", RehearsalStage.class);
    }

    /** Notes what is asked of tables. */
    private final class Recorder implements BeforeRequest {
      private final SortedSet<String> seen;

      Recorder(SortedSet<String> seen) {
        this.seen = seen;
      }

      @Override
      public void take(String operation, DynamoDbRequest request) {
        switch (request) {
          case TransactWriteItemsRequest transaction ->
              transaction.transactItems().forEach(write -> noteWrite(operation, write));
          case BatchGetItemRequest batch ->
              batch.requestItems().keySet().forEach(table -> note(operation, operation, table));
          case BatchWriteItemRequest batch ->
              batch.requestItems().keySet().forEach(table -> note(operation, operation, table));
          default ->
              note(
                  operation,
                  operation,
                  request.getValueForField("TableName", String.class).orElseThrow());
        }
      }

      /** A transaction needs the right to each of its writes, and none of its own. */
      private void noteWrite(String operation, TransactWriteItem write) {
        if (write.put() != null) {
          note(operation, "PutItem", write.put().tableName());
        } else if (write.update() != null) {
          note(operation, "UpdateItem", write.update().tableName());
        } else if (write.delete() != null) {
          note(operation, "DeleteItem", write.delete().tableName());
        } else {
          note(operation, "ConditionCheckItem", write.conditionCheck().tableName());
        }
      }

      private void note(String operation, String action, String table) {
        String logicalId = StoreTables.logicalId(table);
        operations.add(operation + " " + logicalId);
        seen.add("dynamodb:" + action + " " + logicalId);
      }
    }
  }

  /** The callback side of the gateway. Nobody in a rehearsal exists, so it answers 410. */
  private record NobodyIsThere(SortedSet<String> seen) implements ApiGatewayManagementApiClient {

    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
      seen.add(POST);
      throw GoneException.builder().statusCode(410).build();
    }

    @Override
    public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
      seen.add(DELETE);
      throw GoneException.builder().statusCode(410).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
