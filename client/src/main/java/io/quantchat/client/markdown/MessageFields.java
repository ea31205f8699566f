package io.quantchat.client.markdown;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** The fields of one message by their names. What can't be right says so as an exception. */
final class MessageFields {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final Map<String, Object> values = new LinkedHashMap<>();

  void add(String name, Object value) {
    if (values.containsKey(name)) {
      throw new IllegalArgumentException("its field " + name + " is there twice");
    }
    values.put(name, value);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Takes a field that must be there. */
  String take(String name) {
    if (values.remove(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("its field " + name + " is missing");
  }

  void drop(String name) {
    values.remove(name);
  }

  /**
   * The message; fields that aren't known are its details.
   *
   * @param self whose messages these are
   */
  Message message(String text, UUID self) {
    UUID id = id(Field.ID);
    UUID from = id(Field.FROM);
    UUID to = id(Field.TO);
    if (!from.equals(self) && !to.equals(self)) {
      throw new IllegalArgumentException("it is of another account");
    }
    boolean isOwn = from.equals(self);
    Instant created = time();
    MessageState state = state(isOwn);
    return new Message(id, from, isOwn ? to : from, created, state, text, values);
  }

  static boolean isId(String written) {
    return UUID_FORM.matcher(written).matches();
  }

  private UUID id(String name) {
    String written = take(name).toLowerCase(Locale.ROOT);
    if (!isId(written)) {
      throw new IllegalArgumentException("its field " + name + " is no id");
    }
    return UUID.fromString(written);
  }

  private Instant time() {
    try {
      Instant time = Instant.parse(take(Field.TIMESTAMP)).truncatedTo(ChronoUnit.MILLIS);
      if (time.isBefore(FIRST) || time.isAfter(LAST)) {
        throw new IllegalArgumentException("its time is none that a message can have");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its field " + Field.TIMESTAMP + " is no time", e);
    }
  }

  /** The original client's exports don't say it: what was exported had been sent, or read. */
  private MessageState state(boolean isOwn) {
    if (has(Field.STATE)) {
      return MessageState.named(take(Field.STATE));
    }
    return isOwn ? MessageState.SENT : MessageState.READ;
  }
}
