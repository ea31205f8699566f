package io.quantchat.cli;

import io.quantchat.client.QuantChat;
import io.quantchat.client.model.ImportResult;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;

/** Writes and brings account files of this machine's stores. */
final class AccountFileTransfer {

  private final Shell shell;
  private final AccountOptions options;

  AccountFileTransfer(Shell shell, AccountOptions options) {
    this.shell = shell;
    this.options = options;
  }

  int save(Path file) {
    var whole = new NewFile(file);
    whole.requireFree();
    var account = new OwnedAccount(shell, options);
    boolean unused =
        account.with(
            (chat, secrets) -> {
              char[] passphrase = secrets.askNew("passphrase that encrypts the account file");
              try {
                return Progress.during(
                    shell,
                    "Writing the account file",
                    () -> {
                      whole.write(out -> chat.exportAccountFile(passphrase, out));
                      return true;
                    });
              } finally {
                Arrays.fill(passphrase, '\0');
              }
            });
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("file", file.toString());
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say("Wrote the account file of %s to %s.".formatted(account.name(), file));
      shell.say("Whoever has it and its passphrase is you: keep both apart.");
    }
    return Exit.DONE.code();
  }

  int bring(Path file) {
    ImportResult result =
        new OwnedAccount(shell, options).with((chat, secrets) -> bring(file, chat, secrets));
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("added", result.added());
      shown.put("here", result.here());
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say(said(result));
    }
    return Exit.DONE.code();
  }

  /** Brings it into a store that is open. */
  ImportResult bring(Path file, QuantChat chat, Secrets secrets) {
    char[] passphrase = secrets.ask("passphrase of the account file");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Progress.during(
          shell, "Reading the account file", () -> chat.importAccountFile(in, passphrase));
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The account file " + file + " can't be read.", e);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  static String said(ImportResult result) {
    return "Brought %d messages; %d were here already.".formatted(result.added(), result.here());
  }
}
