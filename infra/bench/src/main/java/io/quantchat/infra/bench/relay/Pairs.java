package io.quantchat.infra.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Pairs of a sender and a recipient, each with an account of their own. */
final class Pairs implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

  /**
   * @param id the account's
   * @param token an access token
   */
  private record Account(String id, String token) {}

  private final URI restUrl;
  private final MessageLog log;
  private final List<Account> recipientAccounts = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Recipient> recipients = new ArrayList<>();
  private String awayId = "";

  private Pairs(URI restUrl, MessageLog log) {
    this.restUrl = restUrl;
    this.log = log;
  }

  static Pairs meet(
      RunningInstance instance, int count, MessageLog log, MessageIds ids, RandomGenerator random)
      throws IOException {
    Pairs pairs = new Pairs(instance.restUrl(), log);
    try (HttpConnection rest = HttpConnection.open(instance.restUrl())) {
      for (int i = 0; i < count; i++) {
        Account sender = register(rest, random);
        Account recipient = register(rest, random);
        pairs.recipientAccounts.add(recipient);
        pairs.senders.add(
            new Sender(instance.restUrl(), sender.token(), recipient.id(), ids, log, random));
        pairs.recipients.add(Recipient.open(instance.socketUrl(), recipient.token(), log));
      }
      // One to someone who is away: the item that bare puts are measured with.
      Account away = register(rest, random);
      pairs.storeOne(rest, away, ids, random);
    }
    return pairs;
  }

  /** Whose one pending message stays in the table, as an example of an item. */
  String awayId() {
    return awayId;
  }

  private void storeOne(HttpConnection rest, Account away, MessageIds ids, RandomGenerator random)
      throws IOException {
    Account sender = register(rest, random);
    byte[] id = new byte[MessageIds.LENGTH];
    ids.write(System.currentTimeMillis(), 0xABCDEF, id, 0);
    String body = Sender.body(away.id(), new String(id, StandardCharsets.US_ASCII), random);
    rest.call("POST", "/relay/send", sender.token(), body, 201);
    awayId = away.id();
  }

  private static Account register(HttpConnection rest, RandomGenerator random) throws IOException {
    byte[] drawn = new byte[12];
    random.nextBytes(drawn);
    String name = HexFormat.of().formatHex(drawn);
    String body = "{\"email\":\"%s@example.org\",\"password\":\"%s\"}".formatted(name, name);
    JsonNode answer = MAPPER.readTree(rest.call("POST", "/auth/register", "", body, 201));
    return new Account(answer.path("user_id").asText(), answer.path("access_token").asText());
  }

  int count() {
    return senders.size();
  }

  /** All send at once, each as fast as answers come. Returns when each has its last answer. */
  void sendUntil(long deadline) {
    each((sender, index) -> sender.sendUntil(deadline));
  }

  /** All together send so many a second, evenly spread. */
  void sendAtRate(double perSecond, Duration time) {
    long apart = (long) (1e9 / perSecond);
    long first = System.nanoTime() + apart;
    long deadline = first + time.toNanos();
    each(
        (sender, index) ->
            sender.sendEvery(first + index * apart, apart * senders.size(), deadline));
  }

  private void each(BiConsumer<Sender, Integer> task) {
    CountDownLatch done = new CountDownLatch(senders.size());
    AtomicReference<RuntimeException> broken = new AtomicReference<>();
    for (int i = 0; i < senders.size(); i++) {
      int index = i;
      Thread.ofPlatform()
          .daemon()
          .name("sender-" + i)
          .start(
              () -> {
                try {
                  task.accept(senders.get(index), index);
                } catch (RuntimeException e) {
                  broken.compareAndSet(null, e);
                } finally {
                  done.countDown();
                }
              });
    }
    await(done);
    if (broken.get() != null) {
      throw broken.get();
    }
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending", e);
    }
  }

  /** Waits until what was sent since has arrived and is deleted, but no longer than it may take. */
  void drain(int since) {
    long deadline = System.nanoTime() + LONGEST_DRAIN.toNanos();
    await(deadline, () -> log.allDelivered(since, log.size()));
    recipients.forEach(Recipient::flush);
    await(deadline, () -> recipients.stream().allMatch(Recipient::isSettled));
  }

  private static void await(long deadline, BooleanSupplier condition) {
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Looks for what is still pending, and notes it in the log; how much there is. */
  int countPending() throws IOException {
    int found = 0;
    try (HttpConnection rest = HttpConnection.open(restUrl)) {
      for (Account recipient : recipientAccounts) {
        String cursor = "";
        do {
          JsonNode page =
              MAPPER.readTree(
                  rest.call(
                      "GET", "/relay/pending?limit=100" + cursor, recipient.token(), "", 200));
          for (JsonNode message : page.path("messages")) {
            byte[] id = message.path("id").asText().getBytes(StandardCharsets.US_ASCII);
            log.foundPending(MessageIds.numberOf(ByteBuffer.wrap(id), 0));
            found++;
          }
          cursor =
              page.path("next_cursor").isTextual()
                  ? "&cursor=" + page.path("next_cursor").asText()
                  : "";
        } while (!cursor.isEmpty());
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (Sender sender : senders) {
      sender.close();
    }
    for (Recipient recipient : recipients) {
      recipient.close();
    }
  }
}
