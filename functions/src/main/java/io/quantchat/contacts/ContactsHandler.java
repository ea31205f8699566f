package io.quantchat.contacts;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailAddress;
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
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The routes under {@code /contacts}. */
public final class ContactsHandler implements RequestStreamHandler {

  private static final int LARGEST_BODY = 32 * 1024;

  private final ContactService contacts;
  private final Clock clock;
  private final RestRoutes routes;

  /** What Lambda calls. */
  public ContactsHandler() {
    this(Environment.ofProcess(), Clock.systemUTC());
  }

  private ContactsHandler(Environment environment, Clock clock) {
    var dynamoDb = AwsClients.dynamoDb(environment);
    var sockets = AwsClients.sockets(environment);
    Snapshots.prepare(
        environment,
        new SecureRandom(),
        () -> ContactsRehearsal.play(environment, dynamoDb, sockets, clock));
    this(environment, dynamoDb, sockets, clock);
  }

  /** A handler with these clients of AWS and this clock. */
  public ContactsHandler(
      Environment environment,
      DynamoDbClient dynamoDb,
      ApiGatewayManagementApiClient sockets,
      Clock clock) {
    var connections =
        new ConnectionStore(dynamoDb, environment.get(Variable.CONNECTIONS_TABLE), clock);
    var metrics = Metrics.of(environment, clock);
    this.contacts =
        new ContactService(
            new ContactStore(dynamoDb, environment.get(Variable.CONTACTS_TABLE)),
            new AccountStore(
                dynamoDb,
                environment.get(Variable.ACCOUNTS_TABLE),
                environment.get(Variable.ACCOUNT_EMAILS_TABLE)),
            connections,
            new Pushes(connections, sockets, metrics),
            clock);
    this.clock = clock;
    var tokens =
        new AccessTokenVerifier(
            new TokenKeys(dynamoDb, environment.get(Variable.TOKEN_KEYS_TABLE), clock),
            environment.get(Variable.TOKEN_ISSUER),
            environment.get(Variable.TOKEN_AUDIENCE),
            clock);
    this.routes =
        new RestRoutes(tokens, environment.get(Variable.ALLOWED_ORIGIN), metrics)
            .signedIn("GET /contacts", this::list)
            .signedIn("POST /contacts", this::add)
            .signedIn("DELETE /contacts/{contact_id}", this::remove)
            .signedIn("PUT /contacts/{contact_id}/block", this::block)
            .signedIn("DELETE /contacts/{contact_id}/block", this::unblock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse list(RestRequest request, Caller caller) {
    request.queryParameter("user_id").ifPresent(asked -> refuseAnother(asked, caller));
    Instant now = clock.instant();
    ArrayNode list = Json.array();
    contacts.list(caller.userId()).forEach(peer -> list.add(peer.toJson(now)));
    return RestResponse.ok(list);
  }

  private static void refuseAnother(String asked, Caller caller) {
    String userId =
        Ids.parse(asked)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "user_id",
                        "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e, or absent"));
    if (!userId.equals(caller.userId())) {
      throw Problem.of(
          Problem.Kind.FORBIDDEN,
          "These are another account's contacts: leave user_id out, or send your own id.");
    }
  }

  private RestResponse add(RestRequest request, Caller caller) {
    Fields fields = request.fields(LARGEST_BODY);
    Optional<String> contactId = fields.optionalId("contact_id");
    Optional<String> email = email(fields);
    boolean hasId = fields.value("contact_id").isPresent();
    if (hasId == fields.value("contact_email").isPresent()) {
      fields.reject("contact_id", "send either contact_id or contact_email, exactly one of them");
    }
    fields.check();
    ContactService.Added added =
        contactId
            .map(id -> contacts.addById(caller.userId(), id))
            .orElseGet(() -> contacts.addByEmail(caller.userId(), email.orElseThrow()));
    return new RestResponse(added.isNew() ? 201 : 200, added.peer().toJson(clock.instant()));
  }

  private static Optional<String> email(Fields fields) {
    Optional<String> text = fields.optionalText("contact_email", 1, EmailAddress.LONGEST);
    Optional<String> email = text.flatMap(EmailAddress::normalise);
    if (text.isPresent() && email.isEmpty()) {
      fields.reject("contact_email", "must be an e-mail address, such as ada@example.com");
    }
    return email;
  }

  private RestResponse remove(RestRequest request, Caller caller) {
    contacts.remove(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }

  private RestResponse block(RestRequest request, Caller caller) {
    contacts.block(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }

  private RestResponse unblock(RestRequest request, Caller caller) {
    contacts.unblock(caller.userId(), request.pathId("contact_id"));
    return RestResponse.noContent();
  }
}
