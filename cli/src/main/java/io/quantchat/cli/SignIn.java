package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.client.QuantChat;
import io.quantchat.client.Servers;
import io.quantchat.client.model.Account;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.ServerUnreachableException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Opens an account's first session on a store, or the next one. The file beside the store is
 * written once the account is in the store, also where publishing its keys fails after that: the
 * next command publishes them. A store that no account came into is deleted again.
 */
final class SignIn {

  private final Shell shell;
  private final AccountOptions options;
  private final String email;
  private final AccountFile file;
  private Optional<Path> brought = Optional.empty();

  SignIn(Shell shell, AccountOptions options, String email) {
    this.shell = shell;
    this.options = options;
    this.email = email;
    this.file = new Accounts(shell.accounts()).of(email, options);
  }

  /** With an account file, which is brought into the store before the session opens. */
  SignIn bringing(Optional<Path> accountFile) {
    brought = accountFile;
    return this;
  }

  /** Which of the two it is. */
  enum Kind {
    REGISTER,
    LOGIN
  }

  int run(Kind kind, BiFunction<QuantChat, char[], Account> opening) {
    Servers servers =
        ServerChoice.said(options)
            .or(() -> file.profile().map(Profile::servers))
            .orElseGet(() -> ServerChoice.here(shell.running()));
    boolean fresh = !file.exists();
    file.makeFolder();
    boolean signedIn = false;
    Agents.letGo(shell, file.store());
    try (Secrets secrets = Secrets.from(options.secrets(), shell);
        QuantChat chat = open(servers, secrets, fresh)) {
      refuseSecondAccount(kind, chat);
      try {
        signIn(kind, opening, chat, secrets);
      } catch (ServerUnreachableException e) {
        throw new CommandException(Exit.UNREACHABLE, unreachable(chat, e), e);
      } finally {
        signedIn = chat.account().filter(there -> isOurs(there, fresh)).isPresent();
      }
      print(kind, chat.account().orElseThrow(), servers);
    } finally {
      if (signedIn) {
        file.keep(new Profile(email, servers));
      } else if (fresh) {
        file.delete();
      }
    }
    return Exit.DONE.code();
  }

  private String unreachable(QuantChat chat, ServerUnreachableException why) {
    if (chat.account().isEmpty()) {
      return Failures.words(why) + " " + ServerChoice.reason(options, shell, Optional.of(file));
    }
    return brought.isPresent()
        ? "The account file is here, but the server can't be reached now: log in again later,"
            + " without --account-file."
        : "The account is there, but not its keys: the server can't be reached now. The next"
            + " command publishes them.";
  }

  /** An account file of somebody else's makes no store under this name. */
  private boolean isOurs(Account account, boolean fresh) {
    return !fresh || brought.isEmpty() || account.email().equalsIgnoreCase(email);
  }

  private QuantChat open(Servers servers, Secrets secrets, boolean fresh) {
    String name = Printable.line(email);
    char[] passphrase =
        fresh
            ? secrets.askNew("passphrase that encrypts this machine's store of " + name)
            : secrets.ask("passphrase of " + name);
    try {
      return Progress.during(
          shell,
          "Opening the store",
          () -> QuantChat.open(servers, file.store(), passphrase, new FailureNotes(shell)));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private void refuseSecondAccount(Kind kind, QuantChat chat) {
    if (kind == Kind.REGISTER && chat.account().isPresent()) {
      throw new CommandException(
          Exit.USAGE, "This store has an account already: log in, or use another --store.");
    }
  }

  private void signIn(
      Kind kind, BiFunction<QuantChat, char[], Account> opening, QuantChat chat, Secrets secrets) {
    String what = "password of " + Printable.line(email);
    char[] password = kind == Kind.REGISTER ? secrets.askNew(what) : secrets.ask(what);
    try {
      if (brought.isPresent()) {
        bring(brought.get(), chat, secrets);
      }
      Account unused =
          Progress.during(shell, "Making and publishing keys", () -> opening.apply(chat, password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private void bring(Path accountFile, QuantChat chat, Secrets secrets) {
    ImportResult result = new AccountFileTransfer(shell, options).bring(accountFile, chat, secrets);
    if (!options.json) {
      shell.say(AccountFileTransfer.said(result));
    }
  }

  private void print(Kind kind, Account account, Servers servers) {
    if (options.json) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("user_id", account.userId().toString());
      shown.put("email", account.email());
      shown.put("username", account.username());
      shown.put("store", file.store().toString());
      shown.put("rest_url", servers.rest().toString());
      shown.put("socket_url", servers.socket().toString());
      shell.say(JsonOutput.of(shown));
    } else {
      shell.say(
          "%s %s as %s. The store is %s."
              .formatted(
                  kind == Kind.REGISTER ? "Registered" : "Logged in",
                  Printable.line(account.email()),
                  Printable.line(account.username()),
                  file.store()));
    }
  }
}
