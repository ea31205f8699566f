package io.quantchat.cli;

import io.quantchat.client.model.LoginSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sessions",
    description = "List where you are logged in, and end sessions: a lost telephone's, say.")
final class SessionsCommand implements Callable<Integer> {

  /** So many characters of an id are shown, and tell it from others. */
  private static final int SHOWN = 8;

  @Mixin final AccountOptions options = new AccountOptions();

  private final Shell shell;

  SessionsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return list(options);
  }

  @Command(name = "list", description = "List them, the one used last first.")
  int list(@Mixin AccountOptions options) {
    return with(
        options,
        account -> {
          List<LoginSession> sessions = account.chat().sessions();
          if (options.json) {
            shell.say(
                JsonOutput.of(
                    Map.of("sessions", sessions.stream().map(JsonOutput::session).toList())));
          } else {
            var times = new Times(shell.clock());
            Rows rows = Rows.of(shell);
            sessions.forEach(session -> shell.say(rows.block("", line(session, times))));
          }
          return Exit.DONE.code();
        });
  }

  private static String line(LoginSession session, Times times) {
    return "%s  last used %s  since %s  %s%s"
        .formatted(
            session.id().toString().substring(0, SHOWN),
            times.dateAndMinute(session.lastUsed()),
            times.dateAndMinute(session.created()),
            session.program().map(Printable::line).orElse("no name"),
            session.isCurrent() ? "  (this one)" : "");
  }

  @Command(
      name = "end",
      description = "End one: its connections close, and there a login is asked for.")
  int end(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "SESSION", description = "its id, or how that begins") String id) {
    return with(
        options,
        account -> {
          LoginSession session = find(account.chat().sessions(), id);
          account.chat().endSession(session.id());
          if (options.json) {
            var shown = new LinkedHashMap<String, Object>();
            shown.put("session_id", session.id().toString());
            shown.put("status", "ended");
            shell.say(JsonOutput.of(shown));
          } else {
            shell.say(
                session.isCurrent()
                    ? "This session has ended: 'quantchat login' begins another."
                    : "That session has ended.");
          }
          return Exit.DONE.code();
        });
  }

  private static LoginSession find(List<LoginSession> sessions, String typed) {
    String start = typed.strip().toLowerCase(Locale.ROOT);
    List<LoginSession> meant =
        sessions.stream()
            .filter(session -> !start.isEmpty() && session.id().toString().startsWith(start))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    throw new CommandException(
        Exit.USAGE,
        meant.isEmpty()
            ? "There is no such session: 'quantchat sessions' lists them."
            : "More than one session's id begins like that: give more of it.");
  }

  @Command(name = "end-others", description = "End all but this one.")
  int endOthers(@Mixin AccountOptions options) {
    return with(
        options,
        account -> {
          account.chat().endOtherSessions();
          shell.say(
              options.json
                  ? JsonOutput.of(Map.of("others_ended", true))
                  : "All other sessions have ended.");
          return Exit.DONE.code();
        });
  }

  private int with(AccountOptions options, ToIntFunction<OpenAccount> work) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      return work.applyAsInt(account);
    }
  }
}
