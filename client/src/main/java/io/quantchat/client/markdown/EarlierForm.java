package io.quantchat.client.markdown;

import io.quantchat.client.model.Message;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a message of an export that has no digests, as well as can be. */
final class EarlierForm {

  /** A line of a text that was escaped. */
  private static final Pattern ESCAPED = Pattern.compile("(?md)^\\\\(\\\\*---)$");

  /** What the original client leaves behind a text. */
  private static final Pattern INDENTED_END = Pattern.compile("\n {2}\n*$");

  private static final Pattern LINE_END = Pattern.compile("\r\n");

  private EarlierForm() {}

  /**
   * @param certain whether it is known in which encoding the file is
   * @throws IllegalArgumentException where it can't be read; it says why
   */
  static Message read(Block block, UUID self, boolean certain) {
    var fields = new MessageFields();
    for (Line line : block.fields()) {
      String written = line.text();
      int colon = written.indexOf(": ");
      if (colon < 1) {
        throw new IllegalArgumentException("line " + line.number() + " is no field of it");
      }
      fields.add(written.substring(0, colon), FieldValue.readPlain(written.substring(colon + 2)));
    }
    String text = text(block, fields);
    if (fields.has(Field.DIGEST) || fields.has(Field.EXACT) || text.contains(ExportName.BEFORE)) {
      throw new IllegalArgumentException("the line " + Field.EXPORT + " of it is missing");
    }
    if (!certain && !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("the file isn't UTF-8");
    }
    fields.drop(Field.IMPORTED);
    return fields.message(text, self);
  }

  /** Without the empty lines around it. */
  private static String text(Block block, MessageFields fields) {
    String style = block.fields().isEmpty() ? "\n" : block.fields().getFirst().end();
    String body =
        block.body().stream().map(line -> line.text() + line.end()).collect(Collectors.joining());
    String lines = style.equals("\r\n") ? LINE_END.matcher(body).replaceAll("\n") : body;
    lines = lines.endsWith("\n") ? lines : lines + "\n";
    int start = lines.startsWith("\n") ? 1 : 0;
    if (!fields.has(Field.STATE) && INDENTED_END.matcher(lines).find()) {
      return INDENTED_END.matcher(lines.substring(start)).replaceFirst("");
    }
    int end = lines.endsWith("\n\n") ? lines.length() - 2 : lines.length() - 1;
    return ESCAPED.matcher(lines.substring(start, Math.max(start, end))).replaceAll("$1");
  }
}
