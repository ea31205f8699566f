package io.quantchat.sockets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.SocketTickets;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.tokens.Caller;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Somebody opens a socket with a token, and one with a ticket. */
final class AuthorizerRehearsal {

  private AuthorizerRehearsal() {}

  /** Plays it once. */
  static void play(Environment environment, DynamoDbClient dynamoDb, Clock clock)
      throws IOException, GeneralSecurityException {
    var stage = new RehearsalStage(environment, dynamoDb, clock);
    var function = new SocketAuthorizer(stage.environment(), stage.tables(), clock, stage.random());
    String userId = stage.newId();
    String ticket =
        new SocketTickets(
                stage.props(), environment.get(Variable.SESSIONS_TABLE), clock, stage.random())
            .issue(new Caller(userId, stage.newId()));

    stage.play(function, handshake("token", stage.tokenOf(userId)));
    stage.play(function, handshake("ticket", ticket));
  }

  private static ObjectNode handshake(String parameter, String value) {
    ObjectNode event = Json.object().put("type", "REQUEST").put("methodArn", "rehearsal");
    event.putObject("queryStringParameters").put(parameter, value);
    return event;
  }
}
