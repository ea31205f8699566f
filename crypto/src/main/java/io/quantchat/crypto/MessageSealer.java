package io.quantchat.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Seals messages of one account. */
public final class MessageSealer {

  private final UUID userId;
  private final IdentityKeys keys;
  private final Capabilities capabilities;
  private final Predicate<KeyId> usedPrekeys;
  private final Clock clock;
  private final SecureRandom random;

  /** Prekeys come several at a time from one batch: its signatures are verified once. */
  private volatile SignedBatch verifiedBatch;

  /**
   * @param capabilities those of the account's own bundle
   * @param usedPrekeys whether this account has sent a message under a one-time prekey before: a
   *     server that hands it out again is not believed
   */
  public MessageSealer(
      UUID userId,
      IdentityKeys keys,
      Capabilities capabilities,
      Predicate<KeyId> usedPrekeys,
      Clock clock,
      SecureRandom random) {
    this.userId = userId;
    this.keys = keys;
    this.capabilities = capabilities;
    this.usedPrekeys = usedPrekeys;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Seals a message in the strongest suite that both sides can.
   *
   * @param offered a one-time prekey of the peer's; without one the message can be opened until the
   *     peer's signed prekey is deleted
   * @throws RefusedException IDENTITY_CHANGED, EXPIRED_BUNDLE, DOWNGRADE, NO_COMMON_SUITE,
   *     REUSED_PREKEY, EXPIRED_PREKEY, what {@link OfferedPrekey#verify} says, or EXTENDED for too
   *     long a text
   */
  public Sealed seal(Peer peer, Optional<OfferedPrekey> offered, OutgoingMessage message) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Suite suite = peer.suiteToSend(capabilities);
    peer.bundle().requireCurrent(now);
    offered.ifPresent(prekey -> requireUsable(prekey, peer, now));
    Optional<OneTimePrekey> oneTime = offered.map(OfferedPrekey::prekey);
    Bundle recipient = peer.bundle().bundle();
    RecipientKeys prekeys = prekeys(suite, recipient, oneTime);
    try (KeyAgreement.Agreed agreed = suite.agreement().send(prekeys, random)) {
      var binding =
          new MessageBinding(
              suite,
              message.messageId(),
              userId,
              peer.userId(),
              message.created(),
              keys.identity(),
              recipient,
              capabilities,
              prekeyIds(prekeys, oneTime),
              prekeys,
              agreed.ephemeral(),
              agreed.ciphertext());
      return seal(binding, agreed.keyMaterial(), message, now, peer.havingUsed(suite));
    }
  }

  private Sealed seal(
      MessageBinding binding, Secret keyMaterial, OutgoingMessage message, Instant now, Peer peer) {
    Suite suite = binding.suite();
    byte[] hash = binding.hash();
    byte[] wrap;
    byte[] content;
    ReceiptKey receiptKey;
    try (Secret contentKey = Secret.owning(randomBytes(Aes256Gcm.KEY_SIZE));
        KeyWrap keyWrap = new KeyWrap(suite, keyMaterial, hash);
        Secret padded = Padding.pad(message.plaintext())) {
      wrap = keyWrap.wrap(contentKey);
      try (var cipher = new ContentCipher(suite, contentKey, hash, wrap)) {
        content = cipher.seal(randomBytes(Aes256Gcm.NONCE_SIZE), padded);
      }
      receiptKey = ReceiptKey.of(suite, contentKey, hash);
    }
    byte[] signed = binding.signed(hash, wrap, content, message.mediaRefs(), now).toBytes();
    List<MessageSignature> signatures =
        suite.signatures().stream()
            .map(algorithm -> Signature.of(keys.key(algorithm), signed, random))
            .map(signature -> new MessageSignature(signature, now))
            .toList();
    var sessionKey =
        new SessionKey(
            binding.ephemeral(),
            binding.ciphertext(),
            wrap,
            binding.prekeyIds(),
            binding.recipient().version(),
            capabilities);
    var envelope =
        new Envelope(
            message.messageId(),
            userId,
            binding.recipientId(),
            message.created(),
            suite,
            sessionKey,
            content,
            signatures,
            message.mediaRefs());
    return new Sealed(envelope, peer, receiptKey);
  }

  private void requireUsable(OfferedPrekey offered, Peer peer, Instant now) {
    offered.verifyProof(peer.userId());
    var batch =
        new SignedBatch(Hash.OF_DIRECTORY.of(offered.batch().transcript()), peer.identity());
    if (!batch.equals(verifiedBatch)) {
      offered.verifyBatch(peer.identity());
      verifiedBatch = batch;
    }
    offered.batch().requireUsable(now, "prekey");
    RefusedException.require(
        !usedPrekeys.test(offered.prekey().id()), Refusal.REUSED_PREKEY, "prekey");
  }

  /** A batch by its hash, and who signed it. */
  private record SignedBatch(byte[] hash, Identity identity) {

    @Override
    public boolean equals(Object other) {
      return other instanceof SignedBatch batch
          && MessageDigest.isEqual(hash, batch.hash)
          && identity.equals(batch.identity);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(hash);
    }
  }

  private static RecipientKeys prekeys(
      Suite suite, Bundle recipient, Optional<OneTimePrekey> oneTime) {
    Optional<MlKemPublicKey> kem =
        suite.agreement().encapsulates()
            ? Optional.of(oneTime.map(OneTimePrekey::mlKem).orElseGet(recipient::lastResort))
            : Optional.empty();
    return new RecipientKeys(recipient.signedPrekey(), oneTime.map(OneTimePrekey::ecdh), kem);
  }

  private static PrekeyIds prekeyIds(RecipientKeys prekeys, Optional<OneTimePrekey> oneTime) {
    Optional<KeyId> pair = oneTime.map(OneTimePrekey::id);
    return new PrekeyIds(
        KeyId.of(prekeys.signedPrekey()),
        pair,
        prekeys.kem().map(lastResort -> pair.orElseGet(() -> KeyId.of(lastResort))));
  }

  private byte[] randomBytes(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
