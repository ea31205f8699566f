package io.quantchat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a command's secrets come from: the terminal, or a file of lines, in the order in which they
 * are asked for. The store's passphrase is always the first, the account's password the second.
 */
final class Secrets implements AutoCloseable {

  private static final String STANDARD_INPUT = "-";
  private static final int SHORTEST_NEW = 8;

  private final Tty tty;
  private final Optional<InputStream> lines;

  /** The stream that was opened here, and is to be closed. */
  private final Optional<InputStream> owned;

  private Secrets(Tty tty, Optional<InputStream> lines, Optional<InputStream> owned) {
    this.tty = tty;
    this.lines = lines;
    this.owned = owned;
  }

  /**
   * @param source a file, {@code -} for the standard input, nothing for the terminal
   */
  static Secrets from(Optional<String> source, Shell shell) {
    if (source.filter(STANDARD_INPUT::equals).isPresent()) {
      return new Secrets(shell.tty(), Optional.of(shell.in()), Optional.empty());
    }
    Optional<InputStream> file = source.map(Secrets::opened);
    return new Secrets(shell.tty(), file, file);
  }

  private static InputStream opened(String source) {
    try {
      return Files.newInputStream(Path.of(source));
    } catch (IOException | InvalidPathException e) {
      throw new CommandException(Exit.USAGE, "The file of --secrets-from can't be read.", e);
    }
  }

  /**
   * Asks for a secret that there is.
   *
   * @param what its name, as in "passphrase of ann@example.org"
   */
  char[] ask(String what) {
    char[] secret = lines.map(Secrets::next).orElseGet(() -> tty.ask("The " + what + ": "));
    if (secret.length == 0) {
      throw new CommandException(Exit.USAGE, "There must be a " + firstWord(what) + ".");
    }
    return secret;
  }

  /** Asks for one that is made now; at a terminal twice. */
  char[] askNew(String what) {
    char[] secret = lines.map(Secrets::next).orElseGet(() -> tty.ask("Choose the " + what + ": "));
    if (secret.length < SHORTEST_NEW) {
      Arrays.fill(secret, '\0');
      throw new CommandException(
          Exit.USAGE, "A " + firstWord(what) + " has 8 characters or more: choose another.");
    }
    if (lines.isEmpty()) {
      char[] again = tty.ask("Once more: ");
      boolean same = Arrays.equals(secret, again);
      Arrays.fill(again, '\0');
      if (!same) {
        Arrays.fill(secret, '\0');
        throw new CommandException(Exit.USAGE, "They differ: try again.");
      }
    }
    return secret;
  }

  private static char[] next(InputStream lines) {
    try {
      return SecretLine.read(lines);
    } catch (IOException e) {
      throw new CommandException(Exit.USAGE, "The secrets can't be read.", e);
    }
  }

  private static String firstWord(String what) {
    return what.replaceFirst(" .*", "");
  }

  /** The standard input stays open: what follows the secrets is the command's. */
  @Override
  public void close() {
    try {
      if (owned.isPresent()) {
        owned.get().close();
      }
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The file of --secrets-from can't be closed.", e);
    }
  }
}
