package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ItemCodec;
import io.quantchat.infra.database.item.KeyBytes;
import io.quantchat.infra.database.storage.Storage;
import io.quantchat.infra.database.storage.StorageException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Deletes what has expired, a few items at a time, so that nobody waits long for it. An item is
 * deleted only if it is still as it was when it was found expired.
 *
 * <p>An item expires by a number that holds epoch seconds; one of more than five years ago is taken
 * for no time at all.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html">Using
 *     time to live</a>
 */
final class Reaper implements AutoCloseable {

  /** Between two looks at all tables. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** Between two steps within a look. */
  private static final Duration BREATH = Duration.ofMillis(20);

  private static final int MOST_LOOKED_AT = 1_000;
  private static final int MOST_DELETED = 100;
  private static final Duration OLDEST = Duration.ofDays(5 * 365);

  private final Storage storage;
  private final TableCatalog catalog;
  private final RequestTokens tokens;
  private final Clock clock;
  private final Optional<Duration> lateness;
  private final Thread thread;

  Reaper(Storage storage, TableCatalog catalog, RequestTokens tokens, Settings settings) {
    this.storage = storage;
    this.catalog = catalog;
    this.tokens = tokens;
    this.clock = settings.clock();
    this.lateness = settings.reaping();
    this.thread = Thread.ofVirtual().name("reaper").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Looks through all tables once.
   *
   * @return how many items it deleted
   */
  int reap() {
    try {
      return reap(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reaping.", e);
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        lookAgain();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** What can't be deleted now is looked at again the next time. */
  private void lookAgain() throws InterruptedException {
    try {
      reap(BREATH);
    } catch (StorageException failed) {
      System.getLogger(Reaper.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "What has expired stays for now: {0}",
              failed.getMessage());
    }
  }

  private int reap(Duration breath) throws InterruptedException {
    int deleted = 0;
    for (Table table : catalog.all()) {
      if (lateness.isPresent() && table.timeToLive().isPresent()) {
        deleted += reap(table, table.timeToLive().get(), breath);
      }
    }
    tokens.forgetOld(storage);
    return deleted;
  }

  private int reap(Table table, String attribute, Duration breath) throws InterruptedException {
    int deleted = 0;
    byte[] from = null;
    while (table.equals(catalog.find(table.name()))) {
      var step = new Step(attribute);
      storage.scan(table.space(), new Storage.Range(from, null, true), step);
      deleted += delete(table, step.expired);
      if (!step.isCut) {
        break;
      }
      from = KeyBytes.justBehind(step.last);
      Thread.sleep(breath);
    }
    return deleted;
  }

  private int delete(Table table, List<Row> expired) {
    if (expired.isEmpty()) {
      return 0;
    }
    return storage.change(
        change -> {
          int deleted = 0;
          for (Row row : expired) {
            byte[] now = change.get(table.space(), row.key());
            if (now != null && Arrays.equals(now, row.value())) {
              change.delete(table.space(), row.key());
              deleted++;
            }
          }
          return deleted;
        });
  }

  private boolean isExpired(AttributeValue time) {
    if (time == null || time.n() == null) {
      return false;
    }
    var seconds = new BigDecimal(time.n());
    long now = clock.instant().minus(lateness.orElseThrow()).getEpochSecond();
    return seconds.compareTo(BigDecimal.valueOf(now)) <= 0
        && seconds.compareTo(BigDecimal.valueOf(clock.instant().minus(OLDEST).getEpochSecond()))
            >= 0;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private record Row(byte[] key, byte[] value) {}

  /** Looks at some rows and notes which have expired. */
  private final class Step implements Storage.Reader {
    private final String attribute;
    private final List<Row> expired = new ArrayList<>();
    private int lookedAt;
    private byte[] last;
    private boolean isCut;

    Step(String attribute) {
      this.attribute = attribute;
    }

    @Override
    public boolean read(byte[] key, byte[] value) {
      last = key;
      lookedAt++;
      if (isExpired(ItemCodec.decode(value).get(attribute))) {
        expired.add(new Row(key, value));
      }
      isCut = lookedAt == MOST_LOOKED_AT || expired.size() == MOST_DELETED;
      return !isCut;
    }
  }
}
