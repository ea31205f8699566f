package io.quantchat.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "account",
    description =
        "Move your account to another machine, get all that the server holds of you, or leave it"
            + " for good.")
final class AccountCommand implements Callable<Integer> {

  private static final List<String> WHAT_GOES =
      List.of(
          "The account %s goes for good, from the server and for everybody:",
          "  profile, keys, contacts, blocks, sessions, and messages that wait for you.",
          "  You vanish from the lists of those who have you; your address is free again.",
          "What you have sent and others haven't fetched yet stays for them, 7 days at most.",
          "On this machine %s.",
          "Nothing brings the account back: say --yes to delete it.");

  @Mixin final AccountOptions options = new AccountOptions();

  @Spec CommandSpec spec;

  private final Shell shell;

  AccountCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.err());
    return Exit.USAGE.code();
  }

  @Command(
      name = "export",
      description = {
        "Write all that the server holds of the account into a file, as JSON: the profile,"
            + " sessions, contacts, blocks, keys and waiting messages, which are encrypted.",
        "A file that is there already is left alone. Messages of this machine's store are exported"
            + " by 'quantchat export'."
      })
  int export(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "FILE", description = "where to") Path file) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      byte[] json =
          Progress.during(shell, "Asking the server", () -> account.chat().exportAccount());
      new NewFile(file).write(json);
      if (options.json) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("file", file.toString());
        shown.put("bytes", json.length);
        shell.say(JsonOutput.of(shown));
      } else {
        shell.say("Wrote %d bytes to %s.".formatted(json.length, file));
      }
      return Exit.DONE.code();
    }
  }

  @Command(
      name = "delete",
      description = {
        "Delete the account for good, from the server and for everybody. It needs the password,"
            + " and --yes: without it, what would go is told, and nothing is done.",
        "The store of this machine stays, unless --with-store says otherwise."
      })
  int delete(
      @Mixin AccountOptions options,
      @Option(names = "--yes", description = "yes, delete it: without it, nothing is deleted")
          boolean sure,
      @Option(
              names = "--with-store",
              description = "delete this machine's store, too: its messages, and its keys")
          boolean withStore) {
    var account = new OwnedAccount(shell, options);
    Path store = account.file().store();
    if (!sure) {
      String here = withStore ? "its store goes, too: " + store : "its store stays: " + store;
      String.join("\n", WHAT_GOES).formatted(account.name(), here).lines().forEach(shell::note);
      return Exit.USAGE.code();
    }
    boolean unused =
        account.with(
            (chat, secrets) -> {
              char[] password = secrets.ask("password of " + account.name());
              try {
                return Progress.during(
                    shell,
                    "Deleting the account",
                    () -> {
                      chat.deleteAccount(password);
                      return true;
                    });
              } finally {
                Arrays.fill(password, '\0');
              }
            });
    if (withStore) {
      account.file().deleteAll();
    }
    say(options, store, account.name(), withStore);
    return Exit.DONE.code();
  }

  @Command(
      name = "save",
      description = {
        "Write the account file: identity, pins and history of this machine's store, encrypted"
            + " under a passphrase of its own. Bring it to another machine with 'quantchat login"
            + " EMAIL --account-file FILE', or to a browser, to go on there as the same.",
        "The files of messages aren't in it, and no prekeys. A file that is there already is left"
            + " alone. --secrets-from has the store's passphrase, then the file's."
      })
  int save(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "FILE", description = "where to") Path file) {
    return new AccountFileTransfer(shell, options).save(file);
  }

  @Command(
      name = "bring",
      description = {
        "Bring an account file of this account, of this program or a browser, into this machine's"
            + " store: messages that are here stay as they are, others are added.",
        "Where there is no store yet, it is 'quantchat login EMAIL --account-file FILE'."
            + " --secrets-from has the store's passphrase, then the file's."
      })
  int bring(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "FILE", description = "the account file") Path file) {
    return new AccountFileTransfer(shell, options).bring(file);
  }

  private void say(AccountOptions options, Path store, String name, boolean withStore) {
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("deleted", true);
      shown.put("store", withStore ? null : store.toString());
      shell.say(JsonOutput.of(shown));
      return;
    }
    shell.say("The account %s is deleted.".formatted(name));
    shell.say(
        withStore
            ? "So is this machine's store of it."
            : "The store %s stays, with its messages and keys: delete it with its %s beside it, if"
                    .formatted(store, store.getFileName() + ".json")
                + " you don't want to read them any more.");
  }
}
