package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.push.Connection;
import io.quantchat.push.Pushes;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Two sockets of one account that open and close at once: in the end, presence tells the truth. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresenceRaceTest {

  private static final List<String> OPENING = List.of("putItem", "getItem", "updateItem");
  private static final List<String> OPENING_READ_FIRST =
      List.of("getItem", "putItem", "updateItem");
  private static final List<String> CLOSING =
      List.of("deleteItem", "getItem", "query", "updateItem");

  private static final int RANDOM_LIVES = Integer.getInteger("quantchat.presence.lives", 10);

  private final StoreTables tables = StoreTables.embedded();
  private final World world = new World(tables);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  void createTheTables() {
    assertThat(world.connections.openOf("nobody", Read.CONSISTENT)).isEmpty();
  }

  @AfterAll
  void dropTheTables() {
    threads.shutdownNow();
    tables.close();
  }

  /**
   * What one actor does. Its second try at opening must not be taken for a step of its closing, so
   * each goes through a service of its own.
   */
  private interface Deed {
    void by(PresenceService opening, PresenceService closing);
  }

  @Test
  void oneOpensWhileTheOnlyOtherCloses() throws Exception {
    for (List<String> opening : List.of(OPENING, OPENING_READ_FIRST)) {
      for (List<String> steps : interleavings(by("A", opening), by("B'", CLOSING))) {
        Account ada = world.account("ada");
        Connection old = opened(ada);
        Connection fresh = world.newSocket(ada.userId());

        play(steps, (opens, none) -> opens.opened(fresh), (none, closes) -> closes.closed(old));

        assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).containsExactly(fresh);
        assertThat(isOnline(ada)).as("after %s", steps).isTrue();
      }
    }
  }

  @Test
  void bothClose() throws Exception {
    for (List<String> steps : interleavings(by("A'", CLOSING), by("B'", CLOSING))) {
      Account ada = world.account("ada");
      Connection one = opened(ada);
      Connection two = opened(ada);

      play(steps, (none, closes) -> closes.closed(one), (none, closes) -> closes.closed(two));

      assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).isEmpty();
      assertThat(isOnline(ada)).as("after %s", steps).isFalse();
    }
  }

  @Test
  void bothOpen() throws Exception {
    for (List<String> first : List.of(OPENING, OPENING_READ_FIRST)) {
      for (List<String> steps : interleavings(by("A", first), by("B", OPENING))) {
        Account ada = world.account("ada");
        Connection one = world.newSocket(ada.userId());
        Connection two = world.newSocket(ada.userId());

        play(steps, (opens, none) -> opens.opened(one), (opens, none) -> opens.opened(two));

        assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT))
            .containsExactlyInAnyOrder(one, two);
        assertThat(isOnline(ada)).as("after %s", steps).isTrue();
      }
    }
  }

  @Test
  void eachOpensAndCloses() throws Exception {
    var random = new Random(20260202);
    for (int round = 0; round < RANDOM_LIVES; round++) {
      Account ada = world.account("ada");
      Connection one = world.newSocket(ada.userId());
      Connection two = world.newSocket(ada.userId());
      List<String> steps = shuffle(life("A"), life("B"), random);

      play(
          steps,
          (opens, closes) -> {
            opens.opened(one);
            closes.closed(one);
          },
          (opens, closes) -> {
            opens.opened(two);
            closes.closed(two);
          });

      assertThat(world.connections.openOf(ada.userId(), Read.CONSISTENT)).isEmpty();
      assertThat(isOnline(ada)).as("after %s", steps).isFalse();
    }
  }

  private void play(List<String> steps, Deed first, Deed second) throws Exception {
    var script = new Script(world.table(Variable.CONNECTIONS_TABLE), steps);
    Future<?> one = threads.submit(() -> act(script, "A", first));
    Future<?> other = threads.submit(() -> act(script, "B", second));
    one.get(10, TimeUnit.MINUTES);
    other.get(10, TimeUnit.MINUTES);
  }

  private void act(Script script, String actor, Deed deed) {
    try {
      deed.by(
          service(script.of(actor, world.dynamoDb)),
          service(script.of(actor + "'", world.dynamoDb)));
    } finally {
      script.ended(actor);
    }
  }

  private PresenceService service(DynamoDbClient client) {
    Host host = world.hostOf(SocketsHandler.class).with(client);
    return PresenceService.of(host, Pushes.of(host));
  }

  private Connection opened(Account account) {
    Connection socket = world.newSocket(account.userId());
    service(world.dynamoDb).opened(socket);
    return socket;
  }

  private boolean isOnline(Account account) {
    return world.reread(account).presence().isOnline(world.clock.instant());
  }

  private static List<String> by(String actor, List<String> requests) {
    return requests.stream().map(request -> actor + "." + request).toList();
  }

  private static List<String> life(String actor) {
    return Stream.concat(by(actor, OPENING).stream(), by(actor + "'", CLOSING).stream()).toList();
  }

  /** Every order in which the steps of two can come. */
  private static List<List<String>> interleavings(List<String> one, List<String> other) {
    if (one.isEmpty()) {
      return List.of(other);
    }
    if (other.isEmpty()) {
      return List.of(one);
    }
    var all = new ArrayList<List<String>>();
    interleavings(one.subList(1, one.size()), other)
        .forEach(rest -> all.add(prepend(one.getFirst(), rest)));
    interleavings(one, other.subList(1, other.size()))
        .forEach(rest -> all.add(prepend(other.getFirst(), rest)));
    return all;
  }

  private static List<String> prepend(String first, List<String> rest) {
    var steps = new ArrayList<String>(rest.size() + 1);
    steps.add(first);
    steps.addAll(rest);
    return steps;
  }

  private static List<String> shuffle(List<String> one, List<String> other, Random random) {
    var steps = new ArrayList<String>();
    var ones = new ArrayDeque<>(one);
    var others = new ArrayDeque<>(other);
    while (!ones.isEmpty() || !others.isEmpty()) {
      boolean takesOne = others.isEmpty() || (!ones.isEmpty() && random.nextBoolean());
      steps.add(takesOne ? ones.removeFirst() : others.removeFirst());
    }
    return steps;
  }
}
