package io.quantchat.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** An option stands before a subcommand that has no use for it. The message names both. */
final class MisplacedOptionException extends ParameterException {

  private static final long serialVersionUID = 1L;

  /**
   * @param subcommand whose option it isn't
   * @param option its name, never its value
   */
  MisplacedOptionException(CommandLine subcommand, String option) {
    super(
        subcommand,
        "%s isn't an option of '%s'."
            .formatted(option, subcommand.getCommandSpec().qualifiedName()));
  }
}
