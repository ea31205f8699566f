package io.quantchat.client.wire;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One open socket. Frames are JSON objects {@code {type, payload}}. */
public final class Socket implements AutoCloseable {

  /** The gateway's limit for one frame of a client's, bytes. */
  public static final int LARGEST_FRAME = 32 * 1024;

  /** The gateway sends 128 KiB at most. */
  private static final int LARGEST_INCOMING = 256 * 1024;

  private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);

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
   * @throws ServerUnreachableException where it can't be opened now
   */
  public static Socket open(HttpClient http, URI socketUrl, String ticket, Events events) {
    URI url =
        URI.create(socketUrl + "?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
    var listening = new Listening(events);
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .connectTimeout(LONGEST_HANDSHAKE)
              .buildAsync(url, listening)
              .join();
      return new Socket(socket, listening);
    } catch (CompletionException e) {
      // Not the cause: its message may hold the URL, and that the ticket.
      throw new ServerUnreachableException("The socket can't be opened: try again later.");
    }
  }

  /**
   * Sends a frame, behind those that are on their way. That it was lost is told by {@link
   * Events#closed}.
   */
  public void send(String type, Map<String, ?> payload) {
    sendText(
        new String(Wire.write(Map.of("type", type, "payload", payload)), StandardCharsets.UTF_8));
  }

  /**
   * Sends a frame with these bytes for a payload.
   *
   * @return false where they don't fit
   */
  public boolean sendWhole(String type, byte[] payload) {
    String frame =
        "{\"type\":\""
            + type
            + "\",\"payload\":"
            + new String(payload, StandardCharsets.UTF_8)
            + "}";
    if (frame.getBytes(StandardCharsets.UTF_8).length > LARGEST_FRAME) {
      return false;
    }
    sendText(frame);
    return true;
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

  /** What comes in, on threads of the HTTP client's, one at a time. */
  public interface Events {

    void frame(String type, Map<String, Object> payload);

    /** The connection is gone; said once. */
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
      Optional<Map<String, Object>> object = Wire.read(frame).flatMap(Wire::object);
      Optional<String> type = object.flatMap(found -> Wire.text(found, "type"));
      if (type.isPresent() && open.get()) {
        events.frame(
            type.get(),
            object.flatMap(found -> Wire.object(found.get("payload"))).orElse(Map.of()));
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
