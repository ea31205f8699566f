package io.quantchat.cli;

import java.util.HashMap;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/**
 * The line that is typed at a terminal. The keys that move by a character, or delete one, take what
 * people take for one: an emoji that is joined of several, a letter with its marks.
 */
final class TypedLine extends LineReaderImpl {

  private final Runnable resized;

  /**
   * @param resized is called after the terminal has got another size, on any thread
   */
  TypedLine(Terminal terminal, Runnable resized) {
    super(terminal, null, new HashMap<>());
    this.resized = resized;
    // What is typed is a message: no escapes, no quotes, no commands of earlier lines.
    setParser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]));
    option(Option.DISABLE_EVENT_EXPANSION, true);
    option(Option.ERASE_LINE_ON_FINISH, true);
    option(Option.INSERT_TAB, true);
    getWidgets().put(LineReader.BACKWARD_DELETE_CHAR, this::backspace);
    getWidgets().put(LineReader.DELETE_CHAR, this::delete);
    getWidgets().put(LineReader.BACKWARD_CHAR, () -> buf.move(-before()) != 0);
    getWidgets().put(LineReader.FORWARD_CHAR, () -> buf.move(after()) != 0);
    var orList = getWidgets().get(LineReader.DELETE_CHAR_OR_LIST);
    getWidgets()
        .put(
            LineReader.DELETE_CHAR_OR_LIST,
            () -> buf.cursor() < buf.length() ? delete() : orList.apply());
  }

  private boolean backspace() {
    return buf.backspace(before()) > 0;
  }

  private boolean delete() {
    return buf.delete(after()) > 0;
  }

  /** Code points of the character before the cursor. */
  private int before() {
    return Clusters.lastLength(buf.upToCursor());
  }

  private int after() {
    return Clusters.firstLength(buf.substring(buf.cursor()));
  }

  @Override
  protected synchronized void handleSignal(Signal signal) {
    super.handleSignal(signal);
    if (signal == Signal.WINCH) {
      resized.run();
    }
  }
}
