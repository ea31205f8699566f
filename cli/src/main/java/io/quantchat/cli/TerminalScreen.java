package io.quantchat.cli;

import io.quantchat.client.model.FileState;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A conversation at a terminal: messages scroll above, the line being typed stays below, and its
 * prompt says how things are. Nothing that is typed is kept in a file.
 */
final class TerminalScreen implements ChatScreen {

  private static final String DASHES = "-- ";

  /** Milliseconds; what was typed is there already. */
  private static final long SHORTEST_WAIT = 1;

  /** Keys that change the line. */
  private static final String[] EDITS = {
    LineReader.SELF_INSERT, LineReader.BACKWARD_DELETE_CHAR, LineReader.BEGIN_PASTE
  };

  private final Terminal terminal;
  private final TypedLine reader;
  private final ChatLines lines;
  private final TypingSignal typingSignal;
  private final Scroll scroll;

  private volatile boolean connected;
  private volatile boolean online;
  private volatile boolean typing;

  /** How far the file is that is on its way. */
  private volatile String transfer = "";

  /** The newest message of one's own; null before there is one. */
  private volatile Message last;

  private TerminalScreen(Terminal terminal, ChatLines lines, TypingSignal typingSignal) {
    this.terminal = terminal;
    this.lines = lines;
    this.typingSignal = typingSignal;
    this.reader = new TypedLine(terminal, this::resized);
    this.scroll = new Scroll(terminal, reader::printAbove);
    // While no line is read; while one is, the line hears of it first.
    terminal.handle(Terminal.Signal.WINCH, signal -> resized());
  }

  static TerminalScreen open(ChatLines lines, TypingSignal typingSignal) {
    try {
      // By stty, which every POSIX system has: without native code of its own.
      Terminal terminal = TerminalBuilder.builder().system(true).exec(true).dumb(true).build();
      var screen = new TerminalScreen(terminal, lines, typingSignal);
      screen.watchKeys();
      // For all of the conversation: what is typed while no line is read isn't echoed in between.
      Attributes unused = terminal.enterRawMode();
      screen.dropWhatWasTypedBefore();
      return screen;
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The terminal can't be used.", e);
    }
  }

  /** Who has typed a secret once too often must not find it in a message. */
  private void dropWhatWasTypedBefore() throws IOException {
    boolean dropped = false;
    while (terminal.reader().read(SHORTEST_WAIT) >= 0) {
      dropped = true;
    }
    if (dropped) {
      aside("what you typed until now is dropped, for it may have been a secret");
    }
  }

  private void watchKeys() {
    for (String edit : EDITS) {
      Widget widget = reader.getWidgets().get(edit);
      reader.getWidgets().put(edit, () -> edited(widget));
    }
    // What has changed since the last line was read.
    reader
        .getWidgets()
        .put(
            LineReader.CALLBACK_INIT,
            () -> {
              reader.setPrompt(prompt());
              return true;
            });
  }

  private boolean edited(Widget widget) {
    boolean done = widget.apply();
    String line = reader.getBuffer().toString();
    if (line.isEmpty() || line.startsWith(Conversation.COMMAND)) {
      typingSignal.stopped();
    } else {
      typingSignal.keystroke();
    }
    return done;
  }

  @Override
  public Optional<String> readLine() {
    while (true) {
      try {
        String line = reader.readLine(prompt());
        typingSignal.stopped();
        return Optional.of(line);
      } catch (UserInterruptException e) {
        typingSignal.stopped();
        if (e.getPartialLine().isEmpty()) {
          return Optional.empty();
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void message(Message message) {
    if (!message.isIncoming()) {
      last = message;
    }
    scroll.add(new Scroll.Said(message, lines));
    redraw();
  }

  /** A failure scrolls by as well; the rest is in the prompt. */
  @Override
  public void state(Message message) {
    Message newest = last;
    if (newest == null || newest.id().equals(message.id())) {
      last = message;
    }
    scroll.moved(message, lines);
    if (message.state() == MessageState.FAILED) {
      aside(lines.moved(message));
    }
    redraw();
  }

  @Override
  public void reissued(UUID oldId, Message message) {
    Message newest = last;
    if (newest != null && newest.id().equals(oldId)) {
      last = message;
    }
    scroll.replace(oldId, message, lines);
    redraw();
  }

  /** On its way it is in the prompt, where it has come to it scrolls by. */
  @Override
  public void file(UUID messageId, MessageFile file) {
    if (file.state().isSettled()) {
      transfer = "";
      aside(lines.file(file));
    } else {
      transfer = " " + (file.state() == FileState.FETCHING ? "↓" : "↑") + FileLines.percent(file);
    }
    redraw();
  }

  @Override
  public void typing(boolean isTyping) {
    typing = isTyping;
    redraw();
  }

  @Override
  public void presence(boolean isOnline) {
    online = isOnline;
    redraw();
  }

  @Override
  public void connection(boolean open) {
    if (connected != open) {
      connected = open;
      aside(ChatLines.connection(open));
      redraw();
    }
  }

  @Override
  public void note(String event, String text) {
    aside(text);
    redraw();
  }

  private void aside(String text) {
    scroll.add(new Scroll.Aside(DASHES + text));
  }

  /** A percent sign would be read as the beginning of a time or a colour. */
  private String prompt() {
    Message newest = last;
    String state = newest == null ? "" : " " + Mark.of(newest);
    String presence = connected ? (online ? "●" : "○") : "offline";
    return (lines.name() + " " + presence + (typing ? " typing…" : "") + transfer + state)
            .replace("%", "%%")
        + " > ";
  }

  private void redraw() {
    reader.setPrompt(prompt());
    if (reader.isReading()) {
      try {
        reader.callWidget(LineReader.REDISPLAY);
      } catch (IllegalStateException e) {
        // The line was finished meanwhile: the next one begins with the new prompt.
      }
    }
  }

  private void resized() {
    scroll.resized();
  }

  @Override
  public boolean isShown() {
    return !terminal.writer().checkError();
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The terminal can't be set back.", e);
    }
  }
}
