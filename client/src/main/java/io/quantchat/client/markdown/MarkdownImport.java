package io.quantchat.client.markdown;

import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads messages that were written as Markdown, by this program or by the original client. */
public final class MarkdownImport {

  /** A line of a text that was escaped. */
  private static final Pattern ESCAPED = Pattern.compile("(?md)^\\\\(\\\\*---)$");

  /** An export begins with a rule. */
  private static final Pattern FOREIGN_LINES = Pattern.compile("\\s*---\r\n");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String RULE_LINE = MarkdownExport.RULE + "\n";

  private final UUID self;
  private final String markdown;
  private int position;

  private MarkdownImport(String markdown, UUID self) {
    String lines = asWritten(markdown);
    this.markdown = lines.endsWith("\n") ? lines : lines + "\n";
    this.self = self;
  }

  /**
   * Reads the messages in their order.
   *
   * @param self whose messages these are
   * @throws ImportException where a block can't be read; it says which
   */
  public static List<Message> read(String markdown, UUID self) {
    return new MarkdownImport(markdown, self).messages();
  }

  /** An editor may have put a mark before it, or changed how its lines end. */
  private static String asWritten(String markdown) {
    String text = markdown.startsWith(BYTE_ORDER_MARK) ? markdown.substring(1) : markdown;
    return FOREIGN_LINES.matcher(text).lookingAt() ? text.replace("\r\n", "\n") : text;
  }

  private List<Message> messages() {
    var messages = new ArrayList<Message>();
    position = nextRule(0);
    if (position == markdown.length() && !markdown.isBlank()) {
      throw new ImportException("There are no messages in it: is it an export?");
    }
    while (position < markdown.length()) {
      position += RULE_LINE.length();
      try {
        Map<String, Object> fields = fields();
        messages.add(message(fields, text()));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new ImportException(
            "Message " + (messages.size() + 1) + " can't be read: " + e.getMessage(), e);
      }
    }
    return messages;
  }

  private Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    while (position < markdown.length() && !markdown.startsWith(RULE_LINE, position)) {
      int end = markdown.indexOf('\n', position);
      String line = markdown.substring(position, end);
      int colon = line.indexOf(": ");
      if (colon < 1) {
        throw new IllegalArgumentException("a line of its fields has no name and value.");
      }
      fields.put(line.substring(0, colon), FieldValue.read(line.substring(colon + 2)));
      position = end + 1;
    }
    position += RULE_LINE.length();
    return fields;
  }

  /** Up to the next block, without the empty lines around it. */
  private String text() {
    int from = Math.min(position, markdown.length());
    int to = nextRule(from);
    position = to;
    String block = markdown.substring(from, to);
    int start = block.startsWith("\n") ? 1 : 0;
    int end = block.endsWith("\n\n") ? block.length() - 2 : block.length() - 1;
    return ESCAPED.matcher(block.substring(start, Math.max(start, end))).replaceAll("$1");
  }

  /** Where the next line that is a rule begins; the end where there is none. */
  private int nextRule(int from) {
    if (markdown.startsWith(RULE_LINE, from)) {
      return from;
    }
    int found = markdown.indexOf("\n" + RULE_LINE, from);
    return found < 0 ? markdown.length() : found + 1;
  }

  private Message message(Map<String, Object> fields, String text) {
    UUID id = UUID.fromString(take(fields, MarkdownExport.ID));
    UUID from = UUID.fromString(take(fields, MarkdownExport.FROM));
    UUID to = UUID.fromString(take(fields, MarkdownExport.TO));
    if (!from.equals(self) && !to.equals(self)) {
      throw new IllegalArgumentException("it is of another account.");
    }
    Instant created =
        Instant.parse(take(fields, MarkdownExport.TIMESTAMP)).truncatedTo(ChronoUnit.MILLIS);
    // The original client's exports don't say it: what was exported had been sent, or read.
    MessageState state =
        fields.remove(MarkdownExport.STATE) instanceof String name
            ? MessageState.named(name)
            : from.equals(self) ? MessageState.SENT : MessageState.READ;
    UUID contact = from.equals(self) ? to : from;
    return new Message(id, from, contact, created, state, text, fields);
  }

  private static String take(Map<String, Object> fields, String name) {
    if (fields.remove(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("its field " + name + " is missing.");
  }
}
