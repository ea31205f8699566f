package io.quantchat.cli;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import java.util.Optional;
import java.util.UUID;

/** A conversation in lines alone, for pipes and files. What isn't a message begins with dashes. */
final class PlainScreen implements ChatScreen {

  private final Shell shell;
  private final ChatLines lines;
  private final PipedLines input;
  private final Rows rows;

  PlainScreen(Shell shell, ChatLines lines) {
    this.shell = shell;
    this.lines = lines;
    this.input = new PipedLines(shell.in());
    this.rows = Rows.of(shell);
  }

  @Override
  public Optional<String> readLine() {
    return input.next(this::isShown);
  }

  @Override
  public void message(Message message) {
    shell.say(rows.block(lines.head(message), lines.text(message)));
  }

  @Override
  public void state(Message message) {
    dashed(lines.moved(message));
  }

  /** Where it has come to; on its way it would fill the screen. */
  @Override
  public void file(UUID messageId, MessageFile file) {
    if (file.state().isSettled()) {
      dashed(lines.file(file));
    }
  }

  @Override
  public void typing(boolean typing) {
    dashed(lines.typing(typing));
  }

  @Override
  public void presence(boolean online) {
    dashed(lines.presence(online));
  }

  @Override
  public void connection(boolean open) {
    dashed(ChatLines.connection(open));
  }

  @Override
  public void note(String event, String text) {
    dashed(text);
  }

  private void dashed(String text) {
    shell.say("-- " + text.replace("\n", "\n-- "));
  }

  @Override
  public boolean isShown() {
    return shell.isSaid();
  }

  @Override
  public void close() {
    shell.out().flush();
  }
}
