package io.quantchat.crypto;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that a message's keys and signatures depend on: what is hashed to TH. */
record MessageBinding(
    Suite suite,
    UUID messageId,
    UUID senderId,
    UUID recipientId,
    Instant created,
    Identity sender,
    Bundle recipient,
    Capabilities senderCapabilities,
    PrekeyIds prekeyIds,
    RecipientKeys prekeys,
    EcdhPublicKey ephemeral,
    Optional<byte[]> ciphertext) {

  private static final byte[] NONE = {};

  /** TH, 32 bytes. */
  byte[] hash() {
    return suite.hash().of(transcript());
  }

  Transcript transcript() {
    Hash hash = suite.hash();
    return new Transcript()
        .add(suite.label())
        .add(suite.version())
        .add(suite.encryptionAlgorithm())
        .add(suite.kdf().wireName())
        .add(messageId)
        .add(senderId)
        .add(recipientId)
        .add(created)
        .add(sender.fingerprint(hash))
        .add(recipient.identity().fingerprint(hash))
        .add(hash.of(recipient.transcript()))
        .add(senderCapabilities.hash(hash))
        .add(new Transcript().addAll(signingKeyIds()).add(prekeyIds.transcript()))
        .add(prekeyIds.mode().wireName())
        .add(ephemeral.encoded())
        .add(prekeys.signedPrekey().encoded())
        .add(prekeys.oneTime().map(EcdhPublicKey::encoded).orElse(NONE))
        .add(prekeys.kem().map(MlKemPublicKey::encoded).orElse(NONE))
        .add(ciphertext.orElse(NONE));
  }

  /** The bytes that a signature covers. */
  Transcript signed(byte[] hash, byte[] wrap, byte[] content, MediaRefs mediaRefs, Instant time) {
    Hash of = suite.hash();
    return new Transcript()
        .add(suite.label() + "-sig")
        .add(hash)
        .add(of.of(wrap))
        .add(of.of(content))
        .add(mediaRefs.hash(of))
        .addAll(suite.signatures().stream().map(SignatureAlgorithm::wireName).toList())
        .addAll(signingKeyIds())
        .add(time);
  }

  private List<String> signingKeyIds() {
    return suite.signatures().stream().map(algorithm -> sender.key(algorithm).id().text()).toList();
  }
}
