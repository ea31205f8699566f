package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerUnreachableException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One open socket. Frames are JSON objects {@code {type, payload}}; each is sent behind those that
 * are on their way, and that one was lost is told by {@link Events#closed}.
 */
public final class Socket implements AutoCloseable {

  /** The gateway's limit for one frame of a client's, bytes. */
  private static final int LARGEST_FRAME = 32 * 1024;

  /** The gateway sends 128 KiB at most. */
  private static final int LARGEST_INCOMING = 256 * 1024;

  private final WebSocket socket;
  private final Listening listening;

  /** A WebSocket takes one text at a time: the next one waits for the last. */
  private CompletableFuture<WebSocket> sending;

  private Socket(WebSocket socket, Listening listening) {
    this.socket = socket;
    this.listening = listening;
    this.sending = CompletableFuture.completedFuture(socket);
  }

  /**
   * Opens one.
   *
   * @param longest how long that may take
   * @throws ServerUnreachableException where it can't be opened now
   */
  public static Socket open(
      HttpClient http, URI socketUrl, String ticket, Duration longest, Events events) {
    URI url =
        URI.create(socketUrl + "?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
    var listening = new Listening(events);
    try {
      WebSocket socket =
          http.newWebSocketBuilder().connectTimeout(longest).buildAsync(url, listening).join();
      return new Socket(socket, listening);
    } catch (CompletionException e) {
      throw Obstacle.to(url, e);
    }
  }

  /** What to say where sockets are opened, and nothing comes over them. */
  public static ServerUnreachableException carriesNothing(URI socketUrl) {
    return new ServerUnreachableException(
        "The server can't be reached at "
            + Obstacle.place(socketUrl)
            + ": it opens sockets, but nothing comes over them. Try again later.");
  }

  /** Asks for an answer, of any kind. */
  public void ping() {
    send("ping", Map.of());
  }

  /** Tells somebody that the user types, or has stopped. */
  public void typing(UUID recipientId, boolean typing) {
    send("typing", Map.of("recipient_id", recipientId.toString(), "is_typing", typing));
  }

  /**
   * Tells a message's sender that it was delivered, or read, as its state says.
   *
   * @param proof for the sender alone to check; nothing where it can't be made
   */
  public void confirm(Message message, Optional<byte[]> proof) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("message_id", message.id().toString());
    payload.put("sender_id", message.senderId().toString());
    proof.ifPresent(bytes -> payload.put("proof", Base64.getEncoder().encodeToString(bytes)));
    send(
        message.state() == MessageState.READ ? "read_confirmation" : "delivery_confirmation",
        payload);
  }

  /**
   * @param messageIds at most 100; what isn't there any more does no harm
   */
  public void acknowledge(List<UUID> messageIds) {
    send("acknowledge", Map.of("message_ids", messageIds.stream().map(UUID::toString).toList()));
  }

  /**
   * Hands a message to the relay.
   *
   * @param request the send request's JSON
   * @return false where it doesn't fit into a frame
   */
  public boolean send(byte[] request) {
    String frame =
        "{\"type\":\"send\",\"payload\":" + new String(request, StandardCharsets.UTF_8) + "}";
    if (frame.getBytes(StandardCharsets.UTF_8).length > LARGEST_FRAME) {
      return false;
    }
    sendText(frame);
    return true;
  }

  private void send(String type, Map<String, ?> payload) {
    sendText(Json.text(Json.whole(Map.of("type", type, "payload", payload))));
  }

  private synchronized void sendText(String frame) {
    sending =
        sending
            .thenCompose(ready -> ready.sendText(frame, true))
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    socket.abort();
                    listening.end();
                  }
                });
  }

  public boolean isOpen() {
    return listening.open.get();
  }

  /** Says goodbye; nothing more is told of this socket. */
  @Override
  public synchronized void close() {
    listening.open.set(false);
    sending =
        sending
            .thenCompose(ready -> ready.sendClose(WebSocket.NORMAL_CLOSURE, ""))
            .orTimeout(1, TimeUnit.SECONDS)
            .whenComplete((sent, failure) -> socket.abort());
  }

  /** Cuts the connection; nothing more is told of this socket. */
  public void abort() {
    listening.open.set(false);
    socket.abort();
  }

  /** Is told what comes in, on threads of the HTTP client's, one thing at a time. */
  public interface Events {

    void frame(Frame frame);

    /**
     * The connection is gone; said once. The JDK's WebSocket loses an end that comes without a
     * goodbye while a frame is being told: that one shows when something more is sent.
     */
    void closed();
  }

  private static final class Listening implements WebSocket.Listener {

    private final Events events;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final StringBuilder text = new StringBuilder();

    Listening(Events events) {
      this.events = events;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > LARGEST_INCOMING) {
        webSocket.abort();
        end();
        return null;
      }
      if (last) {
        String frame = text.toString();
        text.setLength(0);
        tell(frame);
      }
      webSocket.request(1);
      return null;
    }

    /** Frames without a type are the gateway's own: nothing is lost by passing them over. */
    private void tell(String frame) {
      Optional<Map<String, Object>> object = Json.read(frame).flatMap(Json::object);
      Optional<String> type = object.flatMap(found -> Json.string(found, "type"));
      if (type.isPresent() && open.get()) {
        Map<String, Object> payload =
            object.flatMap(found -> Json.object(found.get("payload"))).orElse(Map.of());
        events.frame(Frame.of(type.get(), payload));
      }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      end();
    }

    private void end() {
      if (open.getAndSet(false)) {
        events.closed();
      }
    }
  }
}
