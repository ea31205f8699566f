package io.quantchat.cli;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.ServerRefusalException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "email",
    description =
        "Verify the account's e-mail address with the code of a mail, or have another address.")
final class EmailCommand implements Callable<Integer> {

  private static final String SENT =
      "A mail to %s is on its way. Type its code: 'quantchat email verify CODE'.";

  @Mixin final AccountOptions options = new AccountOptions();

  @Spec CommandSpec spec;

  private final Shell shell;

  EmailCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.err());
    return Exit.USAGE.code();
  }

  @Command(
      name = "verify",
      description = "Show the code of the newest mail: others find you by that address then.")
  int verify(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "CODE", description = "such as 7K2QM-0XW9D") String code) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      Account verified = account.chat().verifyEmail(code);
      OwnedAccount.keep(shell, options, verified);
      say(options, verified.email(), true, "%s is verified, and this account's address.");
      return Exit.DONE.code();
    } catch (ServerRefusalException refused) {
      throw Refusals.ofCode(refused, "quantchat email send");
    }
  }

  @Command(name = "send", description = "Have the mail sent once more that verifies an address.")
  int send(@Mixin AccountOptions options) {
    try (OpenAccount account = OpenAccount.open(shell, options, new FailureNotes(shell))) {
      say(options, account.chat().sendVerification(), false, SENT);
      return Exit.DONE.code();
    }
  }

  @Command(
      name = "change",
      description =
          "Have another address. Where the server sends mail, it takes the old one's place once it"
              + " is verified.")
  int change(
      @Mixin AccountOptions options,
      @Parameters(paramLabel = "EMAIL", description = "the new address") String email) {
    var account = new OwnedAccount(shell, options);
    return account.with(
        (chat, secrets) -> {
          char[] password = secrets.ask("password of " + account.name());
          try {
            if (chat.changeEmail(email, password)) {
              say(options, email, false, SENT);
            } else {
              Account changed = chat.account().orElseThrow();
              OwnedAccount.keep(shell, options, changed);
              say(options, changed.email(), false, "%s is this account's address.");
            }
          } finally {
            Arrays.fill(password, '\0');
          }
          return Exit.DONE.code();
        });
  }

  private void say(AccountOptions options, String email, boolean verified, String words) {
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("email", email);
      shown.put("verified", verified);
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say(words.formatted(Printable.line(email)));
    }
  }
}
