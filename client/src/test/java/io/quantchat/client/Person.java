package io.quantchat.client;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.store.AccountStore.Tokens;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Content;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Suite;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Somebody with a program, a store and eyes. */
final class Person implements QuantChatListener, AutoCloseable {

  private static final char[] SECRET = "a long enough secret".toCharArray();
  private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  private static final Duration POLL = Duration.ofMillis(20);

  /** For a machine that does much else; what comes, comes long before. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** One-time prekeys of a batch: so many that one take leaves enough. */
  static final int BATCH = 26;

  final String email;
  final Path file;
  private final Servers servers;
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  QuantChat client;

  Person(TestRelay relay, Path folder, String name) {
    this.email = name + "-" + UUID.randomUUID() + "@example.com";
    this.file = folder.resolve(name + ".db");
    this.servers = relay.servers();
    start(step -> {});
  }

  static char[] passphrase() {
    return SECRET.clone();
  }

  /** Somebody with an account and keys. */
  static Person registered(TestRelay relay, Path folder, String name) {
    var person = new Person(relay, folder, name);
    person.client.register(person.email, SECRET, name);
    return person;
  }

  /** Tries its socket all the time. */
  static Surroundings impatient() {
    return surroundings(
        Clock.systemUTC(), Duration.ofSeconds(1), Duration.ofMillis(300), step -> {});
  }

  static Surroundings surroundings(Consumer<Step> steps) {
    return surroundings(Clock.systemUTC(), steps);
  }

  static Surroundings surroundings(Clock clock, Consumer<Step> steps) {
    return surroundings(clock, Duration.ofSeconds(5), Duration.ofMinutes(1), steps);
  }

  private static Surroundings surroundings(
      Clock clock, Duration frame, Duration heartbeat, Consumer<Step> steps) {
    return new Surroundings(
        clock,
        clock instanceof TestClock test ? test::nanos : System::nanoTime,
        new SecureRandom(),
        CHEAP,
        new Backoff.Bounds(Duration.ofMillis(20), Duration.ofMillis(200)),
        new Surroundings.Waits(LONGEST_WAIT, LONGEST_WAIT, frame, heartbeat),
        Capabilities.ofThisProgram(),
        BATCH,
        steps);
  }

  void start(Consumer<Step> steps) {
    start(surroundings(steps));
  }

  void start(Surroundings surroundings) {
    client = QuantChat.open(servers, file, SECRET.clone(), this, surroundings);
  }

  void start(Surroundings surroundings, Servers others) {
    client = QuantChat.open(others, file, SECRET.clone(), this, surroundings);
  }

  /**
   * Has the access token's time be over. The program is closed.
   *
   * @return the session's tokens
   */
  Tokens expireTokens() {
    try (LocalStore store = LocalStore.open(file, SECRET.clone(), CHEAP, new SecureRandom())) {
      Tokens tokens = store.account().tokens().orElseThrow();
      store.account().keep(new Tokens(tokens.access(), tokens.refresh(), Instant.EPOCH));
      return tokens;
    }
  }

