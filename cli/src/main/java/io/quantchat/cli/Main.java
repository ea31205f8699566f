package io.quantchat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.RunLast;

/** Runs {@code ./quantchat send} and the others. */
public final class Main {

  /** System property: the file in which an instance on this machine tells of itself. */
  private static final String RUNNING_PROPERTY = "quantchat.running";

  /** Whatever a person may take for an option that has a secret; its value is never looked at. */
  private static final Pattern SECRET_OPTION =
      Pattern.compile("--?(?:pass|passwd|password|passphrase|pw|pin|secret|token)(?:=.*)?");

  /** Who waits for a pipe to end wants to know whether all of it is sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String END_OF_OPTIONS = "--";

  /** Their help says what the marks of messages mean. */
  private static final Set<String> SHOW_MESSAGES = Set.of("chat", "inbox");

  private final Shell shell;

  Main(Shell shell) {
    this.shell = shell;
  }

  public static void main(String[] arguments) {
    // First of all: what is typed from now on may be a secret.
    var tty = new SystemTty();
    tty.hideTyping();
    UnpackedSqlite.use();
    var shell =
        new Shell(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            tty,
            Accounts.folder(
                System.getProperty("os.name"),
                Optional.ofNullable(System.getenv("XDG_DATA_HOME")),
                Path.of(System.getProperty("user.home"))),
            Path.of(System.getProperty(RUNNING_PROPERTY, ".quantchat/running.json")),
            Clock.system(ZoneId.systemDefault()),
            PATIENCE);
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
    int code = commandLine(arguments).execute(arguments);
    return code == Exit.DONE.code() ? said() : code;
  }

  /** What was printed into nothing wasn't done: scripts go by the exit code alone. */
  private int said() {
    try {
      shell.requireSaid("All else that the command does is done.");
      return Exit.DONE.code();
    } catch (CommandException unwritten) {
      shell.note(unwritten.getMessage());
      return unwritten.exit().code();
    }
  }

  private static boolean namesASecret(String[] arguments) {
    return Arrays.stream(arguments)
        .takeWhile(argument -> !argument.equals(END_OF_OPTIONS))
        .anyMatch(argument -> SECRET_OPTION.matcher(argument).matches());
  }

  CommandLine commandLine(String... arguments) {
    var commandLine = new CommandLine(new Root(shell));
    Optional.ofNullable(arguments.length == 0 ? null : commands().get(arguments[0]))
        .ifPresentOrElse(
            named -> commandLine.addSubcommand(named.apply(shell)),
            () -> {
              commands().values().forEach(each -> commandLine.addSubcommand(each.apply(shell)));
              commandLine.addSubcommand(new HelpCommand());
            });
    var failures = new Failures(shell);
    commandLine
        .setExecutionStrategy(ParentOptions.passedOn(new RunLast()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        // A text may begin with @, which isn't the name of a file of arguments.
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
    forAll(commandLine);
    for (String name : SHOW_MESSAGES) {
      Optional.ofNullable(commandLine.getSubcommands().get(name))
          .ifPresent(
              shows -> shows.getCommandSpec().usageMessage().footer("Marks: " + Mark.meanings()));
    }
    return commandLine;
  }

  /** By name: picocli looks long at each that it is given, so it is given one where it is named. */
  private static Map<String, Function<Shell, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Shell, Object>>();
    commands.put("register", RegisterCommand::new);
    commands.put("login", LoginCommand::new);
    commands.put("logout", LogoutCommand::new);
    commands.put("sessions", SessionsCommand::new);
    commands.put("password", PasswordCommand::new);
    commands.put("email", EmailCommand::new);
    commands.put("account", AccountCommand::new);
    commands.put("contacts", ContactsCommand::new);
    commands.put("send", SendCommand::new);
    commands.put("inbox", InboxCommand::new);
    commands.put("save", SaveCommand::new);
    commands.put("chat", ChatCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("delete", DeleteCommand::new);
    commands.put("keys", KeysCommand::new);
    commands.put("unlock", UnlockCommand::new);
    commands.put("lock", LockCommand::new);
    return commands;
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
