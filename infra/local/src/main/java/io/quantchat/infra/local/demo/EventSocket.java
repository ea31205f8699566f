package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open socket and the events that came over it. */
final class EventSocket {

  /**
   * An event that the server pushed.
   *
   * @param arrivedAt when, by {@link System#nanoTime}
   */
  record Event(String type, JsonNode payload, long arrivedAt) {}

  private final BlockingQueue<Event> arrived;
  private final WebSocket socket;

  private EventSocket(BlockingQueue<Event> arrived, WebSocket socket) {
    this.arrived = arrived;
    this.socket = socket;
  }

  static EventSocket open(HttpClient client, URI url, String token) throws Difference {
    BlockingQueue<Event> arrived = new LinkedBlockingQueue<>();
    URI withToken = URI.create(url + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    try {
      WebSocket socket =
          client.newWebSocketBuilder().buildAsync(withToken, new Events(arrived)).join();
      return new EventSocket(arrived, socket);
    } catch (CompletionException refused) {
      // The cause's own message may hold the URL, and with it the token.
      throw new Difference(
          "an open socket",
          refused.getCause() instanceof WebSocketHandshakeException handshake
              ? "status " + handshake.getResponse().statusCode()
              : "no answer from " + url.getAuthority());
    }
  }

  void send(String type, JsonNode payload) {
    socket
        .sendText(Wire.object().put("type", type).set("payload", payload).toString(), true)
        .join();
  }

  /** The next event of the type; what comes before it is of no interest. */
  Event await(String type, Duration longest) throws Difference {
    long deadline = System.nanoTime() + longest.toNanos();
    List<String> others = new ArrayList<>();
    while (true) {
      Event event = next(deadline);
      if (event == null) {
        throw new Difference(
            "event " + type,
            (others.isEmpty() ? "no event" : String.join(", ", others))
                + " within "
                + longest.toMillis()
                + " ms");
      }
      if (event.type().equals(type)) {
        return event;
      }
      others.add(event.type());
    }
  }

  private Event next(long deadline) {
    try {
      return arrived.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an event", e);
    }
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private static final class Events implements WebSocket.Listener {
    private final BlockingQueue<Event> arrived;
    private final StringBuilder text = new StringBuilder();

    Events(BlockingQueue<Event> arrived) {
      this.arrived = arrived;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      long now = System.nanoTime();
      text.append(part);
      if (last) {
        JsonNode frame = Wire.readOrMissing(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        arrived.add(new Event(frame.path("type").asText(), frame.path("payload"), now));
      }
      return WebSocket.Listener.super.onText(socket, part, last);
    }
  }
}
