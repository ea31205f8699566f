package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.crypto.ListedKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RelayExtension.class)
class ConversationTest {

  private static final String TEXT = "Meet me at the old mill at noon.";

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
  void aMessageGoesFromOneToTheOtherAndItsStatesComeBack() {
    ann.client.addContact(ben.email);
    ben.client.addContact(ann.email);
    ann.connect();
    ben.connect();

    Message sent = ann.client.send(ben.id(), TEXT);
    Person.Came came = ben.await(Person.Came.class, any -> true);
    ann.await(Person.Moved.class, moved -> moved.message().state() == MessageState.DELIVERED);
    ben.client.markRead(ann.id());
    Person.Moved read =
        ann.await(Person.Moved.class, moved -> moved.message().state() == MessageState.READ);

    assertThat(sent.state()).isEqualTo(MessageState.SENDING);
    assertThat(came.message().text()).isEqualTo(TEXT);
    assertThat(came.message().id()).isEqualTo(sent.id());
    assertThat(came.message().details())
        .containsEntry("crypto_version", "v2")
        .containsEntry("mode", "spk+opk+kem");
    assertThat(read.message().id()).isEqualTo(sent.id());
    assertThat(relay.seen()).noneMatch(body -> body.contains(TEXT));
  }

  @Test
  void whatIsWrittenWithoutAConnectionGoesOutAndComesInLater() {
    List<String> texts = IntStream.range(0, 12).mapToObj(i -> "Line " + i).toList();
    texts.forEach(text -> ann.client.send(ben.id(), text));

    assertThat(ann.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();

    assertThat(ben.textsWith(ann)).isEqualTo(texts);
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsOnly(MessageState.SENT);
  }

  @Test
  void typingAndPresenceReachContacts() {
    ann.client.addContact(ben.email);
    ben.client.addContact(ann.email);
    ann.connect();
    ben.connect();

    ben.client.typing(ann.id(), true);
    Person.Typing typing = ann.await(Person.Typing.class, any -> true);
    ben.client.disconnect();
    ann.await(Person.Presence.class, presence -> !presence.online());

    assertThat(typing).isEqualTo(new Person.Typing(ben.id(), true));
    assertThat(ann.client.contacts()).extracting("email").contains(ben.email);
    assertThat(ann.client.knownContacts()).extracting("email").contains(ben.email);
  }

  @Test
  void contactsAreListedPageByPage() {
    ann.client.addContact(ben.email);
    var asked = new AtomicInteger();
    relay.tamper(
        "/contacts",
        answer ->
            asked.getAndIncrement() == 0
                ? "{\"contacts\": [], \"next_cursor\": \"00000000-0000-0000-0000-000000000000\"}"
                : answer);

    assertThat(ann.client.contacts()).extracting("email").contains(ben.email);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aLineThatIsCutIsOpenedAnewAndNothingIsMissed() {
    ann.connect();
    ben.connect();
    relay.cutSockets();
    ann.await(Person.Connection.class, connection -> !connection.open());
    ann.client.send(ben.id(), TEXT);

    assertThat(ben.await(Person.Came.class, any -> true).message().text()).isEqualTo(TEXT);
    ann.await(Person.Connection.class, Person.Connection::open);
    ben.client.send(ann.id(), "And back.");
    assertThat(ann.await(Person.Came.class, any -> true).message().text()).isEqualTo("And back.");
    assertThat(ben.textsWith(ann)).containsExactly(TEXT, "And back.");
  }

  @Test
  void aMessageThatIsTooLargeForAFrameGoesTheOtherWay() {
    ann.connect();
    ben.connect();
    String text = "x".repeat(QuantChat.LONGEST_TEXT);

    ann.client.send(ben.id(), text);

    assertThat(ben.await(Person.Came.class, any -> true).message().text()).isEqualTo(text);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndTheMessageIsTheSame() {
    relay.loseAnswers("/relay/send");
    Message sent = ann.client.send(ben.id(), TEXT);

    assertThat(ann.client.sync()).isFalse();
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsExactly(MessageState.SENDING);
    relay.restore();
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(relay.seen())
        .filteredOn(body -> body.contains("encrypted_content"))
        .hasSizeGreaterThan(1)
        .allMatch(body -> body.contains(sent.id().toString()))
        .satisfies(bodies -> assertThat(Set.copyOf(bodies)).hasSize(1));
    assertThat(ben.textsWith(ann)).containsExactly(TEXT);
  }

  @Test
  void aConversationHasThePublicKeysOfTheOtherOneAlsoWithoutAServer() {
    assertThat(ann.client.publicKeys(ben.id())).isEmpty();
    ann.client.send(ben.id(), TEXT);
    ann.client.sync();
    ben.client.sync();
    relay.cutOff("*");

    for (Person person : List.of(ann, ben)) {
      UUID other = person == ann ? ben.id() : ann.id();
      assertThat(person.client.publicKeys(other))
          .extracting(ListedKey::algorithm)
          .containsExactlyInAnyOrder("ECDSA-P256", "ML-DSA-65", "ECDH-P256", "ML-KEM-768");
    }
  }

  @Test
  void aClosedClientSaysSoAndCanBeClosedAgain() {
    ann.client.close();

    ann.client.close();

    assertThatThrownBy(() -> ann.client.sync())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void bothSeeTheSameSafetyNumber() {
    assertThat(ann.client.safetyNumber(ben.id()).digits())
        .hasSize(60)
        .isEqualTo(ben.client.safetyNumber(ann.id()).digits());
  }

  @Test
  void theRealMessageIsToldAsReceivedAlthoughAForgedOneOfItsIdWasImported() {
    Message sent = ann.client.send(ben.id(), TEXT);
    assertThat(ann.client.sync()).isTrue();
    String forged =
        """
        ---
        id: %s
        from: %s
        to: %s
        timestamp: 2026-02-02T10:00:00Z
        state: read
        crypto_version: v2
        ---

        Something else.
        """
            .formatted(sent.id(), ann.id(), ben.id());
    assertThat(ben.client.importMarkdown(forged).added()).isEqualTo(1);
    assertThat(ben.client.conversation(ann.id())).allMatch(Message::isImported);

    ben.client.sync();

    assertThat(ben.await(Person.Came.class, any -> true).message().text()).isEqualTo(TEXT);
    assertThat(ben.client.conversation(ann.id()))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.text()).isEqualTo(TEXT);
              assertThat(message.state()).isEqualTo(MessageState.DELIVERED);
              assertThat(message.details()).containsEntry("crypto_version", "v2");
            });
    assertThat(ben.client.markRead(ann.id())).hasSize(1);
  }

  @Test
  void onlyWhatWasShownIsMarkedAsRead() {
    Message first = ann.client.send(ben.id(), TEXT);
    ann.client.send(ben.id(), "And this.");
    ann.client.sync();
    ben.client.sync();

    assertThat(ben.client.markRead(ann.id(), List.of(first.id(), UUID.randomUUID())))
        .extracting(Message::id)
        .containsExactly(first.id());

    assertThat(ben.client.conversation(ann.id()))
        .extracting(Message::state)
        .containsExactly(MessageState.READ, MessageState.DELIVERED);
    assertThat(ben.client.markRead(ann.id(), List.of(first.id()))).isEmpty();
  }

  /** Receipts reach nobody who is a stranger: what was owed till then goes out. */
  @Test
  void receiptsOfWhatAStrangerWroteComeBackOnceEachHasTheOther() {
    ann.client.addContact(ben.email);
    ann.connect();
    ben.connect();
    Message sent = ann.client.send(ben.id(), TEXT);
    ben.await(Person.Came.class, any -> true);
    ben.client.markRead(ann.id());
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .doesNotContain(MessageState.DELIVERED, MessageState.READ);

    ben.client.addContact(ann.email);

    Person.Moved read =
        ann.await(Person.Moved.class, moved -> moved.message().state() == MessageState.READ);
    assertThat(read.message().id()).isEqualTo(sent.id());
  }
}
