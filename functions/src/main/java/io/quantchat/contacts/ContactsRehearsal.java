package io.quantchat.contacts;

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
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Somebody adds a contact who is connected, lists contacts, blocks, unblocks and removes one. */
final class ContactsRehearsal {

  private static final String BLOCK = "/contacts/{contact_id}/block";

  private ContactsRehearsal() {}

  /** Plays it once. */
  static void play(
      Environment environment,
      DynamoDbClient dynamoDb,
      ApiGatewayManagementApiClient sockets,
      Clock clock)
      throws IOException, GeneralSecurityException {
    var stage = new RehearsalStage(environment, dynamoDb, clock);
    var function =
        new ContactsHandler(stage.environment(), stage.tables(), stage.sockets(sockets), clock);
    Instant now = clock.instant();
    String accounts = environment.get(Variable.ACCOUNTS_TABLE);
    String token = stage.tokenOf(RehearsedAccount.enter(stage, accounts, now));
    String contact = RehearsedAccount.enter(stage, accounts, now);
    new ConnectionStore(stage.props(), environment.get(Variable.CONNECTIONS_TABLE), clock)
        .add(new Connection(contact, stage.newConnectionId(), now));

    stage.play(
        function,
        stage.request("POST", "/contacts", token, Json.object().put("contact_id", contact)));
    stage.play(function, stage.request("GET", "/contacts", token, null));
    stage.play(function, about(contact, stage.request("PUT", BLOCK, token, null)));
    stage.play(function, about(contact, stage.request("DELETE", BLOCK, token, null)));
    stage.play(
        function, about(contact, stage.request("DELETE", "/contacts/{contact_id}", token, null)));
  }

  private static ObjectNode about(String contact, ObjectNode event) {
    event.putObject("pathParameters").put("contact_id", contact);
    return event;
  }
}
