package io.quantchat.cli;

/** A command can't be done. The message is for a person, says what to do, and holds no secret. */
final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;

  CommandException(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  CommandException(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
