package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.rehearsal.RehearsedAccount;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A message is sent to somebody who is connected, fetched, read again, and acknowledged. */
final class RelayRehearsal {

  private RelayRehearsal() {}

  /** Plays it once. */
  static void play(
      Environment environment,
      DynamoDbClient dynamoDb,
      ApiGatewayManagementApiClient sockets,
      Clock clock)
      throws IOException, GeneralSecurityException {
    var stage = new RehearsalStage(environment, dynamoDb, clock);
    var function =
        new RelayHandler(
            stage.environment(), stage.tables(), stage.sockets(sockets), clock, stage.random());
    Instant now = clock.instant();
    String sender = stage.newId();
    String recipient = RehearsedAccount.enter(stage, environment.get(Variable.ACCOUNTS_TABLE), now);
    new ConnectionStore(stage.props(), environment.get(Variable.CONNECTIONS_TABLE), clock)
        .add(new Connection(recipient, stage.newConnectionId(), now));
    String senderToken = stage.tokenOf(sender);
    String recipientToken = stage.tokenOf(recipient);

    stage.play(
        function, stage.request("POST", "/relay/send", senderToken, message(stage, recipient)));
    JsonNode pending =
        stage.play(function, stage.request("GET", "/relay/pending", recipientToken, null));
    ObjectNode conversation =
        stage.request("GET", "/messages/conversation/{contact_id}", recipientToken, null);
    conversation.putObject("pathParameters").put("contact_id", sender);
    stage.play(function, conversation);
    String messageId =
        Json.MAPPER
            .readTree(pending.path("body").asText())
            .path("messages")
            .path(0)
            .path("id")
            .textValue();
    stage.play(
        function,
        stage.request(
            "POST",
            "/relay/acknowledge",
            recipientToken,
            Json.object().put("message_id", messageId)));
  }

  private static ObjectNode message(RehearsalStage stage, String recipient) {
    var content = new byte[700];
    stage.random().nextBytes(content);
    return Json.object()
        .put("recipient_id", recipient)
        .put("encrypted_content", Base64.getEncoder().encodeToString(content))
        .set("encrypted_session_key", Json.object().put("encrypted_key", "key").put("iv", "nonce"));
  }
}
