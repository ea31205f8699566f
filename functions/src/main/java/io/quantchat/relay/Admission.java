package io.quantchat.relay;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Parallel;
import io.quantchat.http.Problem;
import io.quantchat.http.RateLimit;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.push.ConnectionStore.Look;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.relay.RelayMessageStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether a queue takes one more message: whether it has room, and whether its sender, if the
 * recipient hasn't added it, may still write today. Each refusal is a 429 that stands for this
 * recipient alone; a message that is refused stays at its sender's.
 *
 * <p>Nothing here asks whether the sender is blocked: both queues of a recipient have the same
 * bound, and a blocked stranger has the allowance of any other.
 */
final class Admission {

  /**
   * What a stranger's message is counted as, beside one for each message: so the allowance bounds
   * messages and bytes at once.
   */
  static final int UNIT_BYTES = 4096;

  /** What an inbox may hold where the template doesn't say. */
  private static final int DEFAULT_MEBIBYTES = 32;

  /** For so long a queue that was found full is taken to be so. */
  static final Duration FULL_FOR = Duration.ofMinutes(5);

  /** When to ask again while somebody looks whether a queue is still full. */
  private static final Duration WHILE_LOOKED_AT = Duration.ofSeconds(5);

  private final Limits limits;
  private final InboxGaugeStore gauge;
  private final RelayMessageStore messages;
  private final Metrics metrics;
  private final long bound;

  /** By the limits, the gauges and the messages of a host. */
  static Admission of(Host host, RelayMessageStore messages) {
    int mebibytes =
        host.environment().has(Variable.INBOX_MEBIBYTES)
            ? host.environment().getInt(Variable.INBOX_MEBIBYTES)
            : DEFAULT_MEBIBYTES;
    return new Admission(
        Limits.of(host),
        InboxGaugeStore.of(host),
        messages,
        Metrics.of(host),
        (long) mebibytes * 1024 * 1024);
  }

  private Admission(
      Limits limits,
      InboxGaugeStore gauge,
      RelayMessageStore messages,
      Metrics metrics,
      long boundBytes) {
    this.limits = limits;
    this.gauge = gauge;
    this.messages = messages;
    this.metrics = metrics;
    this.bound = boundBytes;
  }

  /**
   * Asks for room, and counts a stranger's message.
   *
   * @param look at the recipient's sockets
   * @throws Problem TOO_MANY with the code that says which it was
   */
  void ask(Row row, Look look, Instant now) {
    askForRoom(row.queue(), row.message().recipientId(), look, now);
    if (row.message().fromStranger()) {
      chargeStranger(row.message(), unitsOf(row.bytes()));
    }
  }

  /**
   * Begins to note that a message arrives: errs to both sides, and on average not at all. That it
   * can't be noted keeps nobody from sending.
   */
  Future<Boolean> count(Row row, Instant now) {
    return gauge.counts(row.bytes())
        ? Parallel.start(() -> countOrPass(row, now))
        : CompletableFuture.completedFuture(false);
  }

  private boolean countOrPass(Row row, Instant now) {
    try {
      gauge.count(row.queue(), row.message().recipientId(), row.bytes(), now);
      return true;
    } catch (SdkException uncounted) {
      metrics.count(Metrics.Metric.UNCOUNTED, 1);
      return false;
    }
  }

  /** Takes back what was counted for a message that is none: it had been stored before. */
  void takeBack(Row row) {
    Message message = row.message();
    if (message.fromStranger()) {
      limits.giveBack(Limit.STRANGER, pairOf(message), unitsOf(row.bytes()));
      limits.giveBack(Limit.STRANGERS_OF_RECIPIENT, message.recipientId(), unitsOf(row.bytes()));
    }
  }

  private void askForRoom(Queue queue, String recipientId, Look look, Instant now) {
    InboxGaugeStore.Reading reading = InboxGaugeStore.reading(look, queue);
    if (reading.isFull(now)) {
      throw full(Duration.between(now, reading.fullUntil().orElseThrow()));
    }
    if (!reading.isDue(bound)) {
      return;
    }
    if (!gauge.claimsLook(queue, recipientId, now)) {
      if (reading.fullUntil().isPresent()) {
        throw full(WHILE_LOOKED_AT);
      }
      return;
    }
    long held = messages.bytesIn(queue, recipientId, bound, now);
    if (held >= bound) {
      gauge.set(queue, recipientId, held, Optional.of(now.plus(FULL_FOR)), now);
      throw full(FULL_FOR);
    }
    // An eighth at least may arrive before the next look: looks cost little beside what arrives.
    gauge.set(queue, recipientId, Math.min(held, bound - bound / 8), Optional.empty(), now);
  }

  private Problem full(Duration wait) {
    var room = new RateLimit("inbox", bound, Message.RETENTION, 0, wait);
    return Problem.tooMany(
            "The recipient's inbox is full: keep the message, and send it again later.", room)
        .with(Problem.Code.INBOX_FULL);
  }

  private void chargeStranger(Message message, int units) {
    charge(Limit.STRANGER, pairOf(message), units);
    try {
      charge(Limit.STRANGERS_OF_RECIPIENT, message.recipientId(), units);
    } catch (Problem refused) {
      limits.giveBack(Limit.STRANGER, pairOf(message), units);
      throw refused;
    }
  }

  private void charge(Limit limit, String who, int units) {
    try {
      limits.charge(limit, who, units);
    } catch (Problem refused) {
      throw refused.with(
          Problem.Code.STRANGER_ALLOWANCE,
          "The recipient hasn't added you as a contact, and the stranger allowance is used up for"
              + " now: keep the message, and send it again later.");
    }
  }

  private static String pairOf(Message message) {
    return Limits.pair(message.senderId(), message.recipientId());
  }

  /** One for each message, and for each further 4 kB of it. */
  static int unitsOf(int bytes) {
    return Math.max(1, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
  }
}
