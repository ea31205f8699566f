package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The content key is found with all of the secrets, and with nothing less. */
class HybridTest {

  private static final byte[] NONE = {};
  private static final byte[] ZEROS = new byte[32];

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"SPK_KEM", "SPK_OPK_KEM"})
  void whoBreaksOneComponentFindsNothing(Mode mode) {
    Messages messages = Messages.in(mode);
    Secrets secrets = Secrets.of(messages, messages.seal());
    byte[] kem = secrets.kem().orElseThrow().bytes();
    byte[] classical =
        Arrays.concatenate(
            secrets.first().bytes(), secrets.second().map(Secret::bytes).orElse(NONE));
    byte[] unknownClassical = new byte[classical.length];

    List<byte[]> withTheClassicalSecrets =
        List.of(
            classical, Arrays.concatenate(ZEROS, classical), Arrays.concatenate(classical, ZEROS));
    List<byte[]> withTheLatticeSecret =
        List.of(
            kem, Arrays.concatenate(kem, unknownClassical), Arrays.concatenate(kem, ZEROS, kem));

    assertThat(withTheClassicalSecrets).noneMatch(secrets::unwraps);
    assertThat(withTheLatticeSecret).noneMatch(secrets::unwraps);
    assertThat(secrets.unwraps(Arrays.concatenate(kem, classical))).isTrue();
  }

  /** Each secret alone, and all in another order. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void noSecretOpensAMessageAlone(Mode mode) {
    Messages messages = Messages.in(mode);
    Secrets secrets = Secrets.of(messages, messages.seal());
    List<byte[]> all = new ArrayList<>();
    secrets.kem().ifPresent(secret -> all.add(secret.bytes()));
    all.add(secrets.first().bytes());
    secrets.second().ifPresent(secret -> all.add(secret.bytes()));

    if (all.size() > 1) {
      assertThat(all).noneMatch(secrets::unwraps);
      assertThat(secrets.unwraps(Arrays.concatenate(all.reversed().toArray(byte[][]::new))))
          .isFalse();
    }
    assertThat(secrets.unwraps(Arrays.concatenate(all.toArray(byte[][]::new)))).isTrue();
  }

  /**
   * The original system's plan wrapped the session key once under each component, and let a
   * decryptor fall back to the classical one. Such a decryptor, with all of the recipient's keys,
   * must not read anything: neither the wrap nor the ciphertext of the KEM nor the content.
   */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void aDecryptorThatTakesEitherComponentReadsNothing(Mode mode) {
    Messages messages = Messages.in(mode);
    if (mode == Mode.SPK) {
      messages = Messages.in(Mode.SPK_KEM);
    }
    for (int i = 0; i < 8; i++) {
      Envelope envelope = messages.seal();
      Secrets secrets = Secrets.of(messages, envelope);
      List<Secret> either = new ArrayList<>();
      either.add(secrets.first());
      secrets.second().ifPresent(either::add);
      secrets.kem().ifPresent(either::add);

      for (Secret secret : either) {
        assertThat(sessionKeyUnder(envelope, secret, secrets.hash())).isEmpty();
      }
    }
  }

  /** So it is known to read what can be read: a session key that one component's secret opens. */
  @Test
  void suchADecryptorReadsWhatIsWrappedUnderOneComponent() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    Envelope envelope = messages.seal();
    Secrets secrets = Secrets.of(messages, envelope);
    Kdf kdf = envelope.suite().kdf();
    Secret sessionKey = Secret.owning(Hash.SHA_256.of(NONE));

    for (Secret secret : List.of(secrets.first(), secrets.kem().orElseThrow())) {
      Secret key = kdf.expand(kdf.extract(NONE, secret), NONE, 32);
      byte[] wrap = Aes256Gcm.seal(key, new byte[12], sessionKey.bytes(), NONE);
      Envelope wrappedUnderOne = withWrap(envelope, wrap);

      assertThat(sessionKeyUnder(wrappedUnderOne, secret, secrets.hash())).contains(sessionKey);
    }
  }

  private static Envelope withWrap(Envelope envelope, byte[] wrap) {
    SessionKey key = envelope.sessionKey();
    return new Envelope(
        envelope.messageId(),
        envelope.senderId(),
        envelope.recipientId(),
        envelope.created(),
        envelope.suite(),
        new SessionKey(
            key.ephemeral(),
            key.ciphertext(),
            wrap,
            key.prekeys(),
            key.bundleVersion(),
            key.capabilities()),
        envelope.content(),
        envelope.signatures(),
        envelope.mediaRefs());
  }

  /** Every way to take one shared secret for the key of the wrap or of the content. */
  private static Optional<Secret> sessionKeyUnder(Envelope envelope, Secret shared, byte[] hash) {
    Kdf kdf = envelope.suite().kdf();
    SessionKey sessionKey = envelope.sessionKey();
    byte[] content = envelope.content();
    List<byte[]> sealed = new ArrayList<>();
    sealed.add(sessionKey.wrap());
    sealed.add(Arrays.copyOfRange(sessionKey.wrap(), 12, sessionKey.wrap().length));
    sealed.add(Arrays.copyOfRange(content, 13, content.length));
    sealed.add(Arrays.copyOfRange(content, 45, content.length));
    sessionKey.ciphertext().ifPresent(sealed::add);
    List<byte[]> nonces =
        List.of(
            new byte[12], Arrays.copyOf(sessionKey.wrap(), 12), Arrays.copyOfRange(content, 1, 13));
    List<byte[]> associated = List.of(NONE, hash, Arrays.concatenate(hash, sessionKey.wrap()));
    List<Secret> keys = new ArrayList<>(List.of(Secret.copyOf(shared.bytes())));
    for (byte[] salt :
        List.of(NONE, envelope.suite().label().getBytes(StandardCharsets.US_ASCII))) {
      Secret prk = kdf.extract(salt, shared);
      keys.add(prk);
      keys.add(kdf.expand(prk, NONE, 32));
      keys.add(
          kdf.expand(prk, Arrays.concatenate("kek".getBytes(StandardCharsets.US_ASCII), hash), 32));
    }
    return keys.stream()
        .flatMap(
            key ->
                sealed.stream()
                    .flatMap(
                        bytes ->
                            nonces.stream()
                                .flatMap(
                                    nonce ->
                                        associated.stream()
                                            .flatMap(
                                                data ->
                                                    Aes256Gcm.open(key, nonce, bytes, data)
                                                        .stream()))))
        .findFirst();
  }
}
