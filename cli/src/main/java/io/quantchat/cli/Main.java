package io.quantchat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** What {@code ./quantchat send} and the others run. */
public final class Main {

  /** System property: the file in which an instance on this machine tells of itself. */
  private static final String RUNNING_PROPERTY = "quantchat.running";

  /** Whatever a person may take for an option that has a secret; its value is never looked at. */
  private static final Pattern SECRET_OPTION =
      Pattern.compile("--?(?:pass|passwd|password|passphrase|pw|pin|secret|token)(?:=.*)?");

  private static final String END_OF_OPTIONS = "--";

  private final Shell shell;

  Main(Shell shell) {
    this.shell = shell;
  }

  public static void main(String[] arguments) {
    UnpackedSqlite.use();
    var shell =
        new Shell(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            new SystemTty(),
            Accounts.folder(
                System.getProperty("os.name"),
                Optional.ofNullable(System.getenv("XDG_DATA_HOME")),
                Path.of(System.getProperty("user.home"))),
            Path.of(System.getProperty(RUNNING_PROPERTY, ".quantchat/running.json")),
            Clock.system(ZoneId.systemDefault()));
    System.exit(new Main(shell).run(arguments));
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** Does what was typed, and says how it ended. */
  int run(String... arguments) {
    if (namesASecret(arguments)) {
      shell.note(
          "Secrets aren't taken from arguments, where other programs and your shell's history can"
              + " see them: leave it out and you are asked, or use --secrets-from.");
      return Exit.USAGE.code();
    }
    return commandLine().execute(arguments);
  }

  private static boolean namesASecret(String[] arguments) {
    return Arrays.stream(arguments)
        .takeWhile(argument -> !argument.equals(END_OF_OPTIONS))
        .anyMatch(argument -> SECRET_OPTION.matcher(argument).matches());
  }

  private CommandLine commandLine() {
    var commandLine = new CommandLine(new Root(shell));
    commands().forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new HelpCommand());
    var failures = new Failures(shell);
    commandLine
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        // A text may begin with @, which isn't the name of a file of arguments.
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
    forAll(commandLine);
    return commandLine;
  }

  private List<Object> commands() {
    return List.of(
        new RegisterCommand(shell),
        new LoginCommand(shell),
        new LogoutCommand(shell),
        new ContactsCommand(shell),
        new SendCommand(shell),
        new InboxCommand(shell),
        new ChatCommand(shell),
        new VerifyCommand(shell),
        new ExportCommand(shell),
        new ImportCommand(shell),
        new KeysCommand(shell));
  }

  private static void forAll(CommandLine commandLine) {
    commandLine
        .getCommandSpec()
        .mixinStandardHelpOptions(false)
        .usageMessage()
        .exitCodeListHeading("Exit codes:%n")
        .exitCodeList(Exit.meanings());
    commandLine.getSubcommands().values().forEach(Main::forAll);
  }
}
