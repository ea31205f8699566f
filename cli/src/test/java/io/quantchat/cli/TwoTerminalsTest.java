package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import io.quantchat.client.model.Message;
import io.quantchat.infra.local.RunnerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people at two terminals. The server is killed and started again while they talk, and one of
 * them is killed, away for a while, and back. How often, the property {@code quantchat.kills} says.
 */
class TwoTerminalsTest {

  private static final int ROUNDS = Integer.getInteger("quantchat.kills", 1);
  private static final int LINES = 5;

  private static final String ANN = "ann@example.org";
  private static final String BEN = "ben@example.org";

  @TempDir Path folder;
  private RunnerProcess relay;

  @Test
  void acrossAKilledServerAndAKilledChatNoLineIsLostOrRepeated() {
    int port = RunnerProcess.portToComeBackTo();
    relay = RunnerProcess.onDisk(folder.resolve("data"), port, List.of());
    register();
    Side ann = new Side("a");
    Side ben = new Side("b");
    ChatProcess annsChat = chat(ANN, "ben");
    ChatProcess bensChat = chat(BEN, "ann");
    try {
      for (int round = 0; round < ROUNDS; round++) {
        // Both are there.
        annsChat.await(round + 1, "-- connected"::equals);
        bensChat.await(1, "-- connected"::equals);
        ann.say(annsChat, LINES);
        ben.say(bensChat, LINES);
        ann.awaitAll(bensChat, "ann: ");
        ben.awaitAll(annsChat, "ben: ");

        // No server: what they write is kept, by one of them across the end of the program.
        relay.kill();
        ann.say(annsChat, LINES);
        ben.say(bensChat, LINES);
        ann.awaitAll(annsChat, "you: ");
        ben.awaitAll(bensChat, "you: ");
        bensChat.kill();
        ben.requireOnceAndInOrder(bensChat, "you: ");
        ann.requireOnceAndInOrder(bensChat, "ann: ");

        // A server again; one of them is away.
        relay.close();
        relay = RunnerProcess.onDisk(folder.resolve("data"), port, List.of());
        ann.say(annsChat, LINES);
        annsChat.await(ann.said.size(), line -> line.startsWith("-- ✓ sent: a"));

        bensChat = chat(BEN, "ann");
        ann.awaitAll(bensChat, "ann: ");
        ben.awaitAll(annsChat, "ben: ");
      }
      assertThat(annsChat.quit()).isZero();
      assertThat(bensChat.quit()).isZero();

      ann.requireAllOnceAndInOrder(annsChat, "you: ");
      ben.requireAllOnceAndInOrder(annsChat, "ben: ");
      ann.requireAllOnceAndInOrder(bensChat, "ann: ");
      ben.requireAllOnceAndInOrder(bensChat, "you: ");
      assertThat(stored(ANN, false)).isEqualTo(ann.said);
      assertThat(stored(ANN, true)).isEqualTo(ben.said);
      assertThat(stored(BEN, true)).isEqualTo(ann.said);
      assertThat(stored(BEN, false)).isEqualTo(ben.said);
    } finally {
      annsChat.close();
      bensChat.close();
      relay.close();
    }
  }

  private void register() {
    var terminal = new Terminal(folder);
    relay.instance().write(terminal.running());
    for (String email : List.of(ANN, BEN)) {
      terminal.makeCheapStore(email);
      terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
      // On a busy disk the prekeys may not be there in time: then a chat uploads them.
      assertThat(terminal.run("register", email)).isIn(Exit.DONE.code(), Exit.UNREACHABLE.code());
    }
    for (List<String> pair : List.of(List.of(ANN, BEN), List.of(BEN, ANN))) {
      terminal.answering(Terminal.PASSPHRASE);
      assertThat(terminal.run("contacts", "add", pair.getLast(), "--as", pair.getFirst())).isZero();
    }
  }

  private ChatProcess chat(String email, String who) {
    return ChatProcess.start(store(email), who, "--history", "10000");
  }

  private Path store(String email) {
    return new Terminal(folder).accounts().resolve(Accounts.fileName(email));
  }

  private List<String> stored(String email, boolean incoming) {
    try (QuantChat chat =
        QuantChat.open(
            Servers.local(),
            store(email),
            Terminal.PASSPHRASE.toCharArray(),
            new QuantChatListener() {})) {
      assertThat(chat.quarantine()).isEmpty();
      UUID other = chat.correspondents().getFirst();
      return chat.conversation(other).stream()
          .filter(message -> message.isIncoming() == incoming)
          .map(Message::text)
          .toList();
    }
  }

  /** What one of them says. */
  private static final class Side {

    private final String prefix;
    private final List<String> said = new ArrayList<>();

    Side(String prefix) {
      this.prefix = prefix;
    }

    void say(ChatProcess chat, int lines) {
      for (int i = 0; i < lines; i++) {
        String line = "%s-%03d".formatted(prefix, said.size());
        said.add(line);
        chat.say(line);
      }
    }

    void awaitAll(ChatProcess chat, String author) {
      chat.await(said.size(), line -> line.contains(author));
    }

    void requireAllOnceAndInOrder(ChatProcess chat, String author) {
      assertThat(shown(chat, author)).isEqualTo(said);
    }

    void requireOnceAndInOrder(ChatProcess chat, String author) {
      List<String> shown = shown(chat, author);
      assertThat(shown).isEqualTo(said.subList(0, shown.size()));
    }

    private static List<String> shown(ChatProcess chat, String author) {
      return chat.printed().stream()
          .filter(line -> line.contains(author))
          .map(line -> line.substring(line.indexOf(author) + author.length()))
          .toList();
    }
  }
}
