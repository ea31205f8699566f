package io.quantchat.infra.local.socket;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The events of a socket that no gateway has: as one would write them, for functions elsewhere. */
public final class EventsOfOneSocket {
  private static final String HOST = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
  private static final String METHOD_ARN =
      "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live/$connect";
  private static final long AUTHORIZER_MILLIS = 87;

  private final SocketIds ids = new SocketIds(new SecureRandom());
  private final SocketEvents events;
  private final UpgradeRequest request;
  private Client client;

  /** A socket that is opened now, with this query. */
  public EventsOfOneSocket(Map<String, String> query, Clock clock) {
    this.events = new SocketEvents("a1b2c3d4e5", "live", METHOD_ARN, clock);
    this.request = request(query, ids.traceId(clock.instant().getEpochSecond()));
    this.client =
        new Client(
            ids.next(), clock.millis(), HOST, "203.0.113.9", Optional.of("demo/1.0"), Map.of());
  }

  /** What the authorizer is asked about. */
  public String methodArn() {
    return METHOD_ARN;
  }

  /** The authorizer's event. */
  public byte[] authorizer() {
    return events.authorizer(client, request, ids.next());
  }

  /**
   * The event of {@code $connect}.
   *
   * @param authorized what the authorizer gave: {@code principalId} and its context; repeated in
   *     all later events
   */
  public byte[] connect(Map<String, String> authorized) {
    client = client.authorized(authorized);
    return events.connect(client, request, ids.next(), AUTHORIZER_MILLIS);
  }

  /** The event of a text message. */
  public byte[] message(String routeKey, String body) {
    return events.message(client, routeKey, ids.next(), ids.next(), body);
  }

  /** The event of a socket that its client closed without a code. */
  public byte[] disconnect() {
    return events.disconnect(client, ids.next(), CloseReason.NO_CODE);
  }

  private static UpgradeRequest request(Map<String, String> query, String traceId) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Connection", List.of("upgrade"));
    headers.put("content-length", List.of("0"));
    headers.put("Host", List.of(HOST));
    headers.put("Sec-WebSocket-Key", List.of("c2l4dGVlbiBieXRlcyE0Mg=="));
    headers.put("Sec-WebSocket-Version", List.of("13"));
    headers.put("Upgrade", List.of("websocket"));
    headers.put("User-Agent", List.of("demo/1.0"));
    headers.put("X-Amzn-Trace-Id", List.of(traceId));
    headers.put("X-Forwarded-For", List.of("203.0.113.9"));
    headers.put("X-Forwarded-Port", List.of("443"));
    headers.put("X-Forwarded-Proto", List.of("https"));
    Map<String, List<String>> values = new TreeMap<>();
    query.forEach((name, value) -> values.put(name, List.of(value)));
    return new UpgradeRequest(headers, values);
  }
}
