package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thief has recorded all traffic, and now takes all that the recipient has. */
class ForwardSecrecyTest {

  private static final int MESSAGES = 6;

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"SPK_OPK", "SPK_OPK_KEM"})
  void aMessageUnderAOneTimePrekeyStaysShutOnceItWasReceived(Mode mode) {
    Messages messages = Messages.in(mode);
    List<Secrets> recorded = receive(messages);

    for (Secrets message : recorded) {
      messages.ben().received.clear();
      assertThat(messages.refusalOf(message.envelope())).isEqualTo(Refusal.UNKNOWN_PREKEY);
      assertThat(opensWithWhatIsLeft(messages, message)).isFalse();
    }
  }

  /** So says its mode; and so the thief above is known to be able to open what can be opened. */
  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"SPK", "SPK_KEM"})
  void aMessageWithoutOneStaysOpenUntilTheSignedPrekeyIsDeleted(Mode mode) {
    Messages messages = Messages.in(mode);
    List<Secrets> recorded = receive(messages);

    assertThat(recorded).allMatch(message -> opensWithWhatIsLeft(messages, message));
    messages.ben().signedPrekeys.clear();

    assertThat(recorded).noneMatch(message -> opensWithWhatIsLeft(messages, message));
    assertThat(mode.isForwardSecret()).isFalse();
  }

  @Test
  void aMessageThatIsOpenedButNotSettledKeepsItsPrekey() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    Envelope envelope = messages.seal();

    messages.ben().opener().open(envelope, messages.ben().pin(messages.ann())).close();

    assertThat(messages.open(envelope)).isEqualTo(Messages.TEXT);
    assertThat(messages.refusalOf(envelope)).isEqualTo(Refusal.REPLAYED);
  }

  private static List<Secrets> receive(Messages messages) {
    List<Secrets> recorded = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      Envelope envelope = messages.seal(new UUID(7, i), Messages.TEXT + i);
      // Only to know what is hashed, which is public: none of its secrets are used below.
      recorded.add(Secrets.of(messages, envelope));
      assertThat(messages.open(envelope)).isEqualTo(Messages.TEXT + i);
    }
    return recorded;
  }

  /** Tries every combination of the private keys that Ben has left. */
  private static boolean opensWithWhatIsLeft(Messages messages, Secrets message) {
    SessionKey sessionKey = message.envelope().sessionKey();
    List<byte[]> classical = new ArrayList<>();
    List<byte[]> postQuantum = new ArrayList<>(List.of(new byte[0]));
    Person ben = messages.ben();
    List<Secret> scalars = new ArrayList<>(ben.signedPrekeys.values());
    List<Secret> seeds = new ArrayList<>(ben.lastResorts.values());
    ben.oneTimeKeys.values().forEach(pair -> scalars.add(pair.get(0)));
    ben.oneTimeKeys.values().forEach(pair -> seeds.add(pair.get(1)));
    scalars.add(ben.identityKeys.ecdsa().toSecret());
    for (Secret scalar : scalars) {
      try (EcdhPrivateKey key = EcdhPrivateKey.of(scalar)) {
        classical.add(key.agree(sessionKey.ephemeral()).bytes());
      }
    }
    sessionKey
        .ciphertext()
        .ifPresent(
            ciphertext ->
                seeds.forEach(
                    seed -> {
                      try (MlKemPrivateKey key = MlKemPrivateKey.of(seed)) {
                        postQuantum.add(key.decapsulate(ciphertext).bytes());
                      }
                    }));
    List<byte[]> seconds = new ArrayList<>(classical);
    seconds.add(new byte[0]);
    for (byte[] kem : postQuantum) {
      for (byte[] first : classical) {
        for (byte[] second : seconds) {
          if (message.unwraps(Arrays.concatenate(kem, first, second))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
