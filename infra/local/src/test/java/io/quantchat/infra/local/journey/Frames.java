package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.contract.ContractCheck;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What comes in over one socket. Every frame is held against the contract when it is asked for. */
final class Frames implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractCheck contract;
  private final StringBuilder partial = new StringBuilder();
  private final ArrayDeque<String> arrived = new ArrayDeque<>();
  private final List<String> setAside = new ArrayList<>();
  private int closeCode;

  Frames(ContractCheck contract) {
    this.contract = contract;
  }

  /**
   * The payload of the next frame of this type; frames of other types are kept for later, because
   * nothing orders frames.
   */
  synchronized JsonNode next(String type) throws InterruptedException {
    long deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (true) {
      while (!arrived.isEmpty()) {
        String frame = arrived.poll();
        contract.pushedFrame(frame);
        setAside.add(frame);
      }
      for (Iterator<String> frames = setAside.iterator(); frames.hasNext(); ) {
        JsonNode frame = parse(frames.next());
        if (frame.path("type").asText().equals(type)) {
          frames.remove();
          return frame.path("payload");
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || closeCode != 0) {
        throw new AssertionError(
            "No frame of type " + type + " came, but " + setAside + "; close code " + closeCode);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** What has come and nobody asked for, in the order of its arrival. */
  synchronized List<JsonNode> rest() {
    for (String frame : arrived) {
      contract.pushedFrame(frame);
    }
    List<JsonNode> rest =
        Stream.concat(setAside.stream(), arrived.stream()).map(Frames::parse).toList();
    setAside.clear();
    arrived.clear();
    return rest;
  }

  /** The code that the server closed with. */
  synchronized int closeCode() throws InterruptedException {
    long deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (closeCode == 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("The socket is still open");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return closeCode;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    synchronized (this) {
      partial.append(data);
      if (last) {
        arrived.add(partial.toString());
        partial.setLength(0);
        notifyAll();
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public synchronized CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closeCode = code;
    notifyAll();
    return null;
  }

  @Override
  public synchronized void onError(WebSocket socket, Throwable error) {
    closeCode = 1006;
    notifyAll();
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + frame, e);
    }
  }
}
