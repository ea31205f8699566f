package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.Person.Came;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.store.Carver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * By the time a message is acknowledged the key that opened it is in none of the recipient's files:
 * who recorded the message, and then takes the files and the passphrase, can't open it.
 */
@ExtendWith(RelayExtension.class)
class ErasedBeforeAcknowledgedTest {

  private static final String ACKNOWLEDGE = "/relay/acknowledge";

  private Person ann;
  private Person ben;

  @BeforeEach
  void meet(TestRelay relay, Person resident, @TempDir Path folder) {
    ann = resident;
    ben = Person.registered(relay, folder, "ben");
  }

  @AfterEach
  void leave() {
    ben.close();
  }

  @Test
  void theKeysOfAPageAreGoneWhenItsAcknowledgementLeaves(TestRelay relay) {
    Map<String, byte[]> before = keys();
    for (int i = 0; i < 4; i++) {
      ann.client.send(ben.id(), "To be forgotten " + i);
    }
    assertThat(ann.client.sync()).isTrue();
    relay.cutOff(ACKNOWLEDGE);

    assertThatThrownBy(() -> ben.client.sync()).isInstanceOf(ServerUnreachableException.class);

    Carver.assertGone(ben.file, spentSince(before));
    assertThat(spentSince(before)).hasSizeGreaterThanOrEqualTo(4);
    relay.restore();
    assertThat(ben.client.sync()).isTrue();
    assertThat(relay.pendingOf(ben.id())).isEmpty();
  }

  @Test
  void theKeyOfAMessageThatWasPushedIsGoneWhenTheRelayHasForgottenIt(TestRelay relay) {
    Map<String, byte[]> before = keys();
    ben.connect();
    ann.client.send(ben.id(), "Pushed");
    assertThat(ann.client.sync()).isTrue();
    ben.await(Came.class, came -> came.message().text().equals("Pushed"));
    Person.awaitUntil(() -> relay.pendingOf(ben.id()).isEmpty());

    Carver.assertGone(ben.file, spentSince(before));
    ben.client.disconnect();
  }

  /** The relay keeps it, and it is taken once all the same. */
  @Test
  void whatCanNotBeErasedIsNotAcknowledged(TestRelay relay) throws IOException {
    Map<String, byte[]> before = keys();
    Path log = Path.of(ben.file + "-wal");
    Path aside = Path.of(ben.file + ".aside");
    ann.client.send(ben.id(), "Kept for now");
    assertThat(ann.client.sync()).isTrue();
    long acknowledged = relay.countOf(ACKNOWLEDGE);
    Files.move(log, aside);
    Files.createDirectory(log);

    assertThatThrownBy(() -> ben.client.sync())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be overwritten");

    assertThat(relay.countOf(ACKNOWLEDGE)).isEqualTo(acknowledged);
    assertThat(relay.pendingOf(ben.id())).hasSize(1);
    Files.delete(log);
    Files.move(aside, log);
    assertThat(ben.client.sync()).isTrue();
    assertThat(relay.pendingOf(ben.id())).isEmpty();
    assertThat(ben.textsWith(ann)).containsOnlyOnce("Kept for now");
    Carver.assertGone(ben.file, spentSince(before));
  }

  @Test
  void aConversationThatWasDeletedStaysSo(TestRelay relay) {
    ann.client.send(ben.id(), "For a while");
    assertThat(ann.client.sync()).isTrue();
    relay.cutOff(ACKNOWLEDGE);
    assertThatThrownBy(() -> ben.client.sync()).isInstanceOf(ServerUnreachableException.class);
    relay.restore();

    assertThat(ben.client.deleteConversation(ann.id())).isPositive();

    // The relay still has it, and gives it again.
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.client.conversation(ann.id())).isEmpty();
    assertThat(ben.client.deleteConversation(ann.id())).isZero();
  }

  /** The sealed private parts; the log is empty then. */
  private Map<String, byte[]> keys() {
    ben.close();
    Map<String, byte[]> keys = Carver.sealed(ben.file, "key_id", "secret", "own_keys");
    ben.start(step -> {});
    return keys;
  }

  private Map<String, byte[]> spentSince(Map<String, byte[]> before) {
    Map<String, byte[]> spent = new HashMap<>(before);
    spent.keySet().removeAll(Carver.sealed(ben.file, "key_id", "secret", "own_keys").keySet());
    return spent;
  }
}
