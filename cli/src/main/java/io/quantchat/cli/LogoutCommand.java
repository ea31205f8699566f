package io.quantchat.cli;

import io.quantchat.client.model.ServerUnreachableException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "logout",
    description = "End the session. The store stays, with its messages and keys.")
final class LogoutCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  private final Shell shell;

  LogoutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      account.chat().logout();
    } catch (ServerUnreachableException e) {
      throw new CommandException(
          Exit.UNREACHABLE,
          "Logged out here. The server can't be told: the session ends there by itself.",
          e);
    }
    shell.say(options.json ? JsonOutput.of(Map.of("logged_out", true)) : "Logged out.");
    return Exit.DONE.code();
  }
}
