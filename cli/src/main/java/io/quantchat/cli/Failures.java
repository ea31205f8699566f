package io.quantchat.cli;

import io.quantchat.cli.agent.AgentLostException;
import io.quantchat.cli.agent.RemoteFaultException;
import io.quantchat.client.model.AccountFileException;
import io.quantchat.client.model.BrokenTextException;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.ImportException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.MetadataException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a failure into one line on stderr, for who typed, and an end of the program. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Shell shell;

  Failures(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    shell.note(
        options(parsed)
            .map(options -> words(failure, shell, options))
            .orElseGet(() -> words(failure)));
    return exit(failure).code();
  }

  /** Never the arguments themselves: one of them may be what should have stayed secret. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String what =
        switch (failure) {
          case MissingParameterException missing -> missing.getMessage() + ".";
          case OverwrittenOptionException twice -> "An option is there twice.";
          case UnmatchedArgumentException unmatched -> unmatched(unmatched, command);
          case MisplacedOptionException misplaced -> misplaced.getMessage();
          default -> "An option's value can't be used.";
        };
    shell.note(
        Printable.line(what) + " See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Exit.USAGE.code();
  }

  private static String unmatched(UnmatchedArgumentException unmatched, CommandLine command) {
    if (unmatched.isUnknownOption()) {
      return "There is an option that this command doesn't have.";
    }
    return command.getParent() == null
        ? "There is no such command."
        : "There are more arguments than this command takes.";
  }

  /** The options of the command that was typed, if it has them. */
  private static Optional<AccountOptions> options(ParseResult parsed) {
    ParseResult typed = parsed;
    while (typed.hasSubcommand()) {
      typed = typed.subcommand();
    }
    return typed.commandSpec().mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(AccountOptions.class::isInstance)
        .map(AccountOptions.class::cast)
        .findFirst();
  }

  static Exit exit(Throwable failure) {
    return switch (failure) {
      case CommandException known -> known.exit();
      case LoginRequiredException ended -> Exit.LOGIN_REQUIRED;
      case ServerUnreachableException unreachable -> Exit.UNREACHABLE;
      case ServerRefusalException refusal -> Exit.REFUSED;
      case RefusedException refused -> Exit.ENCRYPTION;
      case BrokenTextException broken -> Exit.USAGE;
      case MetadataException kept -> Exit.USAGE;
      default -> Exit.FAILED;
    };
  }

  /** The same; where no server is reached also how it came to be this one. */
  static String words(Throwable failure, Shell shell, AccountOptions options) {
    return failure instanceof ServerUnreachableException
        ? words(failure)
            + " "
            + ServerChoice.reason(options, shell, new Accounts(shell.accounts()).meant(options))
        : words(failure);
  }

  /** In one line, without a secret in it. */
  static String words(Throwable failure) {
    return switch (failure) {
      case CommandException known -> Printable.line(known.getMessage());
      case LoginRequiredException ended ->
          "There is no session, or it has ended: run 'quantchat login'.";
      case ServerUnreachableException unreachable -> unreachable.getMessage();
      case ServerRefusalException refusal -> Refusals.words(refusal.getMessage());
      case RefusedException refused -> refusal(refused);
      case StoreException store -> store.getMessage();
      case BrokenTextException broken -> broken.getMessage();
      case AgentLostException gone -> gone.getMessage();
      case RemoteFaultException fault -> fault(fault.getMessage());
      case AccountFileException file -> Printable.line(file.getMessage());
      case ImportException unreadable -> Printable.line(unreadable.getMessage());
      case FileException file -> Printable.line(file.getMessage());
      case MetadataException kept ->
          Printable.line(kept.getMessage()) + " Or send it as it is, with --keep-metadata.";
      default -> fault(failure.getClass().getSimpleName());
    };
  }

  /**
   * Says by how much the clock is off, and what to do.
   *
   * @param ahead negative where it is behind
   */
  static String clock(Duration ahead) {
    // To the nearest minute: the server says its time to the second.
    Duration by = ahead.abs().plusSeconds(30);
    String amount =
        by.toDays() >= 2
            ? by.toDays() + " days"
            : by.toHours() >= 2 ? by.toHours() + " hours" : by.toMinutes() + " minutes";
    return "This computer's clock is "
        + amount
        + (ahead.isNegative() ? " slow" : " fast")
        + ": set it.";
  }

  private static String fault(String name) {
    return "This is a fault of the program, and nothing that you did: "
        + Printable.line(name)
        + ".";
  }

  /** Says what a refusal asks of a person. */
  static String refusal(RefusedException refused) {
    return switch (refused.refusal()) {
      case IDENTITY_CHANGED ->
          "The contact's identity has changed: they have a new device, or somebody stands between"
              + " you. Compare the numbers of 'quantchat verify', then accept with --accept and"
              + " that number.";
      case MISSING ->
          "The server has no keys of the contact: they must log in once with a program that"
              + " encrypts, unless their account is gone.";
      case FUTURE_BUNDLE ->
          "The contact's keys look as if made later than now: set this computer's clock, if it is"
              + " slow; else theirs is fast.";
      case DOWNGRADE, NO_COMMON_SUITE ->
          "The contact's program offers weaker encryption than before. If they say so themselves,"
              + " agree with 'quantchat verify --accept-weaker'.";
      default -> "Refused for safety: " + reason(refused) + ".";
    };
  }

  private static String reason(RefusedException refused) {
    return Printable.line(refused.getMessage())
        + " ("
        + refused.refusal().name().toLowerCase(Locale.ROOT)
        + ")";
  }
}
