package io.quantchat.infra.local.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The words that a person typed, run as a command of picocli's. Words that the command can't use
 * are one sentence and its usage, and exit 2.
 */
public final class Typed {

  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;
  private static final int WIDTH = 120;

  private static final String UNWRITTEN =
      "What this prints can't be written: the disk is full, or whatever reads it has ended. All"
          + " else that the command does is done.";

  private final CommandLine command;
  private final PrintStream said;
  private final PrintStream refused;

  private Typed(CommandLine command, PrintStream said, PrintStream refused) {
    this.command = command;
    this.said = said;
    this.refused = refused;
  }

  /**
   * A command, ready to be given words.
   *
   * @param command annotated for picocli; a {@code Callable} that answers the exit code
   * @param said where {@code --help} is printed, and whatever the command prints
   * @param refused where sentence and usage are printed
   */
  public static Typed of(Object command, PrintStream said, PrintStream refused) {
    CommandLine line = new CommandLine(command);
    each(line);
    line.setOut(writer(said));
    line.setErr(writer(refused));
    // A path may begin with @, which isn't the name of a file of arguments.
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    line.setParameterExceptionHandler(Typed::refuse);
    return new Typed(line, said, refused);
  }

  /**
   * Answers the exit code: 1, with the exception's trace, where the command throws one, and with a
   * sentence, where what it printed can't be written.
   */
  public int run(List<String> words) {
    int code = command.execute(words.toArray(String[]::new));
    if (code == 0 && said.checkError()) {
      refused.println(UNWRITTEN);
      return FAILED;
    }
    return code;
  }

  /**
   * A whole number, as it was typed behind an option.
   *
   * @throws ParameterException if it is none, or not from {@code least} to {@code most}
   */
  public static int number(CommandSpec command, String option, String typed, int least, int most) {
    try {
      int number = Integer.parseInt(typed);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw unusable(command, option + " needs a number from " + least + " to " + most + ".");
  }

  /** Why words can't be used, in one sentence. */
  public static ParameterException unusable(CommandSpec command, String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }

  private static void each(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    command.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("show this text").build());
    command.usageMessage().width(WIDTH).sortOptions(false);
    line.getSubcommands().values().forEach(Typed::each);
  }

  private static int refuse(ParameterException refusal, String[] words) {
    CommandLine line = refusal.getCommandLine();
    line.getErr().println(sentence(refusal));
    line.usage(line.getErr());
    return UNUSABLE;
  }

  private static String sentence(ParameterException refusal) {
    return switch (refusal) {
      case UnmatchedArgumentException unmatched ->
          "There is no %s %s."
              .formatted(
                  unmatched.getCommandLine().getSubcommands().isEmpty() ? "option" : "command",
                  unmatched.getUnmatched().getFirst());
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          option.longestName() + " needs a value.";
      case ParameterException unusable
          when unusable.getArgSpec() instanceof OptionSpec option && unusable.getValue() != null ->
          option.longestName() + " can't be " + unusable.getValue() + ".";
      default -> refusal.getMessage();
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
