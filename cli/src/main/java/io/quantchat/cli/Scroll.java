package io.quantchat.cli;

import io.quantchat.client.model.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/**
 * What scrolls by at a terminal. A terminal that gets another width breaks what is on it anew, by
 * itself and without margins: then what fits on it is written again.
 */
final class Scroll {

  /** More than a screen has. */
  private static final int MOST_KEPT = 500;

  /** The typed line's own. */
  private static final int ROWS_BELOW = 1;

  /** Of a terminal that doesn't say how high it is. */
  private static final int USUAL_HEIGHT = 24;

  private final Terminal terminal;
  private final Consumer<String> print;
  private final Deque<Entry> kept = new ArrayDeque<>();
  private Size size;

  /**
   * @param print writes above the typed line
   */
  Scroll(Terminal terminal, Consumer<String> print) {
    this.terminal = terminal;
    this.print = print;
    this.size = terminal.getSize();
  }

  /** What scrolls by: one message, or one note. */
  sealed interface Entry {

    List<String> rows(Rows rows);

    AttributedString styled(String row, boolean isFirst);
  }

  /** What somebody said. */
  record Said(Message message, ChatLines lines) implements Entry {

    @Override
    public List<String> rows(Rows rows) {
      return rows.of(lines.head(message), lines.text(message));
    }

    /** Who has said it, in bold, which a text never is. */
    @Override
    public AttributedString styled(String row, boolean isFirst) {
      String head = lines.head(message);
      if (!isFirst || !row.startsWith(head)) {
        return new AttributedString(row);
      }
      var styled = new AttributedStringBuilder();
      styled.append(head, AttributedStyle.BOLD);
      styled.append(row.substring(head.length()));
      return styled.toAttributedString();
    }
  }

  /** What the program says. */
  record Aside(String text) implements Entry {

    @Override
    public List<String> rows(Rows rows) {
      return rows.of(Rows.NOTE, text);
    }

    @Override
    public AttributedString styled(String row, boolean isFirst) {
      return new AttributedString(row, AttributedStyle.DEFAULT.faint());
    }
  }

  synchronized void add(Entry entry) {
    kept.addLast(entry);
    if (kept.size() > MOST_KEPT) {
      kept.removeFirst();
    }
    print.accept(String.join("\n", written(entry)) + "\n");
  }

  /** A message is written as it is by now, should it be written again. */
  void moved(Message message, ChatLines lines) {
    replace(message.id(), message, lines);
  }

  /** The same where it has another id by now. */
  synchronized void replace(UUID id, Message message, ChatLines lines) {
    List<Entry> all = new ArrayList<>(kept);
    all.replaceAll(
        entry ->
            entry instanceof Said said && said.message().id().equals(id)
                ? new Said(message, lines)
                : entry);
    kept.clear();
    kept.addAll(all);
  }

  /** The terminal may have another size. */
  synchronized void resized() {
    Size now = terminal.getSize();
    if (Objects.equals(now, size)) {
      return;
    }
    size = now;
    print.accept(cleared() + String.join("\n", fitting()) + "\n");
  }

  /** The last rows, as many as there is room for. */
  private List<String> fitting() {
    int room = (size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT) - ROWS_BELOW - 1;
    Deque<String> rows = new ArrayDeque<>();
    var newestFirst = kept.descendingIterator();
    while (newestFirst.hasNext() && rows.size() < room) {
      written(newestFirst.next()).reversed().forEach(rows::addFirst);
    }
    return rows.stream().skip(Math.max(0, rows.size() - room)).toList();
  }

  private List<String> written(Entry entry) {
    List<String> rows = entry.rows(Rows.ofTerminal(size.getColumns()));
    var written = new ArrayList<String>();
    for (String row : rows) {
      written.add(unbroken(entry.styled(row, written.isEmpty()).toAnsi(terminal)));
    }
    return written;
  }

  /** A terminal that takes a character for wider than it was taken for here cuts the row off. */
  private String unbroken(String row) {
    return terminal.getType().startsWith(Terminal.TYPE_DUMB) ? row : "\033[?7l" + row + "\033[?7h";
  }

  private String cleared() {
    String clear = terminal.getStringCapability(Capability.clear_screen);
    return clear == null ? "" : "\033[H\033[2J";
  }
}
