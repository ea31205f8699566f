package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.cli.agent.AgentLostException;
import io.quantchat.cli.agent.Chat;
import io.quantchat.cli.agent.ChatListener;
import io.quantchat.cli.agent.ChatServer;
import io.quantchat.cli.agent.OwnChat;
import io.quantchat.cli.agent.RemoteChat;
import io.quantchat.cli.agent.ServedChat;
import io.quantchat.cli.agent.Terms;
import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.StoreInUseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * An account that a command works with: over there where an agent or a chat has it open, here
 * otherwise.
 */
final class OpenAccount implements AutoCloseable {

  private static final Duration LONGEST_REOPENING = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Shell shell;
  private final AccountOptions options;
  private final AccountFile file;
  private final Profile profile;
  private final QuantChatListener listener;

  /** Until the store is open here; beside an agent until the end, for it may be gone earlier. */
  private Optional<char[]> secret = Optional.empty();

  private Chat chat;
  private Runnable closing = () -> {};

  private OpenAccount(
      Shell shell, AccountOptions options, AccountFile file, QuantChatListener listener) {
    this.shell = shell;
    this.options = options;
    this.file = file;
    this.listener = listener;
    this.profile = file.owner();
  }

  /**
   * Opens the account that the options choose.
   *
   * @throws CommandException where there is none, or several
   */
  static OpenAccount open(Shell shell, AccountOptions options, QuantChatListener listener) {
    OpenAccount account = chosen(shell, options, listener);
    account.begin(account::alone);
    return account;
  }

  /** Opens it for other commands as well, as long as it is open here. */
  static OpenAccount shared(Shell shell, AccountOptions options, ChatListener listener) {
    OpenAccount account = chosen(shell, options, listener);
    account.begin(passphrase -> account.served(passphrase, listener));
    return account;
  }

  private static OpenAccount chosen(
      Shell shell, AccountOptions options, QuantChatListener listener) {
    return new OpenAccount(
        shell, options, new Accounts(shell.accounts()).chosen(options), listener);
  }

  /** Opens the store here. */
  private interface Opening {
    Chat open(char[] passphrase);
  }

  /** What was typed doesn't stay where it opens nothing, but for another try. */
  private void begin(Opening here) {
    try {
      try {
        open(here);
      } catch (AgentLostException e) {
        // Its time was over just now, or somebody has locked it: as if there had been none.
        reopen(here);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(Opening here) {
    Optional<RemoteChat> holder = Agents.holder(file.store(), listener);
    if (holder.isPresent()) {
      use(holder.get());
      return;
    }
    if (secret.isEmpty()) {
      secret = Optional.of(passphrase());
    }
    chat = here.open(secret.get());
    forget();
  }

  private void forget() {
    secret.ifPresent(passphrase -> Arrays.fill(passphrase, '\0'));
    secret = Optional.empty();
  }

  /** What is piped is read as ever: the line after the passphrase may be a message. */
  private void use(RemoteChat holder) {
    try {
      Agents.requireSameBuild(holder);
      if (ServerChoice.said(options).filter(said -> !said.equals(profile.servers())).isPresent()) {
        throw new CommandException(
            Exit.USAGE,
            "The account is open with another server than the options name: "
                + Agents.howToClose(holder)
                + ".");
      }
      if (options.secrets().isPresent() && secret.isEmpty()) {
        secret = Optional.of(passphrase());
      }
      chat = holder.chat();
      closing = holder::close;
    } catch (RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  private char[] passphrase() {
    try (Secrets secrets = Secrets.from(options.secrets(), shell)) {
      return secrets.ask("passphrase of " + Printable.line(profile.email()));
    }
  }

  private Chat alone(char[] passphrase) {
    return OwnChat.of(opened(passphrase, listener));
  }

  private QuantChat opened(char[] passphrase, QuantChatListener told) {
    Servers servers = ServerChoice.said(options).orElse(profile.servers());
    QuantChat opened = QuantChat.open(servers, file.store(), passphrase, told);
    closing = opened::close;
    return opened;
  }

  private Chat served(char[] passphrase, ChatListener told) {
    var served = new ServedChat(listening -> opened(passphrase, listening));
    try {
      ChatServer server =
          ChatServer.open(
              Agents.places(file.store()), served, new Terms(Optional.empty(), Optional.empty()));
      closing =
          () -> {
            server.stop();
            served.close();
            server.close();
          };
    } catch (IOException e) {
      // Then it isn't shared, which it need not be to work here.
    }
    return served.view(told);
  }

  Chat chat() {
    return chat;
  }

  People people() {
    return new People(chat);
  }

  /** What is only looked up is asked for again where the program that holds the account ends. */
  <T> T look(Function<Chat, T> question) {
    try {
      return question.apply(chat);
    } catch (AgentLostException e) {
      reopen(this::alone);
      return question.apply(chat);
    }
  }

  /**
   * Writes to somebody. Where the program that holds the account ends before it has answered, the
   * same request is made again, of another or here: it isn't done twice.
   */
  Message send(UUID contactId, String text, List<Attachment> files) {
    UUID request = UUID.randomUUID();
    try {
      return chat.sendOnce(request, contactId, text, files);
    } catch (AgentLostException e) {
      try {
        reopen(this::alone);
      } catch (RuntimeException unopened) {
        unopened.addSuppressed(e);
        throw new CommandException(
            Exit.FAILED,
            "The program that held the account open ended before it answered: see in"
                + " 'quantchat chat' whether the message is there before you write it again. "
                + Failures.words(unopened),
            unopened);
      }
      return chat.sendOnce(request, contactId, text, files);
    }
  }

  /** It may take a moment to end, and others who have lost it, too, to do what they had to. */
  private void reopen(Opening here) {
    long began = System.nanoTime();
    while (true) {
      try {
        open(here);
        return;
      } catch (StoreInUseException | AgentLostException e) {
        if (System.nanoTime() - began > LONGEST_REOPENING.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  @Override
  public void close() {
    forget();
    closing.run();
  }
}
