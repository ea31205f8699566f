package io.quantchat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    description = "Make an account, with keys of its own and an encrypted store on this machine.")
final class RegisterCommand implements Callable<Integer> {

  @Mixin final AccountOptions options = new AccountOptions();

  @Parameters(paramLabel = "EMAIL", description = "the account's e-mail")
  String email;

  @Option(
      names = "--name",
      paramLabel = "USERNAME",
      defaultValue = "",
      description = "what others see (default: the e-mail up to the @)")
  String username;

  private final Shell shell;

  RegisterCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new SignIn(shell, options, email)
        .run(SignIn.Kind.REGISTER, (chat, password) -> chat.register(email, password, username));
  }
}
