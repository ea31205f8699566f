package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.LocalStore;
import io.quantchat.client.wire.Frame;
import io.quantchat.crypto.Capabilities;
import io.quantchat.crypto.Receipt;
import io.quantchat.crypto.ReceiptKey;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the server says that recipients say, and what they prove. */
@ExtendWith(RelayExtension.class)
class ReceiptsTest {

  private static final Capabilities PROVING =
      new Capabilities(List.of("v1", "v2", Receipts.PROVING));

  private static final Capabilities NOT_PROVING = new Capabilities(List.of("v1", "v2"));

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
  void whatARecipientConfirmsIsProvenAndLeavesNoKeyBehind() {
    ann.client.addContact(ben.email);
    ben.client.addContact(ann.email);
    ann.connect();
    ben.connect();

    Message sent = ann.client.send(ben.id(), "Here?");
    Person.Came came = ben.await(Person.Came.class, any -> true);
    ann.await(Person.Moved.class, moved -> moved.message().state() == MessageState.DELIVERED);
    ben.client.markRead(ann.id());
    Message read =
        ann.await(Person.Moved.class, moved -> moved.message().state() == MessageState.READ)
            .message();

    assertThat(read.details()).doesNotContainKey(Message.UNPROVEN);
    UUID annId = ann.id();
    within(ann, store -> assertThat(store.receiptKeys().find(annId, sent.id())).isEmpty());
    within(
        ben, store -> assertThat(store.receiptKeys().find(annId, came.message().id())).isEmpty());
  }

  @Test
  void theServersWordMovesNoMessageToSomebodyWhoseProgramProves() {
    ben.publishBundle(PROVING);
    Message sent = sentToBen();
    UUID annId = ann.id();
    UUID benId = ben.id();
    within(
        ann,
        store -> {
          var receipts = new Receipts(annId, store);
          for (Optional<String> proof :
              List.of(Optional.<String>empty(), Optional.of("AAAA"), Optional.of("no base64"))) {
            assertThat(receipts.take(said(benId, sent.id(), MessageState.READ, proof))).isEmpty();
          }
          String delivered = proofOf(store, annId, sent.id(), Receipt.DELIVERED);
          assertThat(
                  receipts.take(said(benId, sent.id(), MessageState.READ, Optional.of(delivered))))
              .isEmpty();
          assertThat(stateOf(store, annId, sent)).isEqualTo(MessageState.SENT);

          String read = proofOf(store, annId, sent.id(), Receipt.READ);
          assertThat(
                  receipts.take(
                      said(new UUID(7, 7), sent.id(), MessageState.READ, Optional.of(read))))
              .isEmpty();
          assertThat(receipts.take(said(benId, sent.id(), MessageState.READ, Optional.of(read))))
              .get()
              .satisfies(
                  moved -> {
                    assertThat(moved.state()).isEqualTo(MessageState.READ);
                    assertThat(moved.details()).doesNotContainKey(Message.UNPROVEN);
                  });
        });
  }

  @Test
  void theWordOfAServerForAnOlderProgramIsMarkedAsUnproven() {
    ben.publishBundle(NOT_PROVING);
    Message sent = sentToBen();
    UUID annId = ann.id();
    UUID benId = ben.id();
    within(
        ann,
        store -> {
          var receipts = new Receipts(annId, store);
          Frame.Receipt read = said(benId, sent.id(), MessageState.READ, Optional.empty());

          assertThat(receipts.take(read).orElseThrow().details())
              .containsEntry(Message.UNPROVEN, true);
          assertThat(receipts.take(read)).isEmpty();
          assertThat(store.messages().find(annId, sent.id()).orElseThrow().details())
              .containsEntry(Message.UNPROVEN, true);

          String proof = proofOf(store, annId, sent.id(), Receipt.READ);
          assertThat(
                  receipts
                      .take(said(benId, sent.id(), MessageState.READ, Optional.of(proof)))
                      .orElseThrow()
                      .details())
              .doesNotContainKey(Message.UNPROVEN);
        });
  }

