package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent in a process of its own, as {@code unlock} starts it, killed as by {@code kill -9}. How
 * often, the property {@code quantchat.kills} says.
 */
@ExtendWith(RelayExtension.class)
class KilledAgentTest {

  private static final int ROUNDS = Integer.getInteger("quantchat.kills", 1);
  private static final int SENDS = 3;

  @TempDir Path folder;
  private final String ann = "ann-" + UUID.randomUUID() + "@example.org";
  private final String ben = "ben-" + UUID.randomUUID() + "@example.org";
  private Set<ProcessHandle> others;
  private Terminal terminal;

  @BeforeEach
  void twoPeople(RunningInstance relay) {
    terminal = terminal(relay);
    for (String email : List.of(ann, ben)) {
      terminal.makeCheapStore(email);
      terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
      assertThat(terminal.run("register", email)).isZero();
    }
    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("contacts", "add", ben, "--as", ann)).isZero();
    others = ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private Terminal terminal(RunningInstance relay) {
    var made = new Terminal(folder);
    relay.write(made.running());
    return made;
  }

  @AfterEach
  void lock() {
    terminal.run("lock", "--as", ann);
  }

  @Test
  void killedWhileMessagesAreSentNoneIsLostOrDoubled(RunningInstance relay)
      throws InterruptedException, ExecutionException {
    long seed = Long.getLong("quantchat.seed", System.nanoTime());
    System.out.println("quantchat.seed=" + seed);
    var random = new Random(seed);
    var said = new ArrayList<String>();
    try (ExecutorService senders = Executors.newCachedThreadPool()) {
      for (int round = 0; round < ROUNDS; round++) {
        ProcessHandle agent = unlocked();
        var sends = new ArrayList<Future<Integer>>();
        for (int i = 0; i < SENDS; i++) {
          String text = "message " + said.size();
          said.add(text);
          sends.add(senders.submit(() -> send(relay, text)));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
        agent.destroyForcibly();
        for (Future<Integer> send : sends) {
          assertThat(send.get()).isIn(Exit.DONE.code(), Exit.KEPT.code());
        }
        agent.onExit().orTimeout(5, TimeUnit.MINUTES).join();
      }
    }

    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("inbox", "--as", ann)).isZero();
    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("inbox", "--as", ben)).isZero();
    assertThat(stored(ann)).containsExactlyInAnyOrderElementsOf(said);
    assertThat(stored(ben)).containsExactlyInAnyOrderElementsOf(said);
  }

  /** Another may have the store open for a moment after the agent was killed. */
  private int send(RunningInstance relay, String text) {
    Terminal other = terminal(relay);
    other.answering(Terminal.PASSPHRASE);
    int exit = other.run("send", ben, text, "--as", ann);
    while (exit == Exit.FAILED.code() && !other.noted().contains("see in")) {
      assertThat(other.noted()).contains("Another program has the store open");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      other.answering(Terminal.PASSPHRASE);
      exit = other.run("send", ben, text, "--as", ann);
    }
    assertThat(exit).as(other.noted()).isNotEqualTo(Exit.FAILED.code());
    return exit;
  }

  private List<String> stored(String email) {
    try (QuantChat chat =
        QuantChat.open(
            Servers.local(),
            store(email),
            Terminal.PASSPHRASE.toCharArray(),
            new QuantChatListener() {})) {
      assertThat(chat.quarantine()).isEmpty();
      return chat.conversation(chat.correspondents().getFirst()).stream()
          .map(Message::text)
          .toList();
    }
  }

  @Test
  void theAgentHasNoTerminalNoSecretInItsArgumentsAndWritesNoCore() throws IOException {
    ProcessHandle agent = unlocked();
    Path process = Path.of("/proc", Long.toString(agent.pid()));

    if (Files.isDirectory(process)) {
      for (String file : List.of("environ", "cmdline")) {
        assertThat(new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.UTF_8))
            .doesNotContain(Terminal.PASSPHRASE);
      }
      assertThat(Files.readString(process.resolve("limits")))
          .containsPattern("Max core file size +0 +0 ");
      for (int stream = 0; stream < 3; stream++) {
        assertThat(Files.readSymbolicLink(process.resolve("fd").resolve("" + stream)).toString())
            .isEqualTo("/dev/null");
      }
    }
    assertThat(terminal.run("send", ben, "Not asked.", "--as", ann)).as(terminal.noted()).isZero();
    assertThat(terminal.run("lock", "--as", ann)).isZero();
    assertThat(agent.onExit().orTimeout(5, TimeUnit.MINUTES).join().isAlive()).isFalse();
  }

  @Test
  void whenTheSystemEndsItTheStoreIsLetGoOfAndNothingIsLeft() {
    ProcessHandle agent = unlocked();

    agent.destroy();
    agent.onExit().orTimeout(5, TimeUnit.MINUTES).join();

    assertThat(Agents.places(store(ann))).noneMatch(place -> Files.exists(place.socket()));
    assertThat(terminal.run("inbox", "--as", ann)).isEqualTo(Exit.USAGE.code());
    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("inbox", "--as", ann)).isZero();
  }

  @Test
  void ofTwoThatUnlockAtOnceOneStartsAnAgentAndBothSucceed(RunningInstance relay)
      throws InterruptedException, ExecutionException {
    try (ExecutorService both = Executors.newCachedThreadPool()) {
      List<Future<Integer>> ends =
          both.invokeAll(List.of(() -> unlock(terminal(relay)), () -> unlock(terminal(relay))));
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isZero();
      }
    }
    List<ProcessHandle> left = agents();
    while (left.size() > 1) {
      CompletableFuture.anyOf(
              left.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .orTimeout(5, TimeUnit.MINUTES)
          .join();
      left = agents();
    }
    assertThat(left).hasSize(1);
  }

  @Test
  void aWrongPassphraseIsSaidAndStartsNothing() {
    terminal.answering("another passphrase");

    assertThat(terminal.run("unlock", "--as", ann)).isEqualTo(Exit.FAILED.code());

    assertThat(terminal.noted()).contains("passphrase does not open").doesNotContain("another");
    assertThat(Agents.holder(store(ann), new QuantChatListener() {})).isEmpty();
    agents().forEach(agent -> agent.onExit().orTimeout(5, TimeUnit.MINUTES).join());
  }

  private int unlock(Terminal typing) {
    typing.answering(Terminal.PASSPHRASE);
    return typing.run("unlock", "--as", ann, "--for", "1h");
  }

  private ProcessHandle unlocked() {
    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("unlock", "--as", ann, "--json")).as(terminal.noted()).isZero();
    assertThat(Json.read(terminal.printed()).flatMap(Json::object).orElse(Map.of()))
        .containsEntry("already", false);
    return agents().getFirst();
  }

  /** Those that this test has started, and none of the programs that others start beside it. */
  private List<ProcessHandle> agents() {
    return ProcessHandle.current()
        .children()
        .filter(process -> !others.contains(process))
        .filter(KilledAgentTest::isAgent)
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** A command line that is long isn't told whole but by the system's own file. */
  private static boolean isAgent(ProcessHandle process) {
    Path told = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Files.exists(told)
          ? Files.readString(told).contains(AgentProcess.class.getName())
          : process.info().commandLine().orElse("").contains(AgentProcess.class.getName());
    } catch (IOException ended) {
      return false;
    }
  }

  private Path store(String email) {
    return terminal.accounts().resolve(Accounts.fileName(email));
  }
}
