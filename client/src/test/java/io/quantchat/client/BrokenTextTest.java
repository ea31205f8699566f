package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.BrokenTextException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Half of a surrogate pair is turned away where it is typed: nothing leaves with another in it. */
@ExtendWith(RelayExtension.class)
class BrokenTextTest {

  private static final List<String> BROKEN = List.of("\ud83d", "half \ude00", "\ud83d half");

  private static TestRelay relay;
  private static Person ann;
  private static Person ben;

  @BeforeAll
  static void meet(TestRelay testRelay, TwoPeople people) {
    relay = testRelay;
    ann = people.ann();
    ben = people.ben();
  }

  @Test
  void aMessageIsNeitherStoredNorSent() {
    ann.client.send(ben.id(), "Whole: \ud83d\ude00.");
    for (String broken : BROKEN) {
      assertRefused(() -> ann.client.send(ben.id(), broken));
    }
    ann.client.sync();
    ben.client.sync();

    assertThat(ann.client.conversation(ben.id())).hasSize(1);
    assertThat(ben.textsWith(ann)).containsExactly("Whole: \ud83d\ude00.");
  }

  @Test
  void noNameAddressOrPasswordGoesOut() {
    int before = relay.seen().size();
    for (String broken : BROKEN) {
      assertRefused(() -> ann.client.register("a@example.com", Person.passphrase(), broken));
      assertRefused(() -> ann.client.register(broken, Person.passphrase(), "ann"));
      assertRefused(() -> ann.client.login("a@example.com", broken.toCharArray()));
      assertRefused(() -> ann.client.addContact(broken));
    }

    assertThat(relay.seen()).hasSize(before);
  }

  /** Two passphrases would open the same store. */
  @Test
  void noStoreIsUnderAPassphraseThatIsNoText() {
    for (String broken : BROKEN) {
      assertRefused(() -> ann.client.changePassphrase(Person.passphrase(), broken.toCharArray()));
    }
  }

  /** What somebody else has sent isn't lost for it. */
  @Test
  void jsonThatIsKeptComesBackAsItWas() {
    for (String broken : BROKEN) {
      Map<String, Object> value = Map.of("text", List.of(broken));

      assertThat(Json.read(new String(Json.write(value), StandardCharsets.UTF_8))).contains(value);
      assertRefused(() -> Json.whole(value));
      assertRefused(() -> Json.whole(Map.of(broken, 1)));
      assertRefused(() -> Json.whole(Map.of("a", List.of(Map.of("b", broken)))));
    }
  }

  private static void assertRefused(ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(BrokenTextException.class)
        .hasMessageContaining("half of a character");
  }
}
