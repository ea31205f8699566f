package io.quantchat.cli;

import io.quantchat.client.model.FileState;
import io.quantchat.client.model.MessageFile;

/**
 * Shows how far a file is, to who looks at a terminal, in one line that is gone when it is done.
 */
final class TransferBar {

  private static final String ERASE_LINE = "\r\033[K";
  private static final int WIDTH = 20;
  private static final int LONGEST_NAME = 24;

  private final Shell shell;
  private boolean isShown;

  TransferBar(Shell shell) {
    this.shell = shell;
  }

  synchronized void moved(MessageFile file) {
    if (!shell.tty().is(Tty.ERRORS)) {
      return;
    }
    boolean isMoving =
        file.done() < file.total()
            && (file.state() == FileState.UPLOADING
                || file.state() == FileState.WAITING
                || file.state() == FileState.FETCHING);
    if (isMoving) {
      print(ERASE_LINE + line(file));
      isShown = true;
    } else {
      end();
    }
  }

  private static String line(MessageFile file) {
    int full = (int) (file.done() * WIDTH / Math.max(1, file.total()));
    return "%s [%s%s] %s of %s"
        .formatted(
            name(file),
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            FileLines.percent(file),
            FileLines.size(file.size()));
  }

  private static String name(MessageFile file) {
    String name = Printable.line(file.name());
    int size = name.codePointCount(0, name.length());
    return size > LONGEST_NAME
        ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…"
        : name;
  }

  synchronized void end() {
    if (isShown) {
      print(ERASE_LINE);
      isShown = false;
    }
  }

  private void print(String text) {
    shell.err().print(text);
    shell.err().flush();
  }
}
