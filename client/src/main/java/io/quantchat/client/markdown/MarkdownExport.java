package io.quantchat.client.markdown;

import io.quantchat.client.model.Message;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes messages as Markdown. */
public final class MarkdownExport {

  static final String RULE = "---";
  static final String ID = "id";
  static final String FROM = "from";
  static final String TO = "to";
  static final String TIMESTAMP = "timestamp";
  static final String STATE = "state";

  /** A line of a text that is a rule, or one that was escaped. */
  private static final Pattern LOOKS_LIKE_A_RULE = Pattern.compile("(?md)^\\\\*---$");

  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MarkdownExport() {}

  /**
   * @param self whose messages these are
   */
  public static String write(List<Message> messages, UUID self) {
    var markdown = new StringBuilder();
    for (Message message : messages) {
      UUID recipient = message.isIncoming() ? self : message.contactId();
      markdown.append(RULE).append('\n');
      field(markdown, ID, message.id().toString());
      field(markdown, FROM, message.senderId().toString());
      field(markdown, TO, recipient.toString());
      field(markdown, TIMESTAMP, time(message.created()));
      field(markdown, STATE, message.state().wireName());
      message.details().forEach((name, value) -> field(markdown, name, value));
      markdown.append(RULE).append("\n\n").append(escaped(message.text())).append("\n\n");
    }
    return markdown.toString();
  }

  private static void field(StringBuilder markdown, String name, Object value) {
    markdown.append(name).append(": ").append(FieldValue.write(value)).append('\n');
  }

  private static String time(Instant time) {
    return RFC_3339.format(time);
  }

  /** Lines end with a line feed alone: whatever else a text holds is a part of its lines. */
  private static String escaped(String text) {
    return LOOKS_LIKE_A_RULE.matcher(text).replaceAll("\\\\$0");
  }
}
