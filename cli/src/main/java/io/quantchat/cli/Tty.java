package io.quantchat.cli;

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
}
