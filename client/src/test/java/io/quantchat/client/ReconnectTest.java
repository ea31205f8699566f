package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.files.FileFolder;
import io.quantchat.client.model.Account;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.store.AccountStore.Tokens;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.HttpClients;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.ServerTime;
import io.quantchat.crypto.Capabilities;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client asks of a server on which no socket holds, in a time that tests have pass. */
class ReconnectTest {

  private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final FickleServer server = new FickleServer();
  private final TestClock clock = new TestClock();
  private final Told told = new Told();
  private LocalStore store;
  private Worker worker;
  private SkippedTime time;
  private Engine engine;
  private HttpClient http;

  /** What the client has said. */
  private static final class Told implements QuantChatListener {

    private final List<RuntimeException> notConnected = new CopyOnWriteArrayList<>();
    private final List<Boolean> connections = new CopyOnWriteArrayList<>();
    private volatile int loginsRequired;

    @Override
    public void notConnected(RuntimeException reason) {
      notConnected.add(reason);
    }

    @Override
    public void connection(boolean open) {
      connections.add(open);
    }

    @Override
    public synchronized void loginRequired() {
      loginsRequired++;
    }

    @Override
    public void failed(Throwable failure) {
      // The server refuses what isn't asked about here.
    }

    /** Sockets, or tries at one, that came to an end. */
    long ends() {
      return notConnected.size() + connections.stream().filter(open -> !open).count();
    }
  }

  @BeforeEach
  void somebody() {
    Servers servers = server.servers();
    store =
        LocalStore.open(folder.resolve("a.db"), "secret".toCharArray(), CHEAP, new SecureRandom());
    var self = new Account(UUID.randomUUID(), "a@example.org", "a", "a");
    store.account().keep(self);
    store.account().keep(new Tokens("access", "refresh", clock.instant().plusSeconds(1_000_000)));
    var surroundings =
        new Surroundings(
            clock,
            () -> time.now().toNanos(),
            new SecureRandom(),
            CHEAP,
            Backoff.DEFAULT,
            new Surroundings.Waits(
                LONGEST_WAIT, LONGEST_WAIT, Duration.ofSeconds(10), Duration.ofMinutes(4)),
            Capabilities.ofThisProgram(),
            26,
            step -> {});
    worker =
        new Worker(
            told::failed,
            threads -> {
              time = new SkippedTime(threads);
              return time;
            });
    http = HttpClients.of(servers.rest(), servers.socket(), LONGEST_WAIT);
    var serverTime = new ServerTime(surroundings.nanos());
    var relay =
        new RelayApi(servers.rest(), http, LONGEST_WAIT, store.account(), clock, serverTime);
    engine =
        new Engine(
            self.userId(),
            store,
            relay,
            http,
            servers.socket(),
            worker,
            new MessageIds(new SecureRandom()),
            serverTime,
            new KeyTime(store, surroundings, serverTime),
            transfers(relay, surroundings, told),
            surroundings,
            told);
  }

  /** There are no files here. */
  private Transfers transfers(RelayApi relay, Surroundings surroundings, QuantChatListener told) {
    return new Transfers(
        store.files(),
        store.messages(),
        new FileFolder(folder.resolve("none")),
        relay.media(),
        http,
        null,
        surroundings,
        worker,
        told);
  }

  @AfterEach
  void end() {
    worker.run(engine::disconnect);
    worker.close();
    http.close();
    store.close();
    server.close();
  }

  private void connect() {
    worker.call(
        () -> {
          engine.connect();
          return null;
        });
  }

  /** Has time pass, and each socket end that the server ends. */
  private void pass(Duration howLong) {
    Duration end = time.now().plus(howLong);
    do {
      awaitEnds();
    } while (time.passTo(end));
  }

  private void awaitEnds() {
    if (server.habit != FickleServer.Habit.HOLDS
        && server.habit != FickleServer.Habit.HOLDS_SILENTLY) {
      Person.awaitUntil(() -> told.ends() >= server.handshakes());
      time.settle();
    }
  }

  private long asked(String request) {
    return server.asked().stream().filter(request::equals).count();
  }

  @Test
  void aSocketThatIsOpenedAndClosedAtOnceIsTriedMoreAndMoreRarely() {
    connect();
    pass(Duration.ofSeconds(45));

    // 0.25 to 0.5 s, then twice as long each time: 7 to 8 tries until 45 s are over.
    assertThat(server.handshakes()).isBetween(5, 9);
    assertThat(server.asked()).hasSizeLessThanOrEqualTo(2 * 9);
    assertThat(told.connections).isEmpty();
    assertThat(told.notConnected).hasSize(server.handshakes());

    int before = server.handshakes();
    pass(Duration.ofHours(1));
    assertThat(server.handshakes() - before).isBetween(55, 125);
  }

