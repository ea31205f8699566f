package io.quantchat.cli;

import io.quantchat.cli.agent.AgentLostException;
import io.quantchat.cli.agent.Chat;
import io.quantchat.cli.agent.ChatListener;
import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.MetadataException;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One conversation while it is on a screen: what comes in is shown and marked as read, what is
 * typed goes out. A message is shown after it was stored, each once.
 */
final class Conversation implements ChatListener {

  /** The beginning of a line that isn't a message. */
  static final String COMMAND = "/";

  private final TheirTyping theirTyping;
  private final Unsettled unsettled = new Unsettled();
  private final Set<UUID> toldHeld = ConcurrentHashMap.newKeySet();

  /** Nothing is told before there is a screen; then it stays. */
  private volatile Talk talk;

  private volatile Function<People, String> restored;
  private volatile boolean identityChanged;
  private volatile boolean sessionEnded;

  /** Counted down once it is known whether there is a connection. */
  private final CountDownLatch tried = new CountDownLatch(1);

  private volatile boolean everConnected;

  /** Why the last try at a connection failed; null before one has. */
  private volatile RuntimeException notConnected;

  Conversation(ScheduledExecutorService timer) {
    this.theirTyping = new TheirTyping(timer);
  }

  /** Two people, and where one of them sees it. */
  record Talk(Chat chat, UUID contactId, People people, ChatScreen screen) {}

  /**
   * Shows what was said before, and goes on until the input ends.
   *
   * @param history how many messages of before
   * @param patience how long to wait in the end for what isn't sent yet
   */
  Exit hold(Talk begun, int history, Duration patience) {
    talk = begun;
    showBefore(begun, history);
    tellRestored(begun);
    begun.chat().connect();
    var commands = new ChatCommands(begun, this);
    Optional<String> line = begun.screen().readLine();
    while (line.isPresent() && begun.screen().isShown() && commands.take(line.get())) {
      line = begun.screen().readLine();
    }
    return end(patience);
  }

  /** What is marked as read was shown, all of it: also where that is more than was asked for. */
  private static void showBefore(Talk begun, int history) {
    List<Message> before = begun.chat().conversation(begun.contactId());
    int unread = Math.toIntExact(before.stream().takeWhile(message -> !isUnread(message)).count());
    before
        .subList(Math.max(0, Math.min(unread, before.size() - history)), before.size())
        .forEach(begun.screen()::message);
    markShown(begun, before);
  }

  private static boolean isUnread(Message message) {
    return message.isIncoming() && message.state() == MessageState.DELIVERED;
  }

  private static void markShown(Talk talk, List<Message> shown) {
    if (talk.screen().isShown()) {
      talk.chat().markRead(talk.contactId(), shown.stream().map(Message::id).toList());
    }
  }

  private Exit end(Duration patience) {
    boolean sent = unsettled.await(sessionEnded ? Duration.ZERO : patience);
    if (sessionEnded) {
      return Exit.LOGIN_REQUIRED;
    }
    if (!toldHeld.isEmpty()) {
      return Exit.ENCRYPTION;
    }
    if (!sent) {
      talk.screen().note("kept", "not all is sent yet: it is kept, and goes out later");
    }
    return sent ? Exit.DONE : Exit.KEPT;
  }

