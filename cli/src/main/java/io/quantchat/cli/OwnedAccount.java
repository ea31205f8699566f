package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.client.QuantChat;
import io.quantchat.client.Servers;
import io.quantchat.client.model.Account;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * An account that a command works with here, and in no other program, since a secret of it is typed
 * that doesn't travel: what had it open lets go of it first.
 */
final class OwnedAccount {

  private final Shell shell;
  private final AccountOptions options;
  private final AccountFile file;
  private final Profile profile;

  OwnedAccount(Shell shell, AccountOptions options) {
    this.shell = shell;
    this.options = options;
    this.file = new Accounts(shell.accounts()).chosen(options);
    this.profile = file.owner();
  }

  AccountFile file() {
    return file;
  }

  /** The account's address in one line, to ask for its secrets by. */
  String name() {
    return Printable.line(profile.email());
  }

  /** Opens the store with the first secret, and does this with it. */
  <T> T with(BiFunction<QuantChat, Secrets, T> work) {
    Servers servers = ServerChoice.said(options).orElse(profile.servers());
    Agents.letGo(shell, file.store());
    try (Secrets secrets = Secrets.from(options.secrets(), shell);
        QuantChat chat = opened(servers, secrets)) {
      return work.apply(chat, secrets);
    }
  }

  private QuantChat opened(Servers servers, Secrets secrets) {
    char[] passphrase = secrets.ask("passphrase of " + name());
    try {
      return QuantChat.open(servers, file.store(), passphrase, new FailureNotes(shell));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Has the file beside the store say the account's address, so that it is chosen by it. */
  static void keep(Shell shell, AccountOptions options, Account account) {
    AccountFile file = new Accounts(shell.accounts()).chosen(options);
    file.profile().ifPresent(profile -> file.keep(new Profile(account.email(), profile.servers())));
  }
}
