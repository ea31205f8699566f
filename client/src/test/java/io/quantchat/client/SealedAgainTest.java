package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Messages that were lost, or can't be opened: noticed, asked for, and sealed again. */
@ExtendWith(RelayExtension.class)
class SealedAgainTest {

  private static final String PENDING = "/relay/pending";

  private static Person cid;

  private final List<Person> people = new ArrayList<>();
  private TestRelay relay;
  private Person ann;
  private Person ben;
  private TestClock clock;

  @BeforeAll
  static void cidRegisters(TestRelay relay, @TempDir Path folder) {
    cid = Person.registered(relay, folder, "cid");
  }

  @AfterAll
  static void cidLeaves() {
    cid.close();
  }

  @BeforeEach
  void twoPeople(TestRelay testRelay, Person resident, @TempDir Path folder) {
    relay = testRelay;
    clock = new TestClock();
    ann = resident;
    ben = Person.registered(relay, folder, "ben");
    people.addAll(List.of(ben, ann));
    restart(ben);
  }

  private void cidJoins() {
    people.add(cid);
  }

  @AfterEach
  void goHome() {
    relay.restore();
    ben.close();
  }

  @Test
  void aMessageThatTheServerDropsIsMissedAndHealsWhenItComes() {
    List<String> lines = List.of("First.", "Second.", "Third.");
    lines.forEach(line -> ann.client.send(ben.id(), line));
    ann.client.sync();
    relay.tamper(PENDING, Tampering.ofQueue(queue -> queue.remove(1)));

    ben.client.sync();

    assertThat(ben.textsWith(ann)).containsExactly("First.", "Third.");
    assertThat(ben.await(Person.Missing.class, told -> true))
        .isEqualTo(new Person.Missing(ann.id(), 1));
    assertThat(ben.client.missing(ann.id())).isEqualTo(1);
    relay.restore();
    ben.client.sync();
    assertThat(ben.textsWith(ann)).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(ben.await(Person.Missing.class, told -> true).count()).isZero();
    assertThat(ben.client.missing(ann.id())).isZero();
  }

  @Test
  void whatIsDroppedForGoodIsAskedForAndSealedAgain() {
    List<Message> sent = write("First.", "Second.", "Third.");
    drop(sent.get(1));
    ben.client.sync();
    clock.advance(Requests.GAP_LASTS);
    exchange();

    assertThat(ben.textsWith(ann)).containsExactlyInAnyOrder("First.", "Second.", "Third.");
    assertThat(ben.client.missing(ann.id())).isZero();
    assertThat(detailsOf(ann, ben, "Second.")).containsEntry(Message.SEALED_AGAIN, 1);
    assertThat(detailsOf(ben, ann, "Second.")).containsEntry(Message.SEALED_AGAIN, 1);
    assertThat(ann.textsWith(ben)).containsExactly("First.", "Second.", "Third.");
    relay.restore();
    ben.client.sync();
    assertThat(ben.textsWith(ann)).containsOnlyOnce("Second.");
    assertThat(relay.pendingOf(ben.id())).isEmpty();
  }

  @Test
  void theFirstFormThatComesLateIsNotShownTwice() {
    List<Message> sent = write("First.", "Second.", "Third.");
    drop(sent.get(1));
    String withheld = pageOf(ben);
    ben.client.sync();
    clock.advance(Requests.GAP_LASTS);
    exchange();
    assertThat(withheld).contains(sent.get(1).id().toString());

    relay.tamper(PENDING, now -> withheld);
    assertThat(ben.client.sync()).isTrue();

    assertThat(ben.textsWith(ann)).containsOnlyOnce("Second.");
    assertThat(ben.client.quarantine()).isEmpty();
  }

  /** The directory gives one prekey to two: the recipient can open the first message only. */
  @Test
  void onePrekeyGivenToTwoSendersHeals() {
    cidJoins();
    String path = "/keys/" + ben.id();
    var taken = new ArrayList<String>();
    relay.tamper(path, body -> first(taken, body));
    ann.client.send(ben.id(), "From Ann.");
    assertThat(ann.client.sync()).isTrue();
    cid.client.send(ben.id(), "From Cid.");
    assertThat(cid.client.sync()).isTrue();
    relay.restore();

    ben.client.sync();

    Quarantined kept = ben.client.quarantine().getFirst();
    assertThat(kept.reason()).isEqualTo(Refusal.UNKNOWN_PREKEY.name());
    assertThat(kept.detail()).contains("asked to seal it again");
    assertThat(relay.pendingOf(ben.id())).isEmpty();
    exchange();
    assertThat(ben.textsWith(ann)).containsExactly("From Ann.");
    assertThat(ben.textsWith(cid)).containsExactly("From Cid.");
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(detailsOf(cid, ben, "From Cid.")).containsEntry(Message.SEALED_AGAIN, 1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"REFUSAL_KEPT", "ACKNOWLEDGED", "ASKED", "SEALED", "SEAL_KEPT", "ANSWER_KEPT"})
  void whoDiesWhileAskingLosesNothing(Step where) {
    cidJoins();
    String path = "/keys/" + ben.id();
    var taken = new ArrayList<String>();
    relay.tamper(path, body -> first(taken, body));
    ann.client.send(ben.id(), "From Ann.");
    ann.client.sync();
    cid.client.send(ben.id(), "From Cid.");
    cid.client.sync();
    relay.restore();
    boolean[] dead = new boolean[1];
    ben.close();
    ben.start(
        Person.surroundings(
            clock,
            step -> {
              if (step == where && !dead[0]) {
                dead[0] = true;
                throw new Crash();
              }
            }));

    assertThatThrownBy(ben.client::sync).isInstanceOf(Crash.class);

    restart(ben);
    exchange();
    assertThat(ben.textsWith(ann)).containsExactly("From Ann.");
    assertThat(ben.textsWith(cid)).containsExactly("From Cid.");
    assertThat(relay.pendingOf(ben.id())).isEmpty();
  }

