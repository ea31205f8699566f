package io.quantchat.infra.bench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** One who sends to one recipient, over one connection. */
final class Sender implements AutoCloseable {

  /** 1 kB, as it stands in the request. */
  private static final int CONTENT_LENGTH = 1024;

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String ID_PLACE = "0".repeat(MessageIds.LENGTH);

  private final HttpConnection connection;
  private final MessageIds ids;
  private final MessageLog log;
  private final byte[] request;
  private final int idAt;

  Sender(
      URI restUrl,
      String token,
      String recipientId,
      MessageIds ids,
      MessageLog log,
      RandomGenerator random)
      throws IOException {
    this.connection = HttpConnection.open(restUrl);
    this.ids = ids;
    this.log = log;
    byte[] body = body(recipientId, ID_PLACE, random).getBytes(StandardCharsets.US_ASCII);
    this.request = HttpConnection.request(restUrl, "POST", "/relay/send", token, body);
    this.idAt = new String(request, StandardCharsets.US_ASCII).indexOf(ID_PLACE);
  }

  /** A send's body, with content that doesn't compress. */
  static String body(String recipientId, String messageId, RandomGenerator random) {
    StringBuilder content = new StringBuilder(CONTENT_LENGTH);
    for (int i = 0; i < CONTENT_LENGTH; i++) {
      content.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return """
    {"recipient_id":"%s","message_id":"%s","encrypted_content":"%s","encrypted_session_key":"%s"}\
    """
        .formatted(recipientId, messageId, content, content.substring(0, 124));
  }

  /** Sends one after the other, each when the one before is answered, until then; one at least. */
  void sendUntil(long deadline) {
    do {
      send(System.nanoTime());
    } while (System.nanoTime() < deadline && !log.isFull());
  }

  /**
   * Sends on a schedule, whatever the server does: one that is late because the one before wasn't
   * answered counts from when it was due.
   */
  void sendEvery(long first, long interval, long deadline) {
    for (long due = first; due < deadline && !log.isFull(); due += interval) {
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      send(due);
    }
  }

  private void send(long intended) {
    int number = log.begin(intended);
    ids.write(System.currentTimeMillis(), number, request, idAt);
    try {
      log.answered(number, connection.exchange(request));
    } catch (IOException broken) {
      throw new UncheckedIOException("A sender's connection broke", broken);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
