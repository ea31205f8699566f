package io.quantchat.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.Servers;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the socket, and what nobody can do by it. No relay is needed for that. */
class ChatServerTest {

  private static final long LONGEST_WAIT_SECONDS = 120;

  @TempDir Path folder;
  private List<SocketPlace> places;
  private ServedChat served;
  private final CountDownLatch locked = new CountDownLatch(1);
  private final Terms terms = new Terms(Optional.empty(), Optional.of(locked::countDown));

  @BeforeEach
  void anAccount() {
    Path store = folder.resolve("ann.db");
    char[] passphrase = "a long enough secret".toCharArray();
    LocalStore.open(store, passphrase, new Argon2Cost(64, 1, 1), new SecureRandom()).close();
    places = SocketPlace.of(store, Optional.empty(), folder);
    served =
        new ServedChat(listener -> QuantChat.open(Servers.local(), store, passphrase, listener));
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void theSocketIsItsOwnersAlone() throws IOException {
    try (ChatServer server = ChatServer.open(places, served, terms)) {
      Path socket = server.place().socket();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
      server.stop();
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void whoIsSomebodyElseIsCutOffBeforeAWord() throws IOException {
    var nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try (ChatServer server = ChatServer.open(places, served, terms, nobody);
        SocketChannel channel = connected(server)) {
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void aSocketThatIsLeftFromAKilledProgramIsNobodyAndIsReplaced() throws IOException {
    places.getFirst().prepare();
    Path socket = places.getFirst().socket();
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertThat(socket).exists();
    assertThat(RemoteChat.find(places, new QuantChatListener() {})).isEmpty();

    try (ChatServer server = ChatServer.open(places, served, terms);
        RemoteChat remote = found()) {
      assertThat(server.canBeFound()).isTrue();
      assertThat(remote.chat().correspondents()).isEmpty();
    }
  }

  @Test
  void failuresComeOutAsWhatTheyAre() throws IOException {
    try (ChatServer server = ChatServer.open(places, served, terms);
        RemoteChat remote = found()) {
      Chat chat = remote.chat();
      assertThat(server.canBeFound()).isTrue();

      assertThatThrownBy(chat::contacts).isInstanceOf(LoginRequiredException.class);
      assertThatThrownBy(() -> chat.send(UUID.randomUUID(), ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("split it");
    }
  }

  @Test
  void noFrameHarmsOthers() throws IOException {
    byte[] hello = json("{\"build\":\"" + Build.name() + "\"}");
    List<byte[]> harmful =
        List.of(
            new byte[] {-1, -1, -1, -1},
            new byte[] {0x7f, -1, -1, -1, 1},
            new byte[] {0, 0},
            json("no JSON"),
            json("[]"),
            hello,
            joined(hello, json("{}")),
            joined(hello, json("{\"id\":1,\"call\":\"none\"}")),
            joined(hello, json("{\"id\":{},\"call\":\"send(UUID,String)\",\"arguments\":[1,2]}")),
            joined(hello, json("{\"id\":1,\"call\":\"block(UUID)\",\"arguments\":[null]}")),
            joined(hello, json("{\"id\":1,\"call\":\"getClass()\",\"arguments\":[]}")));
    try (ChatServer server = ChatServer.open(places, served, terms);
        RemoteChat remote = found()) {
      Chat chat = remote.chat();
      for (byte[] bytes : harmful) {
        try (SocketChannel channel = connected(server)) {
          channel.write(ByteBuffer.wrap(bytes));
        }
        assertThat(chat.correspondents()).isEmpty();
      }
    }
  }

  @Test
  void aSessionIsEndedThatHasNotRunYet() throws IOException {
    try (ChatServer server = ChatServer.open(places, served, terms);
        SocketChannel channel = connected(server)) {
      new Session(new Framed(channel), served, terms).end();

      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void whoComesWhileItIsClosedIsLeftWaitingForNothing() throws IOException {
    for (int round = 0; round < 100; round++) {
      var channels = new ArrayList<SocketChannel>();
      try (ChatServer server = ChatServer.open(places, served, terms)) {
        for (int i = 0; i < 1 + round % 4; i++) {
          channels.add(connected(server));
        }
      }
      for (SocketChannel channel : channels) {
        awaitEnd(channel);
      }
    }
  }

  /** Reads what is said until nothing more comes. */
  private static void awaitEnd(SocketChannel channel) {
    try (channel) {
      var read = ByteBuffer.allocate(4096);
      while (channel.read(read.clear()) >= 0) {
        // A greeting.
      }
    } catch (IOException reset) {
      // As who was never let in sees it.
    }
  }

  @Test
  void aCallThatThereIsNotIsAnsweredSo() throws IOException {
    try (ChatServer server = ChatServer.open(places, served, terms);
        var frames = new Framed(connected(server))) {
      frames.write(Framed.encoded(Map.of("build", Build.name())));
      frames.read(Framed.LARGEST_HELLO);
      frames.write(Framed.encoded(Map.of("id", 7, "call", "changePassphrase(char[],char[])")));

      assertThat(frames.read(Framed.LARGEST).toString())
          .contains("id=7")
          .contains("There is no such call");
    }
  }

  @Test
  void anotherBuildCanLockAndNothingElse() throws IOException, InterruptedException {
    try (ChatServer server = ChatServer.open(places, served, terms);
        var frames = new Framed(connected(server))) {
      frames.write(Framed.encoded(Map.of("build", "of yesterday")));
      frames.read(Framed.LARGEST_HELLO);
      frames.write(
          Framed.encoded(Map.of("id", 1, "call", "correspondents()", "arguments", List.of())));
      assertThat(frames.read(Framed.LARGEST)).containsKey("failure");
      assertThat(locked.getCount()).isOne();

      frames.write(Framed.encoded(Map.of("id", 2, "call", "lock")));

      assertThat(frames.read(Framed.LARGEST)).containsEntry("result", true);
      assertThat(locked.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whoDoesNotReadIsCutOffAndHoldsUpNobody() throws IOException {
    String name = "x".repeat(1 << 20);
    try (ChatServer server = ChatServer.open(places, served, terms);
        var slow = new Framed(connected(server))) {
      slow.write(Framed.encoded(Map.of("build", Build.name())));
      slow.read(Framed.LARGEST_HELLO);
      slow.write(Framed.encoded(Map.of("id", 1, "call", "listen", "arguments", List.of())));
      slow.read(Framed.LARGEST);

      for (int i = 0; i < 2 * (Session.MOST_UNREAD >> 20); i++) {
        served.told().contactAdded(UUID.randomUUID(), name);
      }

      try (RemoteChat remote = found()) {
        assertThat(remote.chat().correspondents()).isEmpty();
      }
      assertThatThrownBy(
              () -> {
                while (true) {
                  slow.read(Framed.LARGEST);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoWaitsForAnAnswerLearnsThatNoneWillCome() throws IOException {
    ChatServer server = ChatServer.open(places, served, terms);
    try (RemoteChat remote = found()) {
      Chat chat = remote.chat();
      server.close();

      assertThatThrownBy(chat::correspondents).isInstanceOf(AgentLostException.class);
      assertThat(RemoteChat.find(places, new QuantChatListener() {})).isEmpty();
    }
  }

  private RemoteChat found() {
    return RemoteChat.find(places, new QuantChatListener() {}).orElseThrow();
  }

  private static SocketChannel connected(ChatServer server) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(server.place().socket()));
  }

  private static byte[] json(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }
}
