package io.quantchat.client.markdown;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Writes messages as Markdown. */
public final class MarkdownExport {

  static final String RULE = "---";

  /** Characters of a value that stand in one line. */
  private static final int LINE = 60;

  private static final Pattern FIELD_NAME = Pattern.compile("[a-z][a-z0-9_]{0,20}");

  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final UUID self;
  private final StringBuilder markdown = new StringBuilder();

  private MarkdownExport(UUID self) {
    this.self = self;
  }

  /**
   * Writes an export.
   *
   * @param self whose messages these are
   * @param random what nobody can foresee
   */
  public static String write(List<Message> messages, UUID self, RandomGenerator random) {
    return write(messages, self, ExportName.draw(messages, random));
  }

  static String write(List<Message> messages, UUID self, ExportName name) {
    var export = new MarkdownExport(self);
    for (int i = 0; i < messages.size(); i++) {
      export.add(messages.get(i), new Head(name, i + 1, messages.size()));
    }
    return messages.isEmpty() ? "" : export.markdown.append(name.end()).append('\n').toString();
  }

  private void add(Message message, Head head) {
    List<Field> fields = fields(message);
    line(RULE);
    line(head.line());
    fields.forEach(this::field);
    field(new Field(Field.DIGEST, head.digest(fields, message.text())));
    line(RULE);
    line("");
    line(forPeople(message.text()));
    line("");
  }

  private List<Field> fields(Message message) {
    var fields = new ArrayList<Field>();
    fields.add(new Field(Field.ID, message.id().toString()));
    fields.add(new Field(Field.FROM, message.senderId().toString()));
    UUID recipient = message.isIncoming() ? self : message.contactId();
    fields.add(new Field(Field.TO, recipient.toString()));
    fields.add(new Field(Field.TIMESTAMP, time(message.created())));
    Map<String, Object> details = new LinkedHashMap<>(claims(message));
    fields.add(new Field(Field.STATE, state(details.remove(Field.STATE))));
    if (message.isImported()) {
      fields.add(new Field(Field.IMPORTED, FieldValue.write(true)));
    }
    details.forEach((name, value) -> fields.add(detail(name, value)));
    if (!SteadyText.is(message.text())) {
      fields.add(new Field(Field.EXACT, FieldValue.encoded(List.of(message.text()))));
    }
    return fields;
  }

  private static String state(Object claimed) {
    return claimed instanceof String state ? state : MessageState.IMPORTED.wireName();
  }

  /** Its details and its state; of an imported message what the file said that it came from. */
  private static Map<String, Object> claims(Message message) {
    if (message.isImported()) {
      return Json.object(message.details().get(Message.CLAIMED)).orElse(Map.of());
    }
    var claims = new LinkedHashMap<>(message.details());
    claims.put(Field.STATE, message.state().wireName());
    return claims;
  }

  private static Field detail(String name, Object value) {
    return FIELD_NAME.matcher(name).matches() && !Field.RESERVED.contains(name)
        ? new Field(name, FieldValue.write(value))
        : new Field(Field.DETAIL, FieldValue.encoded(Arrays.asList(name, value)));
  }

  private void field(Field field) {
    String value = field.value();
    line(field.name() + ": " + value.substring(0, Math.min(LINE, value.length())));
    for (int from = LINE; from < value.length(); from += LINE) {
      line(Field.MORE + ": " + value.substring(from, Math.min(from + LINE, value.length())));
    }
  }

  private void line(String line) {
    markdown.append(line).append('\n');
  }

  private static String time(Instant time) {
    return RFC_3339.format(time);
  }

  /**
   * A text as people see it: what ends a line does, and what can't be seen, or changes how other
   * text is seen, is a mark. It has nothing that begins a message, not even in a file that lacks
   * its beginning.
   */
  private static String forPeople(String text) {
    var shown = new StringBuilder();
    text.replaceAll("\\R", "\n")
        .codePoints()
        .map(character -> isHarmless(character) ? character : 0xFFFD)
        .forEach(shown::appendCodePoint);
    String harmless = SteadyText.RULE.matcher(shown).replaceAll("· · ·");
    return SteadyText.HEAD.matcher(harmless).replaceAll("quant·chat");
  }

  private static boolean isHarmless(int character) {
    return switch (character) {
      case '\n', '\t' -> true;
      case 0xFEFF, 0x061C, 0x200E, 0x200F -> false;
      default ->
          Character.getType(character) != Character.CONTROL
              && Character.getType(character) != Character.SURROGATE
              && !(character >= 0x202A && character <= 0x202E)
              && !(character >= 0x2066 && character <= 0x2069);
    };
  }
}
