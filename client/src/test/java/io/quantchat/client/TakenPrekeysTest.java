package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the line for the keys of a message, and from which servers it is taken. */
@ExtendWith(RelayExtension.class)
class TakenPrekeysTest {

  /** 200 characters. */
  private static final String TEXT =
      "I'll be at the old mill at noon. ".repeat(7).substring(0, 200);

  /** As many as are taken at once. */
  private static final int TAKEN = 5;

  private TestRelay relay;
  private Person ann;
  private Person ben;

  @BeforeEach
  void meet(TestRelay relay, Person resident, @TempDir Path folder) {
    this.relay = relay;
    ann = resident;
    ben = Person.registered(relay, folder, "ben");
  }

  @AfterEach
  void leave() {
    ben.close();
  }

  @Test
  void aMessageOf200CharactersTravelsWithAllItsKeysIn20Kilobytes() {
    write(TAKEN + 1);
    List<String> taken = relay.answersOf("/keys/" + ben.id());
    int uploaded = bytesSeen("prekeys") / Person.BATCH;
    int sent = bytesSeen("encrypted_content");
    ben.client.sync();
    int fetched = bytes(relay.answersOf("/relay/pending").getLast()) / (TAKEN + 1);

    assertThat(taken).hasSize(2);
    int first = bytes(taken.get(0));
    int next = bytes(taken.get(1));
    int whole = uploaded + next / TAKEN + sent + fetched;
    System.out.printf(
        "Bytes: bundle and prekeys %d, prekeys alone %d; a message: its prekey uploaded %d, taken"
            + " %d, sent %d, fetched %d, in all %d%n",
        first, next, uploaded, next / TAKEN, sent, fetched, whole);
    assertThat(first).isLessThan(24_500);
    assertThat(next).isLessThan(14_900);
    assertThat(whole).isBetween(15_000, 20_000);
  }

  @Test
  void aBundleThatIsKnownIsNotSentAgainUntilThereIsANewerOne() {
    write(TAKEN + 1);
    ben.client.rotateKeys();
    write(TAKEN);

    assertThat(relay.answersOf("/keys/" + ben.id()))
        .extracting(answer -> answer(answer).get("bundle") == null)
        .containsExactly(false, true, false);
    ben.client.sync();
    assertThat(ben.textsWith(ann)).hasSize(2 * TAKEN + 1);
    assertThat(ben.client.conversation(ann.id()))
        .extracting(message -> message.details().get("mode"))
        .containsOnly("spk+opk+kem");
  }

  @Test
  void whatAServerOfBeforeHandsOutIsNotMisunderstoodAndTheMessageWaits() {
    relay.tamper("/keys/" + ben.id(), Tampering.of(answer -> answer.remove(Tampering.BATCHES)));

    Message waiting = ann.client.send(ben.id(), TEXT);

    assertThat(ann.client.sync()).isFalse();
    assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENDING);
    relay.restore();
    assertThat(ann.client.sync()).isTrue();
    assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENT);
  }

  @Test
  void anAccountThatIsGoneIsSaidToBeAlsoOnceNoKeyOfTheirsIsLeftToTake() {
    write(1);
    ben.client.deleteAccount(Person.passphrase());

    List<Message> messages =
        Stream.generate(() -> ann.client.send(ben.id(), TEXT)).limit(TAKEN + 1).toList();

    assertThat(ann.client.sync()).isTrue();
    assertThat(messages)
        .allSatisfy(message -> assertThat(ann.stateOf(message)).isEqualTo(MessageState.FAILED));
    assertThat(ann.client.conversation(ben.id()).reversed().subList(0, TAKEN + 1))
        .allSatisfy(
            message ->
                assertThat(message.details().get(Message.FAILURE))
                    .asString()
                    .startsWith("There is no such account any more"));
  }

  @Test
  void aServerThatSendsNoBundleToWhoHasNoneIsNotBelieved() {
    relay.tamper("/keys/" + ben.id(), Tampering.of(answer -> answer.put("bundle", null)));

    Message waiting = ann.client.send(ben.id(), TEXT);

    assertThat(ann.client.sync()).isFalse();
    assertThat(ann.stateOf(waiting)).isEqualTo(MessageState.SENDING);
    relay.restore();
    assertThat(ann.client.sync()).isTrue();
  }

  private void write(int messages) {
    for (int i = 0; i < messages; i++) {
      ann.client.send(ben.id(), TEXT);
    }
    assertThat(ann.client.sync()).isTrue();
  }

  /** The length of the last body that went to the relay with this member. */
  private int bytesSeen(String member) {
    return relay.seen().stream()
        .filter(body -> !body.isEmpty() && answer(body).containsKey(member))
        .mapToInt(TakenPrekeysTest::bytes)
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private static Map<String, Object> answer(String body) {
    return Json.read(body).flatMap(Json::object).orElseThrow();
  }

  private static int bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }
}
