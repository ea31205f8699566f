package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.cli.AccountFile.Profile;
import io.quantchat.cli.agent.SocketPlace;
import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An account is unlocked: commands ask for nothing, and do what they do without an agent. */
@ExtendWith(RelayExtension.class)
class AgentTest {

  private static final Duration LENGTH = Duration.ofMinutes(15);

  private static Terminal terminal;
  private static String ann;
  private static String ben;

  @TempDir static Path folder;

  private final MovedClock clock = new MovedClock();
  private Agent agent;

  @BeforeAll
  static void twoPeople(RunningInstance relay) {
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    ann = registered("ann");
    ben = registered("ben");
    asked(ann, "contacts", "add", ben);
    asked(ben, "contacts", "add", ann);
  }

  private static String registered(String name) {
    String email = name + "-" + UUID.randomUUID() + "@example.org";
    terminal.makeCheapStore(email);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    assertThat(terminal.run("register", email, "--name", name)).isZero();
    return email;
  }

  @BeforeEach
  void annIsUnlocked() throws IOException {
    asked(ben, "inbox");
    asked(ann, "inbox");
    unlock();
  }

  private void unlock() throws IOException {
    AccountFile file = new AccountFile(store(ann));
    agent =
        new Agent(
            new AgentRequest(
                file.store(), file.profile().map(Profile::servers).orElseThrow(), LENGTH),
            Terminal.PASSPHRASE.toCharArray(),
            clock,
            clock::nanoseconds);
  }

  @AfterEach
  void lock() {
    agent.close();
  }

  /** With somebody who types the passphrase where it is asked for. */
  private static int asked(String email, String... arguments) {
    terminal.answering(Terminal.PASSPHRASE);
    return unasked(email, arguments);
  }

  private static int unasked(String email, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--as", email));
    return terminal.run(all.toArray(String[]::new));
  }

  @Test
  void everyCommandWorksWithoutThePassphrase() throws IOException {
    assertThat(unasked(ann, "send", "ben", "Meet me at noon.")).isZero();
    assertThat(terminal.printed()).isEqualTo("✓ sent to ben\n");
    assertThat(unasked(ann, "send", "ben", "And", "bring", "Cid.", "--json")).isZero();
    assertThat(json()).containsEntry("state", "sent").containsEntry("text", "And bring Cid.");
    assertThat(unasked(ann, "contacts", "list", "--json")).isZero();
    assertThat(json().get("contacts").toString()).contains(ben);
    assertThat(unasked(ann, "contacts", "block", "ben")).isZero();
    assertThat(unasked(ann, "contacts", "unblock", "ben")).isZero();
    assertThat(unasked(ann, "keys", "rotate", "--json")).isZero();
    assertThat(json().get("keys").toString()).contains("ML-KEM-768", "deprecated");
    Path file = folder.resolve("ben.md");
    assertThat(unasked(ann, "export", "ben", file.toString())).isZero();
    assertThat(Files.readString(file)).contains("Meet me at noon.");
    assertThat(unasked(ann, "import", file.toString(), "--json")).isZero();
    assertThat(unasked(ann, "verify", "ben", "--json")).isZero();
    Object seenByAnn = json().get("safety_number");
    asked(ben, "verify", "ann", "--json");
    assertThat(json()).containsEntry("safety_number", seenByAnn);
    asked(ben, "inbox");
    assertThat(terminal.printed()).contains("Meet me at noon.", "And bring Cid.");

    asked(ben, "send", "ann", "Yes.");
    assertThat(unasked(ann, "inbox")).isZero();
    assertThat(terminal.printed()).contains("Yes.");
    assertThat(unasked(ann, "inbox")).isZero();
    assertThat(terminal.printed()).isEqualTo("Nothing new.\n");
  }

  @Test
  void refusalsAndMistakesEndAsTheyDoWithoutAnAgent() {
    assertThat(unasked(ann, "send", "nobody", "Hello?")).isEqualTo(Exit.USAGE.code());
    assertThat(unasked(ann, "contacts", "add", "nobody-" + ann)).isEqualTo(Exit.REFUSED.code());
    assertThat(unasked(ann, "verify", "ben", "--accept", "1".repeat(60)))
        .isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("hasn't changed").doesNotContain("Exception");
  }

  @Test
  void aChangedIdentityIsAcceptedOverThere() throws IOException {
    String eve = registered("eve");
    unasked(ann, "contacts", "add", eve);
    unasked(ann, "send", "eve", "Before.");
    Files.delete(store(eve));
    terminal.makeCheapStore(eve);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(terminal.run("login", eve)).isZero();

    assertThat(unasked(ann, "verify", "eve", "--json")).isZero();
    String compared = json().get("safety_number").toString();
    assertThat(unasked(ann, "send", "eve", "Is it you?")).isEqualTo(Exit.ENCRYPTION.code());
    assertThat(unasked(ann, "verify", "eve", "--accept", compared)).isZero();
    assertThat(unasked(ann, "send", "eve", "Now.")).isZero();

    asked(eve, "inbox");
    assertThat(terminal.printed()).contains("Is it you?", "Now.");
  }

  @Test
  void aPassphraseThatIsPipedIsNoMessage() {
    terminal.piping(Terminal.PASSPHRASE + "\nthe message\n");

    assertThat(unasked(ann, "send", "ben", "-", "--secrets-from", "-")).isZero();

    asked(ben, "inbox");
    assertThat(terminal.printed()).contains("the message");
    assertThat(terminal.printed()).doesNotContain(Terminal.PASSPHRASE);
  }

