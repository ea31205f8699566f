package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One who takes messages over a socket and acknowledges them, many at once. */
final class Recipient implements Receiver {

  private static final int BATCH = 25;
  private static final byte[] NEW_MESSAGE = Texts.ascii("\"type\":\"new_message\"");
  private static final byte[] MESSAGE_ID = Texts.ascii("\"message_id\":\"");
  private static final byte[] DONE = Texts.ascii("\"status\":\"acknowledged\"");

  private final FrameConnection socket;
  private final MessageLog log;
  private final List<String> unacknowledged = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();

  private Recipient(FrameConnection socket, MessageLog log) {
    this.socket = socket;
    this.log = log;
  }

  static Recipient open(URI socketUrl, String token, MessageLog log) throws IOException {
    Recipient recipient = new Recipient(FrameConnection.open(socketUrl, token), log);
    Thread.ofPlatform().daemon().name("recipient").start(recipient::receive);
    return recipient;
  }

  private void receive() {
    try {
      while (socket.next()) {
        take(socket.text(), System.nanoTime());
      }
    } catch (IOException closed) {
      // What this socket would have brought is missing in the log, which says so.
    }
  }

  private void take(ByteBuffer frame, long now) throws IOException {
    if (Texts.find(frame, NEW_MESSAGE, 0) < 0) {
      countAcknowledged(frame);
      return;
    }
    int at = Texts.find(frame, MESSAGE_ID, 0) + MESSAGE_ID.length;
    log.arrived(MessageIds.numberOf(frame, at), now);
    byte[] id = new byte[MessageIds.LENGTH];
    frame.get(at, id);
    synchronized (unacknowledged) {
      unacknowledged.add(new String(id, StandardCharsets.US_ASCII));
      if (unacknowledged.size() == BATCH) {
        acknowledge();
      }
    }
  }

  private void countAcknowledged(ByteBuffer frame) {
    for (int at = Texts.find(frame, DONE, 0); at >= 0; at = Texts.find(frame, DONE, at + 1)) {
      acknowledged.incrementAndGet();
    }
  }

  /** Acknowledges what waits for its batch to fill. */
  @Override
  public void flush() {
    try {
      synchronized (unacknowledged) {
        if (!unacknowledged.isEmpty()) {
          acknowledge();
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("A recipient's socket broke", broken);
    }
  }

  private void acknowledge() throws IOException {
    asked.addAndGet(unacknowledged.size());
    socket.send(
        "{\"type\":\"acknowledge\",\"payload\":{\"message_ids\":[\""
            + String.join("\",\"", unacknowledged)
            + "\"]}}");
    unacknowledged.clear();
  }

  /** Whether all that it asked to delete is deleted. */
  @Override
  public boolean isSettled() {
    return asked.get() == acknowledged.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
