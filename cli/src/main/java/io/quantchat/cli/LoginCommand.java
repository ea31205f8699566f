package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Open a session of an account.",
      "On a machine that has no store of it yet, bring the account file that 'quantchat account"
          + " save' or a browser has written: identity, pins and history come along.",
      "Without it, the account gets a new identity there: contacts are told that it changed."
    })
final class LoginCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "EMAIL",
      description = "the account's e-mail (default: the one that this machine has)")
  String email;

  @Option(
      names = "--account-file",
      paramLabel = "FILE",
      description =
          "the account file to go on from; --secrets-from has its passphrase after the password")
  Path accountFile;

  private final Shell shell;

  LoginCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String whose = Optional.ofNullable(email).or(options::email).orElseGet(this::known);
    return new SignIn(shell, options, whose)
        .bringing(Optional.ofNullable(accountFile))
        .run(SignIn.Kind.LOGIN, (chat, password) -> chat.login(whose, password));
  }

  private String known() {
    return new Accounts(shell.accounts())
        .chosen(options)
        .profile()
        .map(Profile::email)
        .orElseThrow(() -> new CommandException(Exit.USAGE, "Say the account's e-mail, too."));
  }
}
