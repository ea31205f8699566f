package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.cli.agent.RemoteChat;
import io.quantchat.cli.agent.SocketPlace;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import io.quantchat.client.model.StoreInUseException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "unlock",
    description = {
      "Ask for the passphrase once: for a while, other commands don't.",
      "A small program in the background holds the account open until then, 'lock', 'logout', or"
          + " your logout from this machine; it takes what comes in, too."
    })
final class UnlockCommand implements Callable<Integer> {

  private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,5})([smhd])");
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration LONGEST_IN_USE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Mixin final AccountOptions options = new AccountOptions();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "15m",
      description = "how long, as 90s, 15m, 8h or 2d; at most 7d (default: 15m)")
  String length;

  private final Shell shell;

  UnlockCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Duration asked = length(length);
    AccountFile file = new Accounts(shell.accounts()).chosen(options);
    Profile profile = file.owner();
    if (!SocketPlace.isSupported(file.store())) {
      throw new CommandException(
          Exit.FAILED, "This system can't keep an agent's socket from others: there is no unlock.");
    }
    if (!isHeld(file.store())) {
      Servers servers = ServerChoice.said(options).orElse(profile.servers());
      start(new AgentRequest(file.store(), servers, asked), profile);
    }
    return Exit.DONE.code();
  }

  static Duration length(String typed) {
    Matcher parts = LENGTH.matcher(typed);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration length =
          switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          };
      if (length.compareTo(LONGEST) <= 0) {
        return length;
      }
    }
    throw new CommandException(
        Exit.USAGE, "--for needs a time such as 90s, 15m, 8h or 2d, and at most 7d.");
  }

  /** Whether there is an agent, or a chat, already; which one is said. */
  private boolean isHeld(Path store) {
    try (RemoteChat holder = Agents.holder(store, new QuantChatListener() {}).orElse(null)) {
      if (holder == null) {
        return false;
      }
      Agents.requireSameBuild(holder);
      if (holder.until().isPresent()) {
        tell(holder.until().get(), true);
      } else {
        shell.note("A chat has the account open: other commands ask for nothing while it is.");
      }
      return true;
    }
  }

  private void start(AgentRequest request, Profile profile) {
    char[] passphrase;
    try (Secrets secrets = Secrets.from(options.secrets(), shell)) {
      passphrase = secrets.ask("passphrase of " + Printable.line(profile.email()));
    }
    try {
      start(request, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** A command may have the store for a moment, or somebody else unlocks it just now. */
  private void start(AgentRequest request, char[] passphrase) {
    long began = System.nanoTime();
    while (true) {
      try {
        Instant until =
            Progress.during(
                shell, "Opening the store", () -> AgentLauncher.start(request, passphrase));
        tell(until, false);
        return;
      } catch (StoreInUseException e) {
        if (isHeld(request.store())) {
          return;
        }
        if (System.nanoTime() - began > LONGEST_IN_USE.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void tell(Instant until, boolean already) {
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("unlocked", true);
      shown.put("already", already);
      shown.put("until", until.toString());
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say(
          "%s until %s. 'quantchat lock' ends it."
              .formatted(
                  already ? "Unlocked already," : "Unlocked",
                  new Times(shell.clock()).dateAndMinute(until)));
    }
  }
}