  @Test
  void whenTheTimeHasPassedThePassphraseIsAskedForAgain() {
    clock.pass(LENGTH.minusSeconds(1));
    assertThat(agent.isOver()).isFalse();
    assertThat(unasked(ann, "send", "ben", "In time.")).isZero();

    clock.pass(Duration.ofSeconds(1));

    assertThat(agent.isOver()).isTrue();
    agent.await();
    agent.close();
    assertThat(unasked(ann, "send", "ben", "Too late.")).isEqualTo(Exit.USAGE.code());
    assertThat(asked(ann, "send", "ben", "Asked.")).isZero();
    asked(ben, "inbox");
    assertThat(terminal.printed()).contains("In time.", "Asked.").doesNotContain("Too late.");
  }

  @Test
  void nobodyIsServedAfterTheTimeThoughTheAgentHasNotLookedYet()
      throws InterruptedException, ExecutionException {
    clock.pass(LENGTH);
    assertThat(agent.isOver()).isTrue();
    try (ExecutorService ending = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> ended =
          ending.submit(
              () -> {
                agent.awaitWord();
                agent.close();
                return null;
              });

      assertThat(unasked(ann, "contacts", "list")).isEqualTo(Exit.USAGE.code());
      ended.get();
    }
    assertThat(asked(ann, "contacts", "list")).isZero();
  }

  @Test
  void lockEndsIt() throws InterruptedException {
    Thread ending = ending();

    assertThat(unasked(ann, "lock", "--json")).isZero();

    assertThat(json()).isEqualTo(Map.of("locked", 1, "in_use", 0));
    ending.join();
    assertThat(unasked(ann, "inbox")).isEqualTo(Exit.USAGE.code());
    assertThat(unasked(ann, "lock")).isZero();
    assertThat(terminal.printed()).isEqualTo("Nothing is unlocked.\n");
    assertThat(asked(ann, "inbox")).isZero();
  }

  @Test
  void lockAllEndsItToo() throws InterruptedException {
    Thread ending = ending();

    assertThat(terminal.run("lock", "--all")).isZero();

    assertThat(terminal.printed()).isEqualTo("Locked.\n");
    ending.join();
  }

  @Test
  void logoutEndsItAndLoginDoesFirst() throws InterruptedException, IOException {
    Thread ending = ending();
    assertThat(unasked(ann, "logout")).isZero();
    ending.join();
    assertThat(asked(ann, "contacts")).isEqualTo(Exit.LOGIN_REQUIRED.code());

    unlock();
    assertThat(unasked(ann, "contacts")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    ending = ending();
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(terminal.run("login", ann)).isZero();
    ending.join();
    assertThat(asked(ann, "contacts")).isZero();
  }

  /** As the agent's own process waits and ends. */
  private Thread ending() {
    Agent now = agent;
    return Thread.ofVirtual()
        .start(
            () -> {
              now.await();
              now.close();
            });
  }

  @Test
  void anAgentWithoutItsStoreEnds() throws IOException {
    Path store = store(ann);
    Path away = store.resolveSibling("away.db");
    Files.move(store, away);
    assertThat(agent.isOver()).isTrue();

    Files.copy(away, store);
    assertThat(agent.isOver()).isTrue();

    Files.move(away, store, StandardCopyOption.REPLACE_EXISTING);
    assertThat(agent.isOver()).isFalse();
  }

  @Test
  void anAgentThatCannotBeFoundAnyMoreEnds() throws IOException {
    Files.delete(
        Agents.places(store(ann)).stream()
            .map(SocketPlace::socket)
            .filter(Files::exists)
            .findFirst()
            .orElseThrow());

    assertThat(agent.isOver()).isTrue();
  }

  @Test
  void whoNamesAnotherServerIsNotServedByThisOne() {
    assertThat(unasked(ann, "inbox", "--server", "http://localhost:9/api/v1"))
        .isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("quantchat lock");
  }

  @Test
  void unlockedAgainItSaysUntilWhen() {
    assertThat(unasked(ann, "unlock", "--for", "8h", "--json")).isZero();

    assertThat(json())
        .containsEntry("already", true)
        .containsEntry("until", agent.until().toString());
  }

  @Test
  void howLongIsSaidInUnitsAndBounded() {
    assertThat(UnlockCommand.length("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(UnlockCommand.length("7d")).isEqualTo(Duration.ofDays(7));
    for (String wrong : List.of("", "15", "0m", "-1m", "8d", "1000000s", "1h30m", "15M", " 1m")) {
      assertThat(unasked(ann, "unlock", "--for=" + wrong)).isEqualTo(Exit.USAGE.code());
      assertThat(terminal.noted()).contains("--for");
    }
  }

  private static Path store(String email) {
    return terminal.accounts().resolve(Accounts.fileName(email));
  }

  private static Map<String, Object> json() {
    return Json.read(terminal.printed()).flatMap(Json::object).orElseThrow();
  }

  /** Goes on when it is told to. */
  private static final class MovedClock extends Clock {

    private volatile Duration passed = Duration.ZERO;
    private final Instant began = Instant.now();

    void pass(Duration time) {
      passed = passed.plus(time);
    }

    long nanoseconds() {
      return passed.toNanos();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return began.plus(passed);
    }
  }
}
