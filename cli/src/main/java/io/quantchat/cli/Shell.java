package io.quantchat.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * All that a command is given.
 *
 * @param in read byte by byte where secrets and text share it, so never buffered here
 * @param accounts the folder of stores that aren't named
 * @param running the file in which an instance on this machine tells of itself
 * @param patience how long a chat in a pipe waits in the end for what isn't sent yet
 */
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Tty tty,
    Path accounts,
    Path running,
    Clock clock,
    Duration patience) {

  private static final String UNWRITTEN =
      "What this prints can't be written: the disk is full, or whatever reads it has ended.";

  /** Says to a person, not to a program. */
  void say(String line) {
    out.println(line);
  }

  /**
   * Makes sure that what was said is where it was to be said.
   *
   * @param consequence in a sentence, for where it isn't
   * @throws CommandException FAILED where it can't be written
   */
  void requireSaid(String consequence) {
    if (!isSaid()) {
      throw new CommandException(Exit.FAILED, UNWRITTEN + " " + consequence);
    }
  }

  /** Whether all that was said could be written; once it couldn't, it is never said again. */
  boolean isSaid() {
    return !out.checkError();
  }

  /** Says beside the output. */
  void note(String line) {
    err.println(line);
  }
}
