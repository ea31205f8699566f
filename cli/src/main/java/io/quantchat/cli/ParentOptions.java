package io.quantchat.cli;

import java.util.ArrayList;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options that stand before a subcommand, as in {@code contacts --store FILE list}: they are the
 * subcommand's, or the command is refused. None is passed over.
 */
final class ParentOptions {

  private ParentOptions() {}

  /** A strategy that does this before another one. */
  static IExecutionStrategy passedOn(IExecutionStrategy then) {
    return parsed -> {
      passOn(parsed);
      return then.execute(parsed);
    };
  }

  /**
   * Gives each command's options to all within it.
   *
   * @throws ParameterException where one of them isn't that one's, or is given to both
   */
  static void passOn(ParseResult parsed) {
    var given = new ArrayList<OptionSpec>();
    ParseResult parent = parsed;
    while (parent.hasSubcommand()) {
      ParseResult child = parent.subcommand();
      parent.matchedOptions().stream().filter(option -> !option.usageHelp()).forEach(given::add);
      given.forEach(option -> passOn(option, child));
      parent = child;
    }
  }

  private static void passOn(OptionSpec given, ParseResult child) {
    CommandLine subcommand = child.commandSpec().commandLine();
    OptionSpec own = child.commandSpec().findOption(given.longestName());
    if (own == null) {
      throw new MisplacedOptionException(subcommand, given.longestName());
    }
    if (child.hasMatchedOption(own)) {
      throw new OverwrittenOptionException(
          subcommand, own, given.longestName() + " is there twice");
    }
    own.setValue(given.getValue());
  }
}