  /** A request is somebody else's: it brings forth what was written to them, a few times. */
  @Test
  void nobodyGetsWhatWasWrittenToSomebodyElseAndNothingForEver() {
    cidJoins();
    Message secret = ann.client.send(ben.id(), "For Ben alone.");
    ann.client.sync();
    ben.client.sync();
    write("Of no use.");
    for (int i = 0; i < 2 * Resealing.MOST_TIMES; i++) {
      UUID current = ann.client.conversation(ben.id()).getFirst().id();
      askAnn(cid, secret.id());
      askAnn(ben, current);
    }

    assertThat(cid.textsWith(ann)).isEmpty();
    assertThat(ben.textsWith(ann)).containsOnlyOnce("For Ben alone.");
    assertThat(detailsOf(ann, ben, "For Ben alone."))
        .containsEntry(Message.SEALED_AGAIN, Resealing.MOST_TIMES);
  }

  @Test
  void aStrangersJunkMakesAFewRequestsOnly(@TempDir Path folder) {
    relay.tamper(
        "/keys/" + ben.id(), Tampering.of(answer -> answer.put(Tampering.PREKEYS, List.of())));
    int junk = 60;
    try (Person stranger = Person.registered(relay, folder, "stranger")) {
      IntStream.range(0, junk).forEach(i -> stranger.client.send(ben.id(), "Junk " + i));
      stranger.client.sync();
    }
    relay.tamper(
        PENDING,
        Tampering.ofMessages(
            message ->
                Tampering.map(message, "encrypted_session_key")
                    .put("spk", "AAAAAAAAAAAAAAAAAAAAAA")));
    long before = relay.countOf("/relay/send");
    for (int i = 0; i < 5; i++) {
      ben.client.sync();
    }

    assertThat(relay.countOf("/relay/send") - before).isEqualTo(1);
    assertThat(relay.pendingOf(ben.id())).hasSizeGreaterThan(junk / 2);
  }

  @Test
  void aProgramWithoutNumbersGetsPlainTextsAndIsUnderstood() {
    ben.publishWeakerBundle();
    ann.client.send(ben.id(), "To an older program.");
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(ben.textsWith(ann)).containsExactly("To an older program.");
    assertThat(ben.client.conversation(ann.id()).getFirst().details())
        .containsEntry(Details.VERSION, "v1");
  }

  @Test
  void whatFailsForGoodIsNotMissed() {
    write("First.");
    Message failed = ann.client.send(ben.id(), "Refused.");
    ann.close();
    ann.start(
        step -> {
          if (step == Step.SEAL_KEPT) {
            throw new Crash();
          }
        });
    assertThatThrownBy(ann.client::sync).isInstanceOf(Crash.class);
    ann.close();
    ann.start(step -> {});
    relay.refuse("/relay/send", 422);
    ann.client.sync();
    relay.restore();
    write("Third.");

    ben.client.sync();

    assertThat(ann.stateOf(failed)).isEqualTo(MessageState.FAILED);
    assertThat(ben.textsWith(ann)).containsExactly("First.", "Third.");
    assertThat(ben.client.missing(ann.id())).isZero();
  }

  @Test
  void theLongestTextGoesAsItIs() {
    String longest = "ü".repeat(QuantChat.LONGEST_TEXT / 2);
    write(longest, "After it.");
    ben.client.sync();

    assertThat(ben.textsWith(ann)).containsExactly(longest, "After it.");
    assertThat(ben.client.missing(ann.id())).isZero();
  }

  private List<Message> write(String... lines) {
    List<Message> sent =
        List.of(lines).stream().map(line -> ann.client.send(ben.id(), line)).toList();
    assertThat(ann.client.sync()).isTrue();
    return sent;
  }

  /** The relay loses a message for good, in Ben's name. */
  private void drop(Message message) {
    String id = message.id().toString();
    relay.tamper(
        PENDING, Tampering.ofQueue(queue -> queue.removeIf(entry -> id.equals(entry.get("id")))));
  }

  /** Until all that is asked for has come. */
  private void exchange() {
    for (int i = 0; i < 3; i++) {
      for (Person person : people) {
        person.client.sync();
      }
    }
    ben.client.sync();
  }

  private void askAnn(Person asker, UUID messageId) {
    asker.askAgain(ann, messageId);
    ann.client.sync();
    asker.client.sync();
  }

  private String pageOf(Person person) {
    return relay.ask(person.id(), PENDING + "?limit=100").body();
  }

  private static Map<String, Object> detailsOf(Person whose, Person with, String text) {
    return whose.client.conversation(with.id()).stream()
        .filter(message -> message.text().equals(text))
        .findFirst()
        .orElseThrow()
        .details();
  }

  private void restart(Person person) {
    person.close();
    person.start(Person.surroundings(clock, step -> {}));
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What was answered first, each time. */
  private static String first(List<String> answers, String body) {
    answers.add(body);
    return answers.getFirst();
  }
}