  /** What went wrong aside. */
  Throwable nextFailure() {
    try {
      Object event;
      do {
        event = events.poll(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new AssertionError("Nothing went wrong");
        }
      } while (!(event instanceof Failed));
      return ((Failed) event).failure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Whether something like this was told; what was told is gone. */
  boolean wasTold(Class<?> kind) {
    var told = new ArrayList<Object>();
    events.drainTo(told);
    return told.stream().anyMatch(kind::isInstance);
  }

  /** Does something with the store of the program, which is closed. */
  <T> T inStore(Function<LocalStore, T> work) {
    try (LocalStore store = LocalStore.open(file, SECRET.clone(), CHEAP, new SecureRandom())) {
      return work.apply(store);
    }
  }

  /** The times of the private parts that the program, which is closed, still has. */
  List<PrivatePart> privateParts() {
    try (java.sql.Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM own_keys")) {
      var parts = new ArrayList<PrivatePart>();
      while (row.next()) {
        parts.add(
            new PrivatePart(
                row.getString("kind"),
                Instant.ofEpochMilli(row.getLong("created_ms")),
                Optional.ofNullable(row.getString("retired_ms"))
                    .map(Long::parseLong)
                    .map(Instant::ofEpochMilli)));
      }
      return parts;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A private part of a key: {@code spk}, {@code kem} or {@code opk}. */
  record PrivatePart(String kind, Instant created, Optional<Instant> retired) {}

  /** Publishes, signed, that this program can do no better than v1 any more. */
  void publishWeakerBundle() {
    publishBundle(Capabilities.of(Suite.V1));
  }

  /** Has a program go on that can do so much, and says so in its bundle. */
  void publishBundle(Capabilities capabilities) {
    client.close();
    Surroundings usual = surroundings(step -> {});
    start(
        new Surroundings(
            usual.clock(),
            usual.nanos(),
            usual.random(),
            usual.passphraseCost(),
            usual.backoff(),
            usual.waits(),
            capabilities,
            usual.batchSize(),
            usual.steps()));
    client.sync();
  }

  /** The store itself. The program is closed. */
  LocalStore openStore() {
    return LocalStore.open(file, SECRET.clone(), CHEAP, new SecureRandom());
  }

  /** What was told until now is passed over. */
  void forgetEvents() {
    events.clear();
  }

  /** Asks somebody to seal a message again, whosever it is. */
  void askAgain(Person sender, UUID messageId) {
    client.close();
    try (LocalStore store = LocalStore.open(file, SECRET.clone(), CHEAP, new SecureRandom())) {
      var request =
          new Content.Again("unopened", List.of(messageId), Optional.empty(), Optional.empty());
      UUID id = new MessageIds(new SecureRandom()).next(Instant.now(), Optional.empty());
      store.outbox().addControl(id, sender.id(), request.encode());
    }
    start(step -> {});
    client.sync();
  }

  /** Opens the socket. */
  void connect() {
    client.connect();
    await(Connection.class, Connection::open);
  }

  void login() {
    client.login(email, SECRET);
  }

  UUID id() {
    return client.account().map(Account::userId).orElseThrow();
  }

  List<String> textsWith(Person other) {
    return client.conversation(other.id()).stream().map(Message::text).toList();
  }

  /** How far a message of this one's is. */
  MessageState stateOf(Message message) {
    return client.conversation(message.contactId()).stream()
        .filter(found -> found.id().equals(message.id()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  /** Waits until it is so. */
  static void awaitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It never became so");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** All of a kind that was told so far. */
  <T> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The next thing told that is like this. */
  <T> T await(Class<T> kind, Predicate<T> like) {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    try {
      while (true) {
        Object event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new AssertionError("Nothing of " + kind.getSimpleName() + " was told");
        }
        if (event instanceof Failed failed) {
          throw new AssertionError(failed.failure());
        }
        if (kind.isInstance(event) && like.test(kind.cast(event))) {
          return kind.cast(event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void received(Message message) {
    events.add(new Came(message));
  }

  @Override
  public void moved(Message message) {
    events.add(new Moved(message));
  }

  @Override
  public void fileMoved(UUID contactId, UUID messageId, MessageFile file) {
    events.add(new FileMoved(messageId, file));
  }

  @Override
  public void reissued(UUID oldId, Message message) {
    events.add(new Reissued(oldId, message));
  }

  @Override
  public void clockOff(Duration ahead) {
    events.add(new ClockOff(ahead));
  }

  @Override
  public void held(Message message, RefusedException reason) {
    events.add(new Held(message, reason));
  }

  @Override
  public void refused(Quarantined message) {
    events.add(message);
  }

  @Override
  public void withheld(Message message, long onOffer) {
    events.add(new Withheld(message, onOffer));
  }

  @Override
  public void missing(UUID contactId, long count) {
    events.add(new Missing(contactId, count));
  }

  @Override
  public void restored(List<UUID> asked, List<UUID> notAsked) {
    events.add(new Restored(asked, notAsked));
  }

  @Override
  public void identityChanged(UUID contactId) {
    events.add(new Changed(contactId));
  }

  @Override
  public void typing(UUID contactId, boolean typing) {
    events.add(new Typing(contactId, typing));
  }

  @Override
  public void presence(UUID contactId, boolean online) {
    events.add(new Presence(contactId, online));
  }

  @Override
  public void connection(boolean open) {
    events.add(new Connection(open));
  }

  @Override
  public void loginRequired() {
    events.add(new LoggedOut());
  }

  @Override
  public void failed(Throwable failure) {
    events.add(new Failed(failure));
  }

  @Override
  public void close() {
    client.close();
  }

  record Came(Message message) {}

  record Moved(Message message) {}

  record FileMoved(UUID messageId, MessageFile file) {}

  record Reissued(UUID oldId, Message message) {}

  record ClockOff(Duration ahead) {}

  record Held(Message message, RefusedException reason) {}

  record Withheld(Message message, long onOffer) {}

  record Missing(UUID contactId, long count) {}

  record Restored(List<UUID> asked, List<UUID> notAsked) {}

  record Changed(UUID contactId) {}

  record Typing(UUID contactId, boolean typing) {}

  record Presence(UUID contactId, boolean online) {}

  record Connection(boolean open) {}

  record LoggedOut() {}

  record Failed(Throwable failure) {}
}
