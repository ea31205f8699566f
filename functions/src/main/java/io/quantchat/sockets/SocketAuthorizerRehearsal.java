package io.quantchat.sockets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.auth.RehearsedSessions;
import io.quantchat.auth.SocketTickets;
import io.quantchat.http.Json;
import io.quantchat.rehearsal.RehearsalStage;
import io.quantchat.tokens.Caller;
import java.io.IOException;

/** Somebody opens a socket with a token, with one of an earlier session, and with a ticket. */
final class SocketAuthorizerRehearsal {

  private SocketAuthorizerRehearsal() {}

  /** Plays it once. */
  static void play(RehearsalStage stage) throws IOException {
    String userId = stage.newId();
    Caller caller = RehearsedSessions.begin(stage, userId);
    String ticket = SocketTickets.of(stage.props()).issue(caller);

    stage.play(handshake("token", stage.tokenOf(caller)));
    stage.play(
        handshake("token", stage.tokenOf(RehearsedSessions.beginEarlier(stage, stage.newId()))));
    stage.play(handshake("ticket", ticket));
  }

  private static ObjectNode handshake(String parameter, String value) {
    ObjectNode event = Json.object().put("type", "REQUEST").put("methodArn", "rehearsal");
    event.putObject("queryStringParameters").put(parameter, value);
    return event;
  }
}
