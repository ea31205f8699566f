package io.quantchat.relay;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.AwsClients;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.host.Metrics;
import io.quantchat.host.Snapshots;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Pushes;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import io.quantchat.tokens.TokenKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The relay's REST routes: send, fetch, acknowledge, read a conversation. */
public final class RelayHandler implements RequestStreamHandler {

  /** The largest send request, in UTF-8 bytes. */
  static final int LARGEST_REQUEST = 96 * 1024;

  private static final int LARGEST_ACKNOWLEDGEMENT = 32 * 1024;

  private static final int MOST_IDS = 100;
  private static final int LARGEST_PAGE = 100;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  private final RelayService relay;
  private final Clock clock;
  private final RestRoutes routes;

  /** What Lambda calls. */
  public RelayHandler() {
    this(Environment.ofProcess(), Clock.systemUTC(), new SecureRandom());
  }

  private RelayHandler(Environment environment, Clock clock, SecureRandom random) {
    var dynamoDb = AwsClients.dynamoDb(environment);
    var sockets = AwsClients.sockets(environment);
    Snapshots.prepare(
        environment, random, () -> RelayRehearsal.play(environment, dynamoDb, sockets, clock));
    this(environment, dynamoDb, sockets, clock, random);
  }

  /** A handler with these clients of AWS, this clock and this source of randomness. */
  public RelayHandler(
      Environment environment,
      DynamoDbClient dynamoDb,
      ApiGatewayManagementApiClient sockets,
      Clock clock,
      RandomGenerator random) {
    var connections =
        new ConnectionStore(dynamoDb, environment.get(Variable.CONNECTIONS_TABLE), clock);
    var metrics = Metrics.of(environment, clock);
    this.clock = clock;
    this.relay =
        new RelayService(
            new AccountStore(dynamoDb, environment.get(Variable.ACCOUNTS_TABLE), null),
            new RelayMessageStore(dynamoDb, environment.get(Variable.RELAY_MESSAGES_TABLE)),
            connections,
            new Pushes(connections, sockets, metrics),
            clock,
            random);
    var tokens =
        new AccessTokenVerifier(
            new TokenKeys(dynamoDb, environment.get(Variable.TOKEN_KEYS_TABLE), clock),
            environment.get(Variable.TOKEN_ISSUER),
            environment.get(Variable.TOKEN_AUDIENCE),
            clock);
    this.routes =
        new RestRoutes(tokens, environment.get(Variable.ALLOWED_ORIGIN), metrics)
            .signedIn("POST /relay/send", this::send)
            .signedIn("GET /relay/pending", this::pending)
            .signedIn("POST /relay/acknowledge", this::acknowledge)
            .signedIn("GET /messages/conversation/{contact_id}", this::conversation);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse send(RestRequest request, Caller caller) {
    Draft draft = Draft.read(request.fields(LARGEST_REQUEST), clock.instant());
    Receipt receipt = relay.send(caller.userId(), draft);
    ObjectNode body = Json.object().put("success", true);
    body.setAll(receipt.toJson());
    return receipt.isRepeat() ? RestResponse.ok(body) : RestResponse.created(body);
  }

  private RestResponse pending(RestRequest request, Caller caller) {
    var errors = new ArrayList<Problem.FieldError>();
    OptionalInt limit = limit(request, errors);
    Optional<Cursor> cursor = cursor(request, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return RestResponse.ok(relay.pending(caller.userId(), limit, cursor));
  }

  private static OptionalInt limit(RestRequest request, List<Problem.FieldError> errors) {
    Optional<String> text = request.queryParameter("limit");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int limit = NUMBER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
    if (limit < 1 || limit > LARGEST_PAGE) {
      errors.add(
          new Problem.FieldError("limit", "must be a whole number from 1 to " + LARGEST_PAGE));
    }
    return OptionalInt.of(limit);
  }

  private static Optional<Cursor> cursor(RestRequest request, List<Problem.FieldError> errors) {
    Optional<String> text = request.queryParameter("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::parse);
    if (text.isPresent() && cursor.isEmpty()) {
      errors.add(
          new Problem.FieldError(
              "cursor", "must be the next_cursor of an earlier answer; leave it out to start"));
    }
    return cursor;
  }

  private RestResponse acknowledge(RestRequest request, Caller caller) {
    Fields fields = request.fields(LARGEST_ACKNOWLEDGEMENT);
    boolean one = fields.value("message_id").isPresent();
    boolean many = fields.value("message_ids").isPresent();
    if (one == many) {
      fields.reject("message_id", "send either message_id or message_ids");
    }
    fields.check();
    return one ? acknowledgeOne(fields, caller) : acknowledgeMany(fields, caller);
  }

  private RestResponse acknowledgeOne(Fields fields, Caller caller) {
    String id = fields.id("message_id");
    fields.check();
    Acknowledgement result = relay.acknowledge(caller.userId(), List.of(id)).getFirst();
    if (!result.found()) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "Message not found or already acknowledged");
    }
    ObjectNode body = Json.object().put("success", true);
    body.setAll(result.toJson());
    return RestResponse.ok(body);
  }

  private RestResponse acknowledgeMany(Fields fields, Caller caller) {
    List<String> ids = fields.ids("message_ids", MOST_IDS);
    fields.check();
    ObjectNode body = Json.object().put("success", true);
    body.set("results", Acknowledgement.toJson(relay.acknowledge(caller.userId(), ids)));
    return RestResponse.ok(body);
  }

  private RestResponse conversation(RestRequest request, Caller caller) {
    String contactId = request.pathId("contact_id");
    Optional<String> claimed = request.queryParameter("current_user_id");
    if (claimed.isPresent()) {
      String userId =
          Ids.parse(claimed.get())
              .orElseThrow(
                  () -> Problem.invalid("current_user_id", "must be your own id, or be left out"));
      if (!userId.equals(caller.userId())) {
        throw Problem.of(
            Problem.Kind.FORBIDDEN,
            "Only one's own conversations can be read: log in as the user.");
      }
    }
    return RestResponse.ok(relay.conversation(caller.userId(), contactId));
  }
}
