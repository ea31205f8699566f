package io.quantchat.cli;

import java.util.function.Supplier;

/** Says what takes long, to who looks at a terminal; it is gone when that is done. */
final class Progress {

  private static final String ERASE_LINE = "\r\033[K";

  private Progress() {}

  static <T> T during(Shell shell, String what, Supplier<T> work) {
    if (!shell.tty().is(Tty.ERRORS)) {
      return work.get();
    }
    print(shell, what + " …");
    try {
      return work.get();
    } finally {
      print(shell, ERASE_LINE);
    }
  }

  private static void print(Shell shell, String text) {
    shell.err().print(text);
    shell.err().flush();
  }
}
