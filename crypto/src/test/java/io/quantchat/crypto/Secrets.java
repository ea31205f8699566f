package io.quantchat.crypto;

import java.util.Optional;
import org.bouncycastle.util.Arrays;

/** What only Ben can compute of a message, taken from him. */
record Secrets(
    Envelope envelope,
    Secret first,
    Optional<Secret> second,
    Optional<Secret> kem,
    MessageBinding binding) {

  static Secrets of(Messages messages, Envelope envelope) {
    Person ben = messages.ben();
    SessionKey sessionKey = envelope.sessionKey();
    PrekeyIds ids = sessionKey.prekeys();
    EcdhPrivateKey spk = ben.signedPrekey(ids.signedPrekey()).orElseThrow().key();
    Optional<OneTimeKeys> pair = ids.oneTime().flatMap(ben::oneTime);
    Optional<MlKemPrivateKey> kem =
        ids.kem()
            .map(
                id ->
                    pair.map(OneTimeKeys::mlKem)
                        .orElseGet(() -> ben.lastResort(id).orElseThrow().key()));
    var binding =
        new MessageBinding(
            envelope.suite(),
            envelope.messageId(),
            envelope.senderId(),
            envelope.recipientId(),
            envelope.created(),
            messages.ann().identityKeys.identity(),
            ben.bundles.get(sessionKey.bundleVersion()),
            sessionKey.capabilities(),
            ids,
            new RecipientKeys(
                spk.publicKey(),
                pair.map(keys -> keys.ecdh().publicKey()),
                kem.map(MlKemPrivateKey::publicKey)),
            sessionKey.ephemeral(),
            sessionKey.ciphertext());
    return new Secrets(
        envelope,
        spk.agree(sessionKey.ephemeral()),
        pair.map(keys -> keys.ecdh().agree(sessionKey.ephemeral())),
        kem.map(key -> key.decapsulate(sessionKey.ciphertext().orElseThrow())),
        binding);
  }

  byte[] hash() {
    return binding.hash();
  }

  /** IKM. */
  byte[] keyMaterial() {
    byte[] none = {};
    return Arrays.concatenate(
        kem.map(Secret::bytes).orElse(none), first.bytes(), second.map(Secret::bytes).orElse(none));
  }

  /** The same message with its sender's signatures made anew: over what it has become. */
  static Envelope resigned(Messages messages, Envelope envelope) {
    MessageBinding binding = of(messages, envelope).binding();
    byte[] signed =
        binding
            .signed(
                binding.hash(),
                envelope.sessionKey().wrap(),
                envelope.content(),
                envelope.mediaRefs(),
                envelope.created())
            .toBytes();
    return new Envelope(
        envelope.messageId(),
        envelope.senderId(),
        envelope.recipientId(),
        envelope.created(),
        envelope.suite(),
        envelope.sessionKey(),
        envelope.content(),
        envelope.suite().signatures().stream()
            .map(
                algorithm ->
                    new MessageSignature(
                        Signature.of(
                            messages.ann().identityKeys.key(algorithm),
                            signed,
                            messages.ann().random),
                        envelope.created()))
            .toList(),
        envelope.mediaRefs());
  }

  /** Whether key material opens the message's wrap. */
  boolean unwraps(byte[] keyMaterial) {
    try (Secret material = Secret.copyOf(keyMaterial);
        var wrap = new KeyWrap(envelope.suite(), material, hash())) {
      return wrap.unwrap(envelope.sessionKey().wrap()).isPresent();
    }
  }
}
