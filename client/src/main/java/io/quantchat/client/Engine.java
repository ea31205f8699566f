package io.quantchat.client;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.Frame;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.ServerTime;
import io.quantchat.client.wire.Socket;
import io.quantchat.crypto.RefusedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One account at work: what comes in and goes out, in which order. On the worker's thread. */
final class Engine implements Link.Handler {

  private static final Duration UPKEEP = Duration.ofHours(1);

  /** How old the server's time in the store may get. */
  private static final Duration TIME_KEPT = Duration.ofHours(1);

  private final LocalStore store;
  private final UUID userId;
  private final RelayApi relay;
  private final Worker worker;
  private final Transfers transfers;
  private final Sealing sealing;
  private final Surroundings surroundings;
  private final QuantChatListener listener;
  private final OwnKeys ownKeys;
  private final Identities identities;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Receipts receipts;
  private final Requests requests;
  private final Recovery recovery;
  private final Signals signals;
  private final ClockWatch clock;
  private final Link link;
  private final Retries retries;

  private Pause upkeepDone = Pause.OVER;

  /** The directory has asked to be left alone for so long. */
  private Pause keysQuiet = Pause.OVER;

  private boolean contactsAsked;
  private boolean resumeDue;
  private boolean pumpDue;

  Engine(
      UUID userId,
      LocalStore store,
      RelayApi relay,
      HttpClient http,
      URI socketUrl,
      Worker worker,
      MessageIds ids,
      ServerTime serverTime,
      KeyTime keyTime,
      Transfers transfers,
      Surroundings surroundings,
      QuantChatListener listener) {
    this.store = store;
    this.userId = userId;
    this.relay = relay;
    this.worker = worker;
    this.transfers = transfers;
    this.surroundings = surroundings;
    this.listener = listener;
    this.ownKeys = new OwnKeys(userId, store, relay.keys(), keyTime, surroundings);
    var peers = new Peers(store, relay.keys(), surroundings, listener);
    this.identities = new Identities(userId, ownKeys, peers);
    this.sealing = new Sealing(userId, store, peers, ownKeys.identity(), surroundings);
    this.clock = new ClockWatch(serverTime, surroundings, listener, relay::askTime);
    Outbox.Ids minted = now -> ids.next(now, clock.serverNow());
    this.outbox = new Outbox(userId, store, relay, sealing, minted, clock, surroundings, listener);
    this.requests = new Requests(store, minted, surroundings, listener);
    this.recovery =
        new Recovery(
            userId, store, relay.keys(), ownKeys, requests, minted, surroundings, listener);
    var resealing = new Resealing(userId, store, minted, surroundings);
    this.inbox =
        new Inbox(
            userId,
            store,
            relay,
            peers,
            ownKeys.oneTime(),
            requests,
            resealing,
            surroundings,
            listener);
    this.receipts = new Receipts(userId, store);
    this.signals = new Signals(store, receipts, listener);
    this.link = new Link(worker, http, socketUrl, relay, surroundings);
    this.retries = new Retries(surroundings.backoff(), surroundings.random());
  }

  OwnKeys ownKeys() {
    return ownKeys;
  }

  Identities identities() {
    return identities;
  }

  /** Has a store that came back from a copy go on. */
  void recover() {
    recovery.begin();
  }

  /** Another program of this account may have been at it: the directory is asked soon. */
  void mayHaveBeenCopied() {
    recovery.lookSoon();
  }

  /** Has a socket from now on. */
  void connect() {
    transfers.start();
    link.open(this);
  }

  void disconnect() {
    transfers.stop();
    link.close();
  }

  /** Tells a contact that the user types, or has stopped, where there is a socket. */
  void typing(UUID contactId, boolean typing) {
    link.socket().ifPresent(socket -> socket.typing(contactId, typing));
  }

