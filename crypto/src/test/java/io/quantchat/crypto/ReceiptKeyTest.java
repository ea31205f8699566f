package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptKeyTest {

  private static final UUID ID = Messages.ID;

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatTheRecipientProvesTheSenderKnows(Mode mode) {
    Messages messages = Messages.in(mode);
    Sealed sealed = seal(messages);
    for (Receipt receipt : Receipt.values()) {
      byte[] proof = received(messages, sealed).prove(receipt, ID);

      assertThat(sealed.receiptKey().proves(receipt, ID, proof)).isTrue();
    }
  }

  @Test
  void aProofIsOfOneReceiptOfOneMessage() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    ReceiptKey key = seal(messages).receiptKey();
    byte[] delivered = key.prove(Receipt.DELIVERED, ID);
    byte[] flipped = delivered.clone();
    flipped[31] ^= 1;

    assertThat(key.proves(Receipt.READ, ID, delivered)).isFalse();
    assertThat(key.proves(Receipt.DELIVERED, new UUID(7, 7), delivered)).isFalse();
    assertThat(key.proves(Receipt.DELIVERED, ID, flipped)).isFalse();
    assertThat(key.proves(Receipt.DELIVERED, ID, new byte[0])).isFalse();
    assertThat(seal(messages).receiptKey().proves(Receipt.DELIVERED, ID, delivered)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aKeyThatWasKeptIsTheSame(Mode mode) {
    ReceiptKey key = seal(Messages.in(mode)).receiptKey();
    byte[] proof = key.prove(Receipt.READ, ID);

    try (Secret kept = key.toSecret();
        ReceiptKey again = ReceiptKey.of(kept)) {
      key.close();

      assertThat(again.proves(Receipt.READ, ID, proof)).isTrue();
    }
  }

  @Test
  void whatIsNoKeyIsRefused() {
    assertThat(Messages.refusalBy(() -> ReceiptKey.of(Secret.owning(new byte[32]))))
        .isEqualTo(Refusal.TRUNCATED);
    assertThat(Messages.refusalBy(() -> ReceiptKey.of(Secret.owning(new byte[34]))))
        .isEqualTo(Refusal.UNKNOWN_SUITE);
  }

  @Test
  void theKeyIsWipedOnceTheMessageIsSettled() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    Envelope envelope = messages.seal();
    Opened opened = messages.ben().opener().open(envelope, messages.ben().pin(messages.ann()));

    ReceiptKey key = opened.settle(Received::receiptKey);

    assertThatThrownBy(() -> key.prove(Receipt.READ, ID))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wiped");
  }

  private static Sealed seal(Messages messages) {
    Optional<OfferedPrekey> prekey =
        messages.mode().isForwardSecret()
            ? Optional.of(messages.ben().takePrekey())
            : Optional.empty();
    Person ann = messages.ann();
    return ann.sealer().seal(ann.pin(messages.ben()), prekey, messages.message());
  }

  /** Ben's key of a message; his one-time prekey stays, so that it can be asked for again. */
  private static ReceiptKey received(Messages messages, Sealed sealed) {
    Opened opened =
        messages.ben().opener().open(sealed.envelope(), messages.ben().pin(messages.ann()));
    return opened.settle(
        received -> {
          try (Secret kept = received.receiptKey().toSecret()) {
            return ReceiptKey.of(kept);
          }
        });
  }
}