  /**
   * Why there never was a connection; nothing where there was one. Waits until that is known.
   *
   * @param patience how long at most
   */
  Optional<RuntimeException> neverConnected(Duration patience) {
    try {
      boolean unused = tried.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (everConnected) {
      return Optional.empty();
    }
    RuntimeException reason = notConnected;
    return Optional.of(
        reason == null
            ? new CommandException(Exit.UNREACHABLE, "The server hasn't answered yet.")
            : reason);
  }

  void say(String text) {
    say(text, List.of());
  }

  void say(String text, List<Attachment> files) {
    Talk now = talk;
    if (identityChanged) {
      now.screen().note("not_sent", "not sent: see /verify, then /accept, and write it again");
      return;
    }
    try {
      // The answer may come before send() has returned.
      unsettled.hold();
      Message message = now.chat().send(now.contactId(), text, files);
      now.screen().message(message);
      unsettled.add(message.id());
    } catch (IllegalArgumentException e) {
      now.screen().note("not_sent", "not sent: " + e.getMessage());
    } catch (FileException | MetadataException e) {
      now.screen().note("not_sent", "not sent: " + Failures.words(e));
    } finally {
      unsettled.release();
    }
  }

  /** The user trusts the identity that there is now. */
  void accepted() {
    identityChanged = false;
    toldHeld.clear();
  }

  /** By another command: it is part of what is talked here. */
  @Override
  public void written(Message message) {
    Talk now = talk;
    if (now != null && message.contactId().equals(now.contactId())) {
      now.screen().message(message);
    }
  }

  @Override
  public void received(Message message) {
    Talk now = talk;
    if (now == null) {
      return;
    }
    if (message.contactId().equals(now.contactId())) {
      theirTyping.stopped(now.screen());
      now.screen().message(message);
      markShown(now, List.of(message));
    } else {
      now.screen()
          .note(
              "elsewhere",
              now.people().name(message.contactId()) + " has written: see 'quantchat inbox'");
    }
  }

  @Override
  public void moved(Message message) {
    Talk now = talk;
    if (now != null && message.contactId().equals(now.contactId())) {
      // First: it waits until the message itself is on the screen.
      unsettled.remove(message.id());
      toldHeld.remove(message.id());
      now.screen().state(message);
    }
  }

  @Override
  public void fileMoved(UUID contactId, UUID messageId, MessageFile file) {
    Talk now = talk;
    if (now != null && contactId.equals(now.contactId())) {
      now.screen().file(messageId, file);
    }
  }

  @Override
  public void reissued(UUID oldId, Message message) {
    Talk now = talk;
    if (now != null && message.contactId().equals(now.contactId())) {
      unsettled.replace(oldId, message.id());
      now.screen().reissued(oldId, message);
    }
  }

  @Override
  public void clockOff(Duration ahead) {
    Talk now = talk;
    if (now != null) {
      now.screen().note("clock_off", Failures.clock(ahead));
    }
  }

  @Override
  public void held(Message message, RefusedException reason) {
    Talk now = talk;
    boolean here = now != null && message.contactId().equals(now.contactId());
    if (here && toldHeld.add(message.id())) {
      unsettled.remove(message.id());
      now.screen().note("held", "kept, not sent: " + Failures.refusal(reason));
    }
  }

  @Override
  public void refused(Quarantined message) {
    Talk now = talk;
    if (now != null) {
      now.screen()
          .note(
              "refused",
              "a message was refused and is kept for a look: " + Printable.line(message.detail()));
    }
  }

  @Override
  public void withheld(Message message, long onOffer) {
    Talk now = talk;
    if (now != null && message.contactId().equals(now.contactId())) {
      now.screen().note("withheld", "the last message " + Withheld.words(onOffer));
    }
  }

  @Override
  public void missing(UUID contactId, long count) {
    Talk now = talk;
    if (now != null) {
      now.screen().note("missing", ChatLines.missing(now.people().name(contactId), count));
    }
  }

  @Override
  public void restored(List<UUID> asked, List<UUID> notAsked) {
    restored =
        people ->
            ChatLines.restored(
                asked.stream().map(people::name).toList(),
                notAsked.stream().map(people::name).toList());
    tellRestored(talk);
  }

  /** It is found out before there is a screen. */
  private void tellRestored(Talk now) {
    Function<People, String> told = restored;
    if (now != null && told != null) {
      restored = null;
      now.screen().note("restored", told.apply(now.people()));
    }
  }

  @Override
  public void identityChanged(UUID contactId) {
    Talk now = talk;
    if (now != null && contactId.equals(now.contactId()) && !identityChanged) {
      identityChanged = true;
      now.screen()
          .note(
              "identity_changed",
              "WARNING: "
                  + now.people().name(contactId)
                  + " has another identity than before: a new device, or somebody stands between"
                  + " you. Nothing is sent. Compare the numbers of /verify, then /accept.");
    }
  }

  @Override
  public void typing(UUID contactId, boolean typing) {
    Talk now = talk;
    if (now == null || !contactId.equals(now.contactId())) {
      return;
    }
    if (typing) {
      theirTyping.seen(now.screen());
    } else {
      theirTyping.stopped(now.screen());
    }
  }

  @Override
  public void presence(UUID contactId, boolean online) {
    Talk now = talk;
    if (now != null && contactId.equals(now.contactId())) {
      now.screen().presence(online);
    }
  }

  /** Each reason is said once, not at each try. */
  @Override
  public void notConnected(RuntimeException reason) {
    Talk now = talk;
    RuntimeException before = notConnected;
    notConnected = reason;
    tried.countDown();
    if (now != null && (before == null || !Failures.words(before).equals(Failures.words(reason)))) {
      now.screen()
          .note(
              "not_connected",
              "not connected: " + Failures.words(reason) + " What you write is kept.");
    }
  }

  @Override
  public void connection(boolean open) {
    if (open) {
      everConnected = true;
      notConnected = null;
    }
    tried.countDown();
    Talk now = talk;
    if (now == null) {
      return;
    }
    now.screen().connection(open);
    if (open) {
      // Not on this thread: both wait for the server.
      Thread.ofVirtual().start(() -> look(now));
    }
  }

  /** Looks for what may have changed while nobody could tell. */
  private void look(Talk now) {
    try {
      now.chat().contacts().stream()
          .filter(contact -> contact.id().equals(now.contactId()))
          .map(Contact::online)
          .forEach(now.screen()::presence);
      if (now.chat().checkIdentity(now.contactId())) {
        identityChanged(now.contactId());
      }
    } catch (ServerUnreachableException
        | ServerRefusalException
        | RefusedException
        | AgentLostException
        | LoginRequiredException e) {
      // The next connection looks again; what it means for sending, sending says.
    }
  }

  @Override
  public void loginRequired() {
    notConnected = new LoginRequiredException();
    tried.countDown();
    Talk now = talk;
    if (now != null && !sessionEnded) {
      sessionEnded = true;
      now.screen()
          .note(
              "login_required",
              "the session has ended: leave with /quit, and run 'quantchat login'");
    }
  }

  @Override
  public void failed(Throwable failure) {
    Talk now = talk;
    if (now != null) {
      now.screen().note("failed", Failures.words(failure));
    }
  }
}