  /**
   * Does everything once, over REST: keys, what is to go out, what has come in.
   *
   * @return whether nothing is left that another try may help
   */
  boolean sync() {
    boolean left = !tried(ownKeys::upkeep);
    left |= !tried(recovery::look);
    left |= outbox.run(Optional.empty());
    boolean leftBehind = inbox.catchUp(this::acknowledge);
    left |= leftBehind || !tried(recovery::finish);
    boolean asked = requests.run();
    if (inbox.hasAnswered() || asked) {
      left |= outbox.run(Optional.empty());
    }
    keepTime();
    return !left;
  }

  /**
   * Takes back all prekeys, once what is waiting for them is in.
   *
   * @return whether the directory has withdrawn those it had
   */
  boolean resetKeys() {
    boolean unused = tried(() -> inbox.catchUp(this::acknowledge));
    return ownKeys.reset();
  }

  /** A message that failed goes out again, under a new id. */
  Message retry(UUID messageId) {
    Message failed =
        store
            .messages()
            .find(userId, messageId)
            .filter(message -> message.state() == MessageState.FAILED)
            .orElseThrow(() -> new IllegalArgumentException("No message of this id has failed."));
    return outbox.reissue(failed, surroundings.now());
  }

  /** Remembers the server's time, and tells the user if the clock here is off. */
  private void keepTime() {
    clock.look();
    clock
        .serverNow()
        .filter(now -> store.account().serverTime().filter(kept -> isNear(kept, now)).isEmpty())
        .ifPresent(store.account()::keepServerTime);
  }

  private static boolean isNear(Instant kept, Instant now) {
    return Duration.between(kept, now).abs().compareTo(TIME_KEPT) < 0;
  }

  /** There is a message to send: it goes out now where a connection is wanted. */
  void written() {
    transfers.wake();
    if (link.isWanted()) {
      tried(this::pump);
    }
  }

  /** Whether a contact's program takes files. */
  boolean takesFiles(UUID contactId) {
    return sealing.takesFiles(contactId);
  }

  /** All files of a message are on the server: it goes out where a connection is wanted. */
  void filesReady() {
    if (link.isWanted()) {
      tried(this::pump);
    }
  }

  /** A message with files can't be sent. */
  void filesRefused(UUID messageId, String reason) {
    outbox.refused(messageId, reason);
    filesReady();
  }

  /** The user has agreed to something that messages waited for. */
  void unblocked() {
    transfers.wake();
    if (link.isWanted()) {
      resume();
    }
  }

  /** Sends what is waiting, and again later while something is. */
  void pump() {
    if (outbox.run(link.socket()) && !pumpDue) {
      pumpDue = true;
      worker.after(
          outbox.nextTry(),
          () -> {
            pumpDue = false;
            tried(this::pump);
          });
    }
  }

  /** Does what a gap may have held up; a part that can't be done now doesn't hold up the others. */
  private void resume() {
    boolean left = !tried(this::keepUp);
    left |= !tried(this::pump);
    left |= !tried(this::catchUp);
    left |= !tried(this::makeUpForMissed);
    sendReceipts();
    keepTime();
    if (left) {
      resumeLater();
    } else {
      retries.reset();
    }
  }

  private void keepUp() {
    ownKeys.forget();
    if (!upkeepDone.isOver()) {
      return;
    }
    try {
      ownKeys.upkeep();
      recovery.look();
      upkeepDone = surroundings.pause(UPKEEP);
    } catch (ServerUnreachableException e) {
      e.retryAfter().ifPresent(wait -> keysQuiet = surroundings.pause(wait));
      upkeepDone = keysQuiet;
      throw e;
    }
  }

  private void catchUp() {
    if (inbox.catchUp(this::acknowledge)) {
      resumeLater();
    } else {
      recovery.finish();
    }
    answer();
  }

  /** What came in may ask for something to go out. */
  private void answer() {
    boolean asked = requests.run();
    if (inbox.hasAnswered() || asked) {
      pump();
    }
  }

  /** Somebody was added by the user, or has added the user: what one tells now passes, perhaps. */
  void befriended() {
    contactsAsked = false;
    runOrResume(this::makeUpForMissed);
    sendReceipts();
  }

