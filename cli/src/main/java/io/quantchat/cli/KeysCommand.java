package io.quantchat.cli;

import io.quantchat.cli.agent.Chat;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.ListedKey;
import io.quantchat.crypto.SignedBundle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "keys",
    description = "Show your own keys, until when they are good, and what is left of prekeys.")
final class KeysCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  private final Shell shell;

  KeysCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return show(options, false);
  }

  @Command(
      name = "rotate",
      description = "Replace the prekeys now. They are replaced weekly by themselves.")
  int rotate(@Mixin AccountOptions options) {
    return show(options, true);
  }

  @Command(
      name = "reset",
      description = {
        "Take back all prekeys, as after somebody may have got hold of them: a stolen laptop, a"
            + " copied store. What waits for them is fetched; then they are deleted here, withdrawn"
            + " at the server, and others take their place.",
        "Your identity stays, and contacts are told nothing: their programs see the old keys as"
            + " revoked. Messages on their way to the old keys can't be read any more. If your"
            + " passphrase may be known too, the identity is lost with it: log in with a new store"
            + " (--store), and have contacts compare the new safety number."
      })
  int reset(@Mixin AccountOptions options) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      boolean withdrawn =
          Progress.during(shell, "Taking back keys, and making others", account.chat()::resetKeys);
      if (options.json) {
        shell.say(JsonOutput.of(Map.of("reset", true, "withdrawn", withdrawn)));
      } else {
        sayReset(withdrawn);
      }
      return Exit.DONE.code();
    } catch (ServerUnreachableException | LoginRequiredException e) {
      shell.note(
          "The old keys are deleted here. The server doesn't know yet, and is told the next time"
              + " that you connect: "
              + Failures.words(e));
      return Failures.exit(e).code();
    }
  }

  private void sayReset(boolean withdrawn) {
    shell.say(
        "The old keys are deleted and revoked, and new ones are published. Your safety numbers are"
            + " the same.");
    shell.say(
        "Contacts see nothing of it, except that what they sent to the old keys and you hadn't"
            + " fetched can't be read.");
    if (!withdrawn) {
      shell.note(
          "This server can't withdraw one-time prekeys: it may go on handing out the old ones for"
              + " 30 days, and what is sent to them can't be read.");
    }
  }

  private int show(AccountOptions options, boolean rotate) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      Chat chat = account.chat();
      if (rotate) {
        rotate(chat);
      }
      Bundle bundle =
          chat.ownBundle()
              .map(SignedBundle::bundle)
              .orElseThrow(
                  () ->
                      new CommandException(
                          Exit.LOGIN_REQUIRED, "There are no keys yet: log in once."));
      OptionalLong left = left(chat);
      if (options.json) {
        printJson(bundle, left);
      } else {
        print(bundle, left);
      }
      return Exit.DONE.code();
    }
  }

  private void rotate(Chat chat) {
    boolean unused =
        Progress.during(
            shell,
            "Making and publishing keys",
            () -> {
              chat.rotateKeys();
              return true;
            });
  }

  private OptionalLong left(Chat chat) {
    try {
      return OptionalLong.of(chat.prekeysLeft());
    } catch (ServerUnreachableException | LoginRequiredException e) {
      shell.note("How many one-time prekeys are left can't be asked: " + Failures.words(e));
      return OptionalLong.empty();
    }
  }

  private void print(Bundle bundle, OptionalLong left) {
    var times = new Times(shell.clock());
    shell.say(
        "Bundle %d, made %s, good until %s"
            .formatted(
                bundle.version(),
                times.dateAndMinute(bundle.created()),
                times.dateAndMinute(bundle.expires())));
    left.ifPresent(count -> shell.say("One-time prekeys left: " + count));
    for (ListedKey key : bundle.keys().keys()) {
      shell.say(
          "%-12s %-12s %s  since %s"
              .formatted(
                  key.algorithm(),
                  key.status().name().toLowerCase(Locale.ROOT),
                  key.id(),
                  times.dateAndMinute(key.created())));
    }
  }

  private void printJson(Bundle bundle, OptionalLong left) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("bundle_version", bundle.version());
    shown.put("created_at", bundle.created().toString());
    shown.put("expires_at", bundle.expires().toString());
    shown.put("one_time_prekeys_left", left.isPresent() ? left.getAsLong() : null);
    shown.put("keys", bundle.keys().keys().stream().map(KeysCommand::shown).toList());
    shell.say(JsonOutput.of(shown));
  }

  private static Map<String, Object> shown(ListedKey key) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("key_id", key.id().toString());
    shown.put("algorithm", key.algorithm());
    shown.put("status", key.status().name().toLowerCase(Locale.ROOT));
    shown.put("created_at", key.created().toString());
    return shown;
  }
}