  @Test
  void aMessageThatWasNeverSentIsNeitherDeliveredNorRead() {
    ben.publishBundle(NOT_PROVING);
    Message waiting = ann.client.send(ben.id(), "Not yet.");
    UUID annId = ann.id();
    UUID benId = ben.id();
    within(
        ann,
        store -> {
          var receipts = new Receipts(annId, store);
          Frame.Receipt read = said(benId, waiting.id(), MessageState.READ, Optional.empty());

          assertThat(receipts.take(read)).isEmpty();
          assertThat(stateOf(store, annId, waiting)).isEqualTo(MessageState.SENDING);
          store.outbox().remove(waiting.id());
          store.messages().advance(annId, waiting.id(), benId, MessageState.FAILED);
          assertThat(receipts.take(read)).isEmpty();
          assertThat(stateOf(store, annId, waiting)).isEqualTo(MessageState.FAILED);
        });
  }

  @Test
  void aReceiptThatOvertakesTheRelaysAnswerCountsOnceThatIsThere() {
    ben.publishBundle(NOT_PROVING);
    Message waiting = ann.client.send(ben.id(), "On its way.");
    UUID annId = ann.id();
    UUID benId = ben.id();
    within(
        ann,
        store -> {
          var receipts = new Receipts(annId, store);
          assertThat(
                  receipts.take(
                      said(benId, waiting.id(), MessageState.DELIVERED, Optional.empty())))
              .isEmpty();
          store.outbox().remove(waiting.id());
          store.messages().advance(annId, waiting.id(), benId, MessageState.SENT);

          assertThat(receipts.sent(waiting.id()).orElseThrow().state())
              .isEqualTo(MessageState.DELIVERED);
          assertThat(receipts.sent(waiting.id())).isEmpty();
        });
  }

  @Test
  void aMessageThatIsThoughtToHaveFailedMovesOnByAProofAlone() {
    ben.publishBundle(PROVING);
    Message sent = sentToBen();
    UUID annId = ann.id();
    UUID benId = ben.id();
    within(
        ann,
        store -> {
          var failed =
              new Message(
                  new UUID(7, 8),
                  annId,
                  benId,
                  sent.created(),
                  MessageState.FAILED,
                  "Given up.",
                  Map.of(Message.FAILURE, "No answer."));
          store.messages().add(failed);
          ReceiptKey key = store.receiptKeys().find(annId, sent.id()).orElseThrow();
          store.receiptKeys().keep(annId, failed.id(), key);
          var receipts = new Receipts(annId, store);
          assertThat(
                  receipts.take(said(benId, failed.id(), MessageState.DELIVERED, Optional.empty())))
              .isEmpty();

          String proof = proofOf(store, annId, failed.id(), Receipt.DELIVERED);
          Message moved =
              receipts
                  .take(said(benId, failed.id(), MessageState.DELIVERED, Optional.of(proof)))
                  .orElseThrow();

          assertThat(moved.state()).isEqualTo(MessageState.DELIVERED);
          assertThat(moved.details()).isEmpty();
        });
  }

  private Message sentToBen() {
    Message sent = ann.client.send(ben.id(), "For Ben.");
    assertThat(ann.client.sync()).isTrue();
    return sent;
  }

  private static Frame.Receipt said(
      UUID who, UUID messageId, MessageState state, Optional<String> proof) {
    return new Frame.Receipt(who, Optional.of(messageId), state, proof);
  }

  private static String proofOf(LocalStore store, UUID senderId, UUID messageId, Receipt receipt) {
    try (ReceiptKey key = store.receiptKeys().find(senderId, messageId).orElseThrow()) {
      return Base64.getEncoder().encodeToString(key.prove(receipt, messageId));
    }
  }

  private static MessageState stateOf(LocalStore store, UUID senderId, Message message) {
    return store.messages().find(senderId, message.id()).orElseThrow().state();
  }

  /** Looks into somebody's store; their program is closed meanwhile. */
  private static void within(Person person, Consumer<LocalStore> look) {
    person.client.close();
    try (LocalStore store = person.openStore()) {
      look.accept(store);
    }
    person.start(step -> {});
  }
}