  /** Sends again receipts that went out while their recipients weren't there. */
  private void makeUpForMissed() {
    if (signals.mayHaveBeenMissed() && !contactsAsked) {
      signals.look(relay.contacts());
      contactsAsked = true;
    }
  }

  /** Whether a part was done, or need not be tried again; it never hinders another. */
  private boolean tried(Runnable part) {
    try {
      part.run();
      return true;
    } catch (ServerUnreachableException e) {
      retries.heed(e);
      return false;
    } catch (ServerRefusalException e) {
      // Of the clock the user is told anyway, and by how much it is off.
      if (!e.isForTheClock()) {
        listener.failed(e);
      }
      return false;
    } catch (RefusedException | DamagedException e) {
      listener.failed(e);
      return false;
    } catch (LoginRequiredException e) {
      listener.loginRequired();
      return true;
    }
  }

  private void resumeLater() {
    if (!resumeDue) {
      resumeDue = true;
      worker.after(
          retries.next(),
          () -> {
            resumeDue = false;
            if (link.socket().isPresent()) {
              resume();
            }
          });
    }
  }

  private void acknowledge(List<UUID> messageIds) {
    Optional<Socket> socket = link.socket();
    if (socket.isPresent()) {
      socket.get().acknowledge(messageIds);
    } else {
      relay.acknowledge(messageIds);
    }
    surroundings.at(Step.ACKNOWLEDGED);
    transfers.wake();
  }

  /** Tells senders how far their messages are, where there is a socket to tell it over. */
  void sendReceipts() {
    link.socket().ifPresent(signals::sendReceipts);
  }

  @Override
  public void opened() {
    signals.reset();
    contactsAsked = false;
    listener.connection(true);
    transfers.wake();
    resume();
  }

  @Override
  public void beat() {
    resume();
  }

  @Override
  public void lost() {
    outbox.disconnected();
    listener.connection(false);
    tried(this::pump);
  }

  @Override
  public void notOpened(RuntimeException reason) {
    listener.notConnected(reason);
  }

  @Override
  public void loginRequired() {
    listener.loginRequired();
  }

  @Override
  public void frame(Frame frame) {
    switch (frame) {
      case Frame.NewMessage arrived -> pushed(arrived);
      case Frame.Queued queued -> {
        outbox.sent(queued.messageId());
        receipts.sent(queued.messageId()).ifPresent(listener::moved);
        runOrResume(this::pump);
      }
      case Frame.SendRefused refused -> refused(refused);
      case Frame.PrekeysLow low -> {
        upkeepDone = keysQuiet;
        runOrResume(this::keepUp);
      }
      case Frame.ContactAdded added -> {
        signals.take(added);
        befriended();
      }
      case Frame.Signal signal -> signals.take(signal);
      case Frame.Other other -> {
        // It says that the socket is alive, which the link has seen.
      }
    }
    sendReceipts();
  }

  private void runOrResume(Runnable part) {
    if (!tried(part)) {
      resumeLater();
    }
  }

  private void pushed(Frame.NewMessage arrived) {
    if (!arrived.isFromStranger()) {
      arrived.senderId().ifPresent(signals::showed);
    }
    if (arrived.isToFetch()) {
      runOrResume(this::catchUp);
    } else {
      runOrResume(
          () -> {
            inbox.take(arrived.message(), this::acknowledge);
            if (inbox.isLookDue()) {
              catchUp();
            } else {
              answer();
            }
          });
    }
  }

  /** A send that was refused for good fails; one that can't be taken now is sent again. */
  private void refused(Frame.SendRefused refused) {
    if (Outbox.isForGood(refused.status())) {
      outbox.refused(
          refused.messageId(), refused.status(), refused.detail(), refused.isForTheClock());
      runOrResume(this::pump);
      keepTime();
    } else if (!refused.retryAfter().isZero()) {
      outbox.notNow(
          refused.messageId(),
          new ServerRefusalException(
              refused.status(), refused.detail(), refused.code(), refused.retryAfter()));
      runOrResume(this::pump);
    }
  }
}
