package io.quantchat.cli;

import io.quantchat.cli.Conversation.Talk;
import io.quantchat.cli.agent.Chat;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chat",
    description = {
      "Talk with somebody: each line is a message, /help lists the rest.",
      "In a pipe, lines of the standard input are sent; at its end it waits until they are."
    })
final class ChatCommand implements Callable<Integer> {

  /** Who leaves by hand can look another time. */
  private static final Duration PATIENCE_AT_TERMINAL = Duration.ofSeconds(2);

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(paramLabel = "WHO", description = "e-mail, username, name or id")
  String who;

  @Option(
      names = "--history",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many messages of before to show (default: 20)")
  int history;

  private final Shell shell;

  ChatCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (history < 0) {
      throw new CommandException(Exit.USAGE, "--history needs a number from 0 on.");
    }
    boolean atTerminal = !options.json && shell.tty().is(Tty.INPUT) && shell.tty().is(Tty.OUTPUT);
    try (ScheduledExecutorService timer = timer()) {
      var conversation = new Conversation(timer);
      try (OpenAccount account = OpenAccount.shared(shell, options, conversation)) {
        People people = account.people();
        UUID contactId = people.find(who);
        var lines =
            new ChatLines(shell.clock(), people.briefName(contactId), Attached.in(account.chat()));
        var typing =
            new TypingSignal(timer, isTyping -> account.chat().typing(contactId, isTyping));
        try (ChatScreen screen = screen(atTerminal, lines, typing, account.chat())) {
          Exit exit =
              conversation.hold(
                  new Talk(account.chat(), contactId, people, screen),
                  history,
                  atTerminal ? PATIENCE_AT_TERMINAL : shell.patience());
          return (atTerminal ? exit : inPipe(exit, conversation)).code();
        }
      } finally {
        timer.shutdownNow();
      }
    }
  }

  /** Who reads what a pipe gives doesn't see that nothing could come. */
  private Exit inPipe(Exit exit, Conversation conversation) {
    Optional<RuntimeException> reason = conversation.neverConnected(shell.patience());
    reason.ifPresent(why -> shell.note(Failures.words(why, shell, options)));
    return exit == Exit.DONE ? reason.map(Failures::exit).orElse(exit) : exit;
  }

  private ChatScreen screen(boolean atTerminal, ChatLines lines, TypingSignal typing, Chat chat) {
    if (atTerminal) {
      return TerminalScreen.open(lines, typing);
    }
    shell.tty().showTyping();
    return options.json ? new JsonScreen(shell, Attached.in(chat)) : new PlainScreen(shell, lines);
  }

  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> Thread.ofPlatform().daemon().name("typing").unstarted(task));
  }
}
