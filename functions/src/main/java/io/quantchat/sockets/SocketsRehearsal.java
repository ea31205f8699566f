package io.quantchat.sockets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.contacts.Contact;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.rehearsal.RehearsedAccount;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A socket opens; its owner types and writes to a contact who is connected; it closes. */
final class SocketsRehearsal {

  private final RehearsalStage stage;
  private final SocketsHandler function;
  private final Connection socket;

  private SocketsRehearsal(RehearsalStage stage, SocketsHandler function, Connection socket) {
    this.stage = stage;
    this.function = function;
    this.socket = socket;
  }

  /** Plays it once. */
  static void play(
      Environment environment,
      DynamoDbClient dynamoDb,
      ApiGatewayManagementApiClient sockets,
      Clock clock)
      throws IOException, GeneralSecurityException {
    var stage = new RehearsalStage(environment, dynamoDb, clock);
    Instant now = clock.instant();
    String accounts = environment.get(Variable.ACCOUNTS_TABLE);
    String owner = RehearsedAccount.enter(stage, accounts, now);
    String contact = RehearsedAccount.enter(stage, accounts, now);
    var contacts = new ContactStore(stage.props(), environment.get(Variable.CONTACTS_TABLE));
    contacts.add(new Contact(owner, contact, now));
    contacts.add(new Contact(contact, owner, now));
    new ConnectionStore(stage.props(), environment.get(Variable.CONNECTIONS_TABLE), clock)
        .add(new Connection(contact, stage.newConnectionId(), now));
    new SocketsRehearsal(
            stage,
            new SocketsHandler(
                stage.environment(), stage.tables(), stage.sockets(sockets), clock, stage.random()),
            new Connection(owner, stage.newConnectionId(), now))
        .play(contact);
  }

  private void play(String contact) throws IOException {
    stage.play(function, event("CONNECT", "$connect"));
    message("typing", Json.object().put("recipient_id", contact).put("is_typing", true));
    message(
        "send",
        Json.object()
            .put("message_id", Ids.timeOrdered(socket.connectedAt(), stage.random()))
            .put("recipient_id", contact)
            .put("encrypted_content", "content")
            .put("encrypted_session_key", "key"));
    message(
        "delivery_confirmation",
        Json.object().put("message_id", stage.newId()).put("sender_id", contact));
    ObjectNode ids = Json.object();
    ids.putArray("message_ids").add(stage.newId());
    message("acknowledge", ids);
    message("ping", Json.object());
    stage.play(function, event("DISCONNECT", "$disconnect"));
  }

  private void message(String type, ObjectNode payload) throws IOException {
    ObjectNode frame = Json.object().put("type", type).set("payload", payload);
    JsonNode answer = stage.play(function, event("MESSAGE", type).put("body", frame.toString()));
    if (answer.path("body").asText().contains("\"error\"")) {
      throw new IllegalStateException(type + " was refused: " + answer.path("body").asText());
    }
  }

  private ObjectNode event(String eventType, String routeKey) {
    ObjectNode event = Json.object();
    event
        .putObject("requestContext")
        .put("eventType", eventType)
        .put("routeKey", routeKey)
        .put("connectionId", socket.connectionId())
        .put("connectedAt", socket.connectedAt().toEpochMilli())
        .putObject("authorizer")
        .put("principalId", socket.userId());
    return event;
  }
}
