package io.quantchat.client.markdown;

import io.quantchat.client.model.Message;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an export calls itself: no text of somebody's can know it. */
record ExportName(String value) {

  static final String BEFORE = "<!-- end of export ";
  private static final String BEHIND = " -->";
  private static final Pattern END = Pattern.compile(BEFORE + "([0-9a-f]{16})" + BEHIND);

  /** A new one, that no text of these happens to hold. */
  static ExportName draw(List<Message> messages, RandomGenerator random) {
    while (true) {
      String drawn = HexFormat.of().toHexDigits(random.nextLong());
      if (messages.stream().noneMatch(message -> message.text().contains(drawn))) {
        return new ExportName(drawn);
      }
    }
  }

  /** The last line of the export. */
  String end() {
    return BEFORE + value + BEHIND;
  }

  /** The export whose last line this is; nothing where it is another line. */
  static Optional<ExportName> ended(Line line) {
    if (!line.text().contains(BEFORE)) {
      return Optional.empty();
    }
    Matcher matcher = END.matcher(line.bare());
    return matcher.matches() ? Optional.of(new ExportName(matcher.group(1))) : Optional.empty();
  }
}