  @Test
  void oneThatAnswersBeforeItIsClosedEndsNoBackingOffAndIsCaughtUpWithOnceEach() {
    server.habit = FickleServer.Habit.CLOSES_AFTER_AN_ANSWER;

    connect();
    pass(Duration.ofSeconds(45));

    assertThat(server.handshakes()).isBetween(5, 9);
    assertThat(asked("GET /relay/pending")).isLessThanOrEqualTo(server.handshakes());
    assertThat(server.asked()).hasSizeLessThanOrEqualTo(9 * 6);
  }

  @Test
  void afterOneThatHasHeldTheNextIsTriedSoon() {
    connect();
    pass(Duration.ofSeconds(45));
    server.habit = FickleServer.Habit.HOLDS;
    awaitConnection();
    pass(Duration.ofSeconds(9));
    pass(Duration.ofSeconds(2));

    server.habit = FickleServer.Habit.CLOSES_AT_ONCE;
    int before = server.handshakes();
    long ends = told.ends();
    server.dropHeld();
    Person.awaitUntil(() -> told.ends() > ends);
    time.settle();
    pass(Duration.ofMillis(500));

    assertThat(server.handshakes()).isEqualTo(before + 1);
  }

  private void awaitConnection() {
    int before = server.handshakes();
    while (server.handshakes() == before) {
      time.passTo(time.now().plusSeconds(60));
    }
    Person.awaitUntil(() -> !told.connections.isEmpty());
    time.settle();
  }

  @Test
  void oneThatHoldsForAMomentOnlyEndsNoBackingOff() {
    server.habit = FickleServer.Habit.HOLDS;
    connect();
    int sockets = 0;
    while (time.now().compareTo(Duration.ofMinutes(10)) < 0) {
      int seen = ++sockets;
      Person.awaitUntil(() -> told.connections.stream().filter(open -> open).count() >= seen);
      time.settle();
      pass(Duration.ofSeconds(1));
      long ends = told.ends();
      server.dropHeld();
      Person.awaitUntil(() -> told.ends() > ends);
      time.settle();
      while (server.handshakes() == seen) {
        time.passTo(time.now().plusSeconds(60));
      }
    }

    assertThat(sockets).isLessThan(25);
  }

  @Test
  void whatComesOverASocketThatWasGivenUpIsPassedOver() {
    server.habit = FickleServer.Habit.HOLDS_SILENTLY;
    connect();
    // A socket that has held would be one by then; after that the wait for its answer ends.
    time.passTo(time.now().plus(Duration.ofSeconds(10)));
    var begun = new CountDownLatch(1);
    var busy = new CountDownLatch(1);
    worker.run(
        () -> {
          begun.countDown();
          awaitZero(busy);
        });
    // Until then it waits in the queue itself, and would be taken for what is to come after it.
    awaitZero(begun);
    Thread waiting =
        Thread.ofVirtual().start(() -> time.passTo(time.now().plus(Duration.ofSeconds(10))));
    Person.awaitUntil(() -> time.getQueue().size() == 1);
    server.answer();
    Person.awaitUntil(() -> time.getQueue().size() == 2);
    busy.countDown();
    Person.awaitUntil(() -> !waiting.isAlive());
    time.settle();

    assertThat(told.notConnected).hasSize(1);
    assertThat(told.connections).isEmpty();
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void afterASleepOfTheMachineItIsTriedOnceAtOnce() {
    connect();
    pass(Duration.ofMinutes(30));
    int before = server.handshakes();

    // The worker's time stands still in the meantime.
    clock.advance(Duration.ofHours(8));
    pass(Duration.ofSeconds(15));

    assertThat(server.handshakes() - before).isBetween(1, 2);
    assertThat(asked("POST /auth/socket-ticket")).isEqualTo(server.handshakes());
  }

  @Test
  void aTicketThatIsRefusedIsSaidAndAskedForMoreAndMoreRarely() {
    server.ticketStatus = 403;

    connect();
    pass(Duration.ofSeconds(45));

    assertThat(asked("POST /auth/socket-ticket")).isBetween(5L, 9L);
    assertThat(told.notConnected).isNotEmpty().allMatch(ServerRefusalException.class::isInstance);
  }

  @Test
  void aSessionThatHasEndedIsSaidOnceAndEndsTheTries() {
    server.ticketStatus = 401;

    connect();
    pass(Duration.ofHours(1));

    assertThat(told.loginsRequired).isOne();
    assertThat(told.notConnected).isEmpty();
    assertThat(server.asked()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whatStandsInTheWayIsSaid() {
    int port = server.servers().rest().getPort();
    server.close();

    connect();
    pass(Duration.ofMinutes(1));

    // A port that is being closed may still take a connection, and end it.
    assertThat(told.notConnected)
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .hasMessageMatching(
                        ".*localhost:" + port + ".*(refused|ended without an answer).*"));
  }
}
