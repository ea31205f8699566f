package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunningInstance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A chat is open at one terminal, and the same person types commands at another. */
@ExtendWith(RelayExtension.class)
class BesideChatTest {

  private static final String ANN = "ann-beside@example.org";
  private static final String BEN = "ben-beside@example.org";
  private static final String CID = "cid-beside@example.org";

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void threePeople(RunningInstance relay) {
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    for (String email : List.of(ANN, BEN, CID)) {
      terminal.makeCheapStore(email);
      terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
      assertThat(terminal.run("register", email)).isZero();
    }
    for (List<String> pair : List.of(List.of(ANN, BEN), List.of(ANN, CID), List.of(CID, ANN))) {
      terminal.answering(Terminal.PASSPHRASE);
      assertThat(terminal.run("contacts", "add", pair.getLast(), "--as", pair.getFirst())).isZero();
    }
  }

  @Test
  void sendAndInboxWorkAndWhatIsSentShowsInTheChat() {
    try (ChatProcess chat = ChatProcess.start(store(ANN), BEN, "--json")) {
      chat.await(1, line -> line.contains("\"event\":\"connection\""));

      assertThat(terminal.run("send", BEN, "from", "beside", "--as", ANN)).isZero();
      chat.await(1, line -> line.contains("\"text\":\"from beside\""));
      chat.await(1, line -> line.contains("\"event\":\"state\"") && line.contains("\"sent\""));
      terminal.answering(Terminal.PASSPHRASE);
      assertThat(terminal.run("send", ANN, "hello", "ann", "--as", CID)).isZero();
      chat.await(1, line -> line.contains("\"event\":\"elsewhere\""));
      assertThat(terminal.run("inbox", "--as", ANN)).isZero();
      assertThat(terminal.printed()).contains("hello ann");
      assertThat(terminal.run("unlock", "--as", ANN)).isZero();
      assertThat(terminal.noted()).contains("chat");
      assertThat(terminal.run("lock", "--as", ANN)).isEqualTo(Exit.FAILED.code());
      assertThat(terminal.noted()).contains("leave it");

      try (ChatProcess second = ChatProcess.start(store(ANN), BEN, "--json")) {
        second.await(1, line -> line.contains("\"text\":\"from beside\""));
        second.await(1, line -> line.contains("\"event\":\"connection\""));
        second.say("from the second");
        second.await(1, line -> line.contains("\"event\":\"state\""));
        chat.await(1, line -> line.contains("\"text\":\"from the second\""));
        assertThat(second.quit()).isZero();
      }
      assertThat(chat.quit()).isZero();
      assertThat(chat.printed()).filteredOn(line -> line.contains("from beside")).hasSize(1);
    }
    terminal.answering(Terminal.PASSPHRASE);
    terminal.run("inbox", "--as", BEN);
    assertThat(terminal.printed()).contains("from beside", "from the second");
  }

  private Path store(String email) {
    return terminal.accounts().resolve(Accounts.fileName(email));
  }
}
