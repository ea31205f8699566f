package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.host.Ids;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.relay.RelayMessageStore.Stretch;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class RelayMessageStoreTest {

  private static final Instant NOW = Instant.parse("2026-02-02T10:00:00.123Z");
  private static final Instant EXPIRY = NOW.plus(Message.RETENTION);

  private final Random random = new Random();
  private final StoreTables tables;
  private final RelayFixture relay;
  private final RelayMessageStore messages;
  private final String alice = Ids.random(random);
  private final String bob = Ids.random(random);
  private final Message message = message(NOW, "hi");

  RelayMessageStoreTest(StoreTables tables) {
    this.tables = tables;
    relay = new RelayFixture(tables);
    messages = relay.messages;
  }

  @Test
  void aMessageIsReadAsItWasStored() {
    assertThat(messages.putIfAbsent(Queue.INBOX, message, NOW)).isEmpty();

    assertThat(pending(NOW)).containsExactly(message);
    assertThat(messages.find(bob, message.id(), NOW)).contains(message);
  }

  @Test
  void aRowHoldsWhatThePackageSaysAndNoMore() {
    messages.putIfAbsent(Queue.INBOX, message, NOW);

    var row = relay.rows(Queue.INBOX, bob).getFirst();

    assertThat(row.keySet())
        .isEqualTo(
            Set.of("recipient_id", "message_id", "expires_at", "x", "s", "t", "n", "o", "e"));
    assertThat(row.get("expires_at")).isEqualTo(AttributeValue.fromN("1770631201"));
    assertThat(row.get("x")).isEqualTo(AttributeValue.fromN("1770631200123"));
  }

  @Test
  void aRowThatIsDueForReapingIsGoneWhateverElseItSays() {
    messages.putIfAbsent(Queue.INBOX, message, NOW);
    tables
        .client()
        .updateItem(
            update ->
                update
                    .tableName(tables.name("RelayMessagesTable"))
                    .key(
                        Map.of(
                            "recipient_id", AttributeValue.fromS(bob),
                            "message_id", AttributeValue.fromS(message.id())))
                    .updateExpression("SET expires_at = :now")
                    .expressionAttributeValues(
                        Map.of(":now", AttributeValue.fromN("" + NOW.getEpochSecond()))));

    assertThat(pending(NOW)).isEmpty();
    assertThat(messages.delete(bob, message.id(), NOW)).isFalse();
  }

  @Test
  void anIdThatIsHeldIsNotStoredAgain() {
    messages.putIfAbsent(Queue.INBOX, message, NOW);
    Message other = copy(message, "other", EXPIRY.plusMillis(1));

    assertThat(messages.putIfAbsent(Queue.INBOX, other, EXPIRY.minusMillis(1))).contains(message);
    assertThat(messages.putIfAbsent(Queue.INBOX, other, EXPIRY)).isEmpty();
    assertThat(pending(EXPIRY)).containsExactly(other);
  }

  @Test
  void aMessageIsGoneFromTheMillisecondOfItsExpiryThoughItsRowIsNot() {
    messages.putIfAbsent(Queue.INBOX, message, NOW);

    assertThat(pending(EXPIRY.minusMillis(1))).hasSize(1);
    assertThat(pending(EXPIRY)).isEmpty();
    assertThat(messages.find(bob, message.id(), EXPIRY)).isEmpty();
    assertThat(messages.sentBy(alice, Queue.INBOX, bob, Optional.empty(), 0, EXPIRY).messages())
        .isEmpty();
    assertThat(messages.delete(bob, message.id(), EXPIRY)).isFalse();
    assertThat(relay.rows(Queue.INBOX, bob)).hasSize(1);
  }

  @Test
  void aMessageIsDeletedOnceAndOnlyFromItsRecipientsInbox() {
    messages.putIfAbsent(Queue.INBOX, message, NOW);

    assertThat(messages.delete(alice, message.id(), NOW)).isFalse();
    assertThat(messages.delete(bob, message.id(), NOW)).isTrue();
    assertThat(messages.delete(bob, message.id(), NOW)).isFalse();
  }

  @Test
  void whatIsDroppedIsInNoInbox() {
    messages.putIfAbsent(Queue.WITHHELD, message, NOW);

    assertThat(pending(NOW)).isEmpty();
    assertThat(messages.find(bob, message.id(), NOW)).isEmpty();
    assertThat(messages.delete(bob, message.id(), NOW)).isFalse();
    assertThat(messages.sentBy(alice, Queue.WITHHELD, bob, Optional.empty(), 0, NOW).messages())
        .containsExactly(message);
    assertThat(messages.putIfAbsent(Queue.WITHHELD, message, NOW)).contains(message);
  }

  @Test
  void aBatchEndsAtItsLimitAndSaysWhereToGoOn() {
    Message second = message(NOW.plusMillis(1), "second");
    messages.putIfAbsent(Queue.INBOX, second, NOW);
    messages.putIfAbsent(Queue.INBOX, message, NOW);

    Stretch first = messages.pending(bob, Optional.empty(), 1, NOW);
    Stretch rest = messages.pending(bob, first.examinedUpTo(), 0, NOW);

    assertThat(first).isEqualTo(new Stretch(List.of(message), Optional.of(message.id()), 0, 4096));
    assertThat(rest).isEqualTo(new Stretch(List.of(second), Optional.empty(), 0, 4096));
  }

  @Test
  void whatOneHasSentIsFoundNewestFirstAmongWhatOthersHave() {
    Message second = message(NOW.plusMillis(1), "second");
    messages.putIfAbsent(Queue.INBOX, message, NOW);
    messages.putIfAbsent(Queue.INBOX, second, NOW);

    assertThat(messages.sentBy(alice, Queue.INBOX, bob, Optional.empty(), 0, NOW).messages())
        .containsExactly(second, message);
    assertThat(messages.sentBy(bob, Queue.INBOX, bob, Optional.empty(), 0, NOW).messages())
        .isEmpty();
  }

  private List<Message> pending(Instant now) {
    return messages.pending(bob, Optional.empty(), 0, now).messages();
  }

  private Message message(Instant minted, String content) {
    return new Message(
        Ids.timeOrdered(minted, random), alice, bob, envelope(content), NOW, EXPIRY, 2, 77, false);
  }

  private static Message copy(Message message, String content, Instant expiresAt) {
    return new Message(
        message.id(),
        message.senderId(),
        message.recipientId(),
        envelope(content),
        message.createdAt(),
        expiresAt,
        0,
        message.sendNonce(),
        true);
  }

  private static Envelope envelope(String content) {
    return new Envelope(
        content,
        TextNode.valueOf("key"),
        Envelope.DEFAULT_CRYPTO_VERSION,
        Envelope.DEFAULT_ENCRYPTION_ALGORITHM,
        Envelope.DEFAULT_KDF_ALGORITHM,
        NullNode.instance,
        false,
        NullNode.instance);
  }
}
