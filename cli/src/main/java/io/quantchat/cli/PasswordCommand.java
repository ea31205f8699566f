package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.client.ForgottenPassword;
import io.quantchat.client.Servers;
import io.quantchat.client.model.ServerRefusalException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "password",
    description = {
      "Choose another password for the account. This session goes on; all others end.",
      "The passphrase of the store on this machine is another secret, and stays."
    })
final class PasswordCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  private final Shell shell;

  PasswordCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var account = new OwnedAccount(shell, options);
    return account.with(
        (chat, secrets) -> {
          char[] current = secrets.ask("password of " + account.name());
          char[] next = new char[0];
          try {
            next = secrets.askNew("password of " + account.name());
            chat.changePassword(current, next);
          } finally {
            Arrays.fill(current, '\0');
            Arrays.fill(next, '\0');
          }
          say(options, "changed", "The password is changed. All other sessions have ended.");
          return Exit.DONE.code();
        });
  }

  @Command(
      name = "forgot",
      description =
          "Have a mail sent to the account's address, with a code for 'quantchat password reset'.")
  int forgot(
      @Mixin AccountOptions options,
      @Parameters(
              arity = "0..1",
              paramLabel = "EMAIL",
              description = "the account's e-mail (default: the one that this machine has)")
          String email) {
    Profile whose = whose(options, email);
    ForgottenPassword.ask(whose.servers(), whose.email());
    say(
        options,
        "asked",
        "If there is an account with this address, a mail to it is on its way. Type its code at"
            + " 'quantchat password reset' within 30 minutes.");
    return Exit.DONE.code();
  }

  @Command(
      name = "reset",
      description = {
        "Choose a new password with the code of the mail that 'quantchat password forgot' has sent."
            + " All sessions end.",
        "The store on this machine stays as it is, under its own passphrase: log in with it, and"
            + " messages and identity are the same. With --secrets-from, the code is the first"
            + " line, and the new password the second."
      })
  int reset(
      @Mixin AccountOptions options,
      @Parameters(
              arity = "0..1",
              paramLabel = "EMAIL",
              description = "the account's e-mail (default: the one that this machine has)")
          String email) {
    Profile whose = whose(options, email);
    try (Secrets secrets = Secrets.from(options.secrets(), shell)) {
      char[] code = secrets.ask("code of the mail to " + Printable.line(whose.email()));
      char[] next = secrets.askNew("password of " + Printable.line(whose.email()));
      try {
        ForgottenPassword.reset(whose.servers(), whose.email(), new String(code), next);
      } catch (ServerRefusalException refused) {
        throw Refusals.ofCode(refused, "quantchat password forgot");
      } finally {
        Arrays.fill(code, '\0');
        Arrays.fill(next, '\0');
      }
    }
    say(
        options,
        "reset",
        "The password is the new one, and all sessions have ended. Go on with 'quantchat login "
            + Printable.line(whose.email())
            + "'.");
    return Exit.DONE.code();
  }

  /** The account's address and server; an account need not be on this machine. */
  private Profile whose(AccountOptions options, String email) {
    var accounts = new Accounts(shell.accounts());
    Optional<String> said = Optional.ofNullable(email).or(options::email);
    Optional<Profile> known =
        (said.isPresent() ? Optional.of(accounts.of(said.get(), options)) : accounts.meant(options))
            .flatMap(AccountFile::profile);
    String whose =
        said.or(() -> known.map(Profile::email))
            .orElseThrow(() -> new CommandException(Exit.USAGE, "Say the account's e-mail, too."));
    Servers servers =
        ServerChoice.said(options)
            .or(() -> known.map(Profile::servers))
            .orElseGet(() -> ServerChoice.here(shell.running()));
    return new Profile(whose, servers);
  }

  private void say(AccountOptions options, String done, String words) {
    shell.say(options.json ? JsonOutput.of(Map.of(done, true)) : words);
  }
}
