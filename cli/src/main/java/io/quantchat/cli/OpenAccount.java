package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import java.util.Arrays;

/** An account that a command works with. */
record OpenAccount(Profile profile, QuantChat chat) implements AutoCloseable {

  /**
   * Opens the account that the options choose.
   *
   * @throws CommandException where there is none, or several
   */
  static OpenAccount open(Shell shell, AccountOptions options, QuantChatListener listener) {
    AccountFile file = new Accounts(shell.accounts()).chosen(options);
    Profile known =
        file.profile()
            .orElseThrow(
                () ->
                    new CommandException(
                        Exit.LOGIN_REQUIRED,
                        "It isn't known whose store this is: log in with it once."));
    Servers servers = ServerChoice.said(options).orElse(known.servers());
    try (Secrets secrets = Secrets.from(options.secrets(), shell)) {
      char[] passphrase = secrets.ask("passphrase of " + Printable.line(known.email()));
      try {
        return new OpenAccount(known, QuantChat.open(servers, file.store(), passphrase, listener));
      } finally {
        Arrays.fill(passphrase, '\0');
      }
    }
  }

  People people() {
    return new People(chat);
  }

  @Override
  public void close() {
    chat.close();
  }
}
