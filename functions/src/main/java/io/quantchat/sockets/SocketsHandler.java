package io.quantchat.sockets;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.push.Connection;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.relay.Acknowledgement;
import io.quantchat.relay.Draft;
import io.quantchat.relay.RelayService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/** Every route of the WebSocket API. */
public final class SocketsHandler implements RequestStreamHandler {

  private static final int MOST_ACKNOWLEDGED = 100;

  private final SignalService signals;
  private final RelayService relay;
  private final Clock clock;
  private final Limits limits;
  private final OpenSockets openSockets;
  private final SocketRoutes routes;

  /** Called by Lambda. */
  public SocketsHandler() {
    this(Rehearsal.onLambda(SocketsHandler::new, SocketsRehearsal::play));
  }

  /** The function on this host. */
  public SocketsHandler(Host host) {
    var pushes = Pushes.of(host);
    var presence = PresenceService.of(host, pushes);
    var sessions = SessionService.of(host, presence);
    this.signals = SignalService.of(host, pushes);
    this.relay = RelayService.of(host, pushes);
    this.clock = host.clock();
    this.limits = Limits.of(host);
    this.openSockets = OpenSockets.of(host, limits);
    this.routes =
        new SocketRoutes(
                pushes,
                socket -> openSockets.open(socket, sessions),
                presence::closed,
                Metrics.of(host))
            .oneWay("typing", this::typing)
            .oneWay("read_confirmation", this::read)
            .oneWay("delivery_confirmation", this::delivered)
            .twoWay("send", this::send)
            .twoWay("acknowledge", this::acknowledge)
            .twoWay("ping", this::ping);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private void typing(Connection from, Frame frame) {
    Fields payload = frame.payload();
    String recipientId = payload.id("recipient_id");
    boolean isTyping = payload.flag("is_typing");
    payload.check();
    limits.charge(Limit.SIGNALS, from.userId(), 1);
    signals.typing(from.userId(), recipientId, isTyping);
  }

  private void read(Connection from, Frame frame) {
    Confirmation confirmed = Confirmation.read(frame.payload());
    limits.charge(Limit.SIGNALS, from.userId(), 1);
    signals.read(from.userId(), confirmed);
  }

  private void delivered(Connection from, Frame frame) {
    Confirmation confirmed = Confirmation.read(frame.payload());
    limits.charge(Limit.SIGNALS, from.userId(), 1);
    signals.delivered(from.userId(), confirmed);
  }

  private Event ping(Connection from, Frame frame) {
    limits.charge(Limit.SIGNALS, from.userId(), 1);
    return new Event(Event.Type.PONG, Json.object());
  }

  /** The answer names the message, so the frame has to: answers may overtake each other. */
  private Event send(Connection from, Frame frame) {
    Fields payload = frame.payload();
    if (payload.value("message_id").isEmpty()) {
      payload.reject("message_id", "is required, a UUID of version 7 (RFC 9562)");
    }
    Draft draft = Draft.read(payload, clock.instant());
    limits.chargeEach(from.userId(), Limit.SENDS, Limit.SENDS_OF_DAY);
    return new Event(
        Event.Type.MESSAGE_QUEUED, relay.send(from.userId(), draft, from.connectionId()).toJson());
  }

  private Event acknowledge(Connection from, Frame frame) {
    Fields payload = frame.payload();
    List<String> messageIds = payload.ids("message_ids", MOST_ACKNOWLEDGED);
    payload.check();
    limits.charge(Limit.READS, from.userId(), 1);
    return new Event(
        Event.Type.ACKNOWLEDGED,
        Json.object()
            .set("results", Acknowledgement.toJson(relay.acknowledge(from.userId(), messageIds))));
  }
}
