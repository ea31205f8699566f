package io.quantchat.cli;

import java.util.OptionalInt;

/** The terminal, if there is one. */
interface Tty {

  int INPUT = 0;
  int OUTPUT = 1;
  int ERRORS = 2;

  /** Whether one of the three standard streams is a terminal. */
  boolean is(int stream);

  /**
   * Asks for a secret, without echo; also where all of the standard streams lead elsewhere.
   *
   * @return what was typed, the caller's to wipe
   * @throws CommandException USAGE where there is no terminal
   */
  char[] ask(String prompt);

  /** How wide it is; nothing where it doesn't say. */
  default OptionalInt columns() {
    return OptionalInt.empty();
  }

  /**
   * From now on what is typed isn't shown, until {@link #showTyping}, or the end of the program:
   * what is typed while something else is done may be the next secret. Nothing where the standard
   * input is no terminal.
   */
  default void hideTyping() {}

  /** What is typed is shown again, as it was in the beginning. */
  default void showTyping() {}
}
