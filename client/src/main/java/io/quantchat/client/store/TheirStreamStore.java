package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.Numbers;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.StreamPlace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What has come of what others have numbered, and what hasn't. */
public final class TheirStreamStore {

  /** A sender begins another epoch seldom: those before are of no more use. */
  private static final int MOST_EPOCHS = 16;

  private static final String HIGHEST = "highest";
  private static final String MISSING = "missing";
  private static final String NO_MORE = "no_more";
  private static final String NOTICED = "noticed_ms";
  private static final String TOLD = "told";
  private static final String TIMES = "times";
  private static final String NEXT = "next_ms";

  private final Database database;
  private final SealedJson json;

  TheirStreamStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  public Optional<Heard> find(UUID senderId, UUID epoch) {
    return database.first(
        "SELECT * FROM heard WHERE sender_id = ? AND epoch = ?", this::heard, senderId, epoch);
  }

  public void keep(Heard heard) {
    database.write(
        """
        INSERT INTO heard (sender_id, epoch, open, state) VALUES (?, ?, ?, ?)
        ON CONFLICT (sender_id, epoch) DO UPDATE SET open = excluded.open, state = excluded.state
        """,
        heard.senderId(),
        heard.epoch(),
        heard.missing().isEmpty() && heard.told() == 0 ? 0L : 1L,
        json.seal(place(heard.senderId(), heard.epoch()), toMap(heard)));
    database.write(
        """
        DELETE FROM heard WHERE sender_id = ? AND rowid NOT IN
          (SELECT rowid FROM heard WHERE sender_id = ? ORDER BY rowid DESC LIMIT ?)
        """,
        heard.senderId(),
        heard.senderId(),
        (long) MOST_EPOCHS);
  }

  /** All, in the order in which they began. */
  public List<Heard> all() {
    return database.all("SELECT * FROM heard ORDER BY rowid", this::heard);
  }

  /** Those in which something is missing, or was. */
  public List<Heard> open() {
    return database.all("SELECT * FROM heard WHERE open = 1 ORDER BY rowid", this::heard);
  }

  /** How far a sender's last epoch has come; nothing where none has begun. */
  public Optional<StreamPlace> last(UUID senderId) {
    return database
        .first(
            "SELECT * FROM heard WHERE sender_id = ? ORDER BY rowid DESC LIMIT 1",
            this::heard,
            senderId)
        .map(heard -> new StreamPlace(heard.epoch(), heard.highest()));
  }

  /** So many of a sender's messages are missing, as far as that was told. */
  public long told(UUID senderId) {
    return open().stream()
        .filter(heard -> heard.senderId().equals(senderId))
        .mapToLong(Heard::told)
        .sum();
  }

  /** The sender has another identity: what was before is over. */
  public void forget(UUID senderId) {
    database.write("DELETE FROM heard WHERE sender_id = ?", senderId);
    database.write("DELETE FROM asked WHERE sender_id = ?", senderId);
  }

  private Heard heard(Row row) {
    UUID senderId = row.id("sender_id");
    UUID epoch = row.id("epoch");
    Map<String, Object> map = json.open(place(senderId, epoch), row.bytes("state"));
    return new Heard(
        senderId,
        epoch,
        number(map, HIGHEST),
        numbers(map.get(MISSING)),
        numbers(map.get(NO_MORE)),
        number(map, NOTICED),
        number(map, TOLD),
        number(map, TIMES),
        number(map, NEXT));
  }

  private static Map<String, Object> toMap(Heard heard) {
    return Map.of(
        HIGHEST, heard.highest(),
        MISSING, lists(heard.missing()),
        NO_MORE, lists(heard.noMore()),
        NOTICED, heard.noticed(),
        TOLD, heard.told(),
        TIMES, heard.times(),
        NEXT, heard.next());
  }

  private static List<List<Long>> lists(Numbers numbers) {
    return numbers.spans().stream().map(span -> List.of(span.first(), span.last())).toList();
  }

  private static long number(Map<String, Object> map, String name) {
    return ((Number) map.get(name)).longValue();
  }

  private static Numbers numbers(Object lists) {
    try {
      return new Numbers(
          ((List<?>) lists)
              .stream()
                  .map(span -> (List<?>) span)
                  .map(
                      span ->
                          new Numbers.Span(
                              ((Number) span.get(0)).longValue(),
                              ((Number) span.get(1)).longValue()))
                  .toList());
    } catch (RefusedException e) {
      throw new DamagedException("The store is damaged: a part of it makes no sense.", e);
    }
  }

  private static String place(UUID senderId, UUID epoch) {
    return "heard/" + senderId + "/" + epoch;
  }

  /**
   * What has come of one epoch of a sender's.
   *
   * @param missing up to the highest; the newest, in so many spans as can be asked for
   * @param noMore what the sender says will never come
   * @param noticed when something was first missing, milliseconds; 0 where nothing is
   * @param told how many were last said to be missing
   * @param times how often they were asked for
   * @param next when to ask again, milliseconds
   */
  public record Heard(
      UUID senderId,
      UUID epoch,
      long highest,
      Numbers missing,
      Numbers noMore,
      long noticed,
      long told,
      long times,
      long next) {

    /** One of which nothing has come yet. */
    public static Heard nothing(UUID senderId, UUID epoch) {
      return new Heard(senderId, epoch, 0, Numbers.NONE, Numbers.NONE, 0, 0, 0, 0);
    }

    /** Whether a message of this number has come before, or one that was in its place. */
    public boolean has(long number) {
      return number <= highest && !missing.contains(number) && !noMore.contains(number);
    }

    /** After a message of this number. */
    public Heard with(long number) {
      Numbers one = Numbers.of(number, number);
      Numbers open = number > highest + 1 ? Numbers.of(highest + 1, number - 1) : Numbers.NONE;
      return lacking(
          Math.max(highest, number), missing.with(open).without(one), noMore.without(one));
    }

    /** After the sender's word on what won't come. */
    public Heard without(Numbers never) {
      return never.isEmpty()
          ? this
          : lacking(
              highest, missing.without(never), noMore.with(never).newest(2 * Content.MOST_VOID));
    }

    private Heard lacking(long newHighest, Numbers lacking, Numbers never) {
      Numbers bounded = lacking.newest(Content.MOST_SPANS);
      return bounded.isEmpty()
          ? new Heard(senderId, epoch, newHighest, bounded, never, 0, told, 0, 0)
          : new Heard(senderId, epoch, newHighest, bounded, never, noticed, told, times, next);
    }

    /** So many were said to be missing. */
    public Heard told(long count, long now) {
      return new Heard(
          senderId,
          epoch,
          highest,
          missing,
          noMore,
          noticed == 0 && count > 0 ? now : noticed,
          count,
          times,
          next);
    }

    /** They were asked for. */
    public Heard asked(long nextTime) {
      return new Heard(
          senderId, epoch, highest, missing, noMore, noticed, told, times + 1, nextTime);
    }
  }
}
