package io.quantchat.cli;

import io.quantchat.cli.agent.RemoteChat;
import io.quantchat.cli.agent.SocketPlace;
import io.quantchat.client.QuantChatListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lock",
    description = "End what 'unlock' began: the passphrase is asked for again from now on.")
final class LockCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Option(
      names = "--all",
      description = "every account of yours on this machine; a store elsewhere is named by --store")
  boolean all;

  private final Shell shell;

  LockCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<List<SocketPlace>> accounts =
        all
            ? Agents.places(shell.accounts(), options.store().stream().toList()).stream()
                .map(List::of)
                .toList()
            : List.of(Agents.places(new Accounts(shell.accounts()).chosen(options).store()));
    int locked = 0;
    int inUse = 0;
    for (List<SocketPlace> places : accounts) {
      Optional<RemoteChat> found = RemoteChat.find(places, new QuantChatListener() {});
      if (found.isPresent()) {
        try (RemoteChat holder = found.get()) {
          boolean done = holder.lock();
          locked += done ? 1 : 0;
          inUse += done ? 0 : 1;
        }
      }
    }
    tell(locked, inUse);
    return (inUse == 0 ? Exit.DONE : Exit.FAILED).code();
  }

  private void tell(int locked, int inUse) {
    if (options.json) {
      shell.say(JsonOutput.of(Map.of("locked", locked, "in_use", inUse)));
    } else if (inUse == 0) {
      shell.say(
          locked == 0
              ? "Nothing is unlocked."
              : locked == 1 ? "Locked." : "Locked: " + locked + ".");
    }
    if (inUse > 0) {
      shell.note("A chat has the account open: leave it, and nothing is unlocked.");
    }
  }
}
