package io.quantchat.client.markdown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the messages of a file. From the first line of a message on, until its export ends, only
 * lines with the export's name begin another: whatever texts hold is text.
 */
final class Blocks {

  private static final Pattern DIGEST = Pattern.compile(Field.DIGEST + ":.*");

  private static final Pattern ID =
      Pattern.compile(Field.ID + ": \\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\s*");

  private final List<Line> lines;
  private final Set<ExportName> trusted;
  private final List<Block> blocks = new ArrayList<>();
  private int at;

  private Blocks(List<Line> lines) {
    this.lines = lines;
    this.trusted = repeated(lines);
  }

  /** Names that stand more than once. One that doesn't is damaged, or of a damaged export. */
  private static Set<ExportName> repeated(List<Line> lines) {
    var once = new HashSet<ExportName>();
    return lines.stream()
        .flatMap(
            line ->
                Head.read(line.text()).map(Head::export).or(() -> ExportName.ended(line)).stream())
        .filter(name -> !once.add(name))
        .collect(Collectors.toSet());
  }

  static List<Block> of(List<Line> lines) {
    var reading = new Blocks(lines);
    reading.read();
    return reading.blocks;
  }

  private void read() {
    while (at < lines.size()) {
      Optional<Head> head = head(at);
      if (head.isPresent()) {
        export(head.get());
      } else if (beginsEarlier(at)) {
        earlier(lines.get(at).end());
      } else {
        at++;
      }
    }
  }

  private Optional<Head> head(int index) {
    return index < lines.size() ? Head.read(lines.get(index).text()) : Optional.empty();
  }

  /** All of one export. */
  private void export(Head first) {
    Optional<Head> next = Optional.of(first);
    while (next.isPresent()) {
      next = message(next.get());
    }
  }

  /** One message; the head of the next one of its export, at which the reader then is. */
  private Optional<Head> message(Head head) {
    int line = lines.get(at).number();
    int end = at + 1;
    while (end < lines.size() && !isEdge(end, head.export())) {
      end++;
    }
    List<Line> all = lines.subList(at + 1, end);
    int fields = 0;
    while (fields < all.size() && !DIGEST.matcher(all.get(fields).bare()).matches()) {
      fields++;
    }
    fields = Math.min(all.size(), fields + 1);
    while (fields < all.size() && isMore(all.get(fields))) {
      fields++;
    }
    Optional<Head> next = head(end).filter(other -> other.export().equals(head.export()));
    List<Line> body = withoutRules(all.subList(fields, all.size()), next.isPresent());
    blocks.add(new Block(Optional.of(head), head.number(), line, all.subList(0, fields), body));
    at = head(end).isPresent() ? end : Math.min(end + 1, lines.size());
    return next;
  }

  private static boolean isMore(Line line) {
    return line.bare().startsWith(Field.MORE + ": ");
  }

  private boolean isEdge(int index, ExportName export) {
    Line line = lines.get(index);
    return ExportName.ended(line).filter(export::equals).isPresent()
        || head(index)
            .filter(head -> head.export().equals(export) || !trusted.contains(export))
            .isPresent();
  }

  /** Without the rule that ends the head, and the one that begins the next. */
  private static List<Line> withoutRules(List<Line> body, boolean hasNext) {
    int from = 0;
    while (from < body.size() && body.get(from).isBlank()) {
      from++;
    }
    from = from < body.size() && body.get(from).isAnyRule() ? from + 1 : from;
    int to = body.size();
    while (to > from && body.get(to - 1).isBlank()) {
      to--;
    }
    to = hasNext && to > from && body.get(to - 1).isAnyRule() ? to - 1 : to;
    return body.subList(from, to);
  }

  /** A rule, and an id below it, in lines that end alike. */
  private boolean beginsEarlier(int index) {
    return index + 1 < lines.size()
        && lines.get(index).isRule()
        && lines.get(index).end().equals(lines.get(index + 1).end())
        && ID.matcher(lines.get(index + 1).text()).matches();
  }

  /**
   * A message of an earlier export. Its texts may hold any other line end, so only lines that end
   * as its first one does are its structure.
   */
  private void earlier(String style) {
    int line = lines.get(at).number();
    int fields = at + 1;
    while (fields < lines.size() && !isRule(fields, style)) {
      fields++;
    }
    int from = Math.min(fields + 1, lines.size());
    int to = from;
    while (to < lines.size()
        && !(isRule(to, style) && (beginsEarlier(to) || head(to + 1).isPresent()))) {
      to++;
    }
    blocks.add(
        new Block(
            Optional.empty(),
            blocks.size() + 1,
            line,
            lines.subList(Math.min(at + 1, fields), fields),
            lines.subList(from, to)));
    at = to;
  }

  private boolean isRule(int index, String style) {
    Line line = lines.get(index);
    boolean isLast = index == lines.size() - 1;
    boolean isBehindAnother = index == 0 || lines.get(index - 1).end().equals(style);
    return line.isRule() && isBehindAnother && (line.end().equals(style) || isLast);
  }
}
