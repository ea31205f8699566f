package io.quantchat.crypto;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Opens messages of one account. The order is: what belongs together, the sender's pinned identity
 * and bundle, every required signature, then the keys, then the content. There is no other way than
 * the suite's own: what fails is refused and never tried in another.
 */
public final class MessageOpener {

  /**
   * How long after it was signed a message may come: 7 days in its sender's outbox, 7 with the
   * relay, and one for clocks that differ.
   */
  static final Duration LONGEST_WAY = Duration.ofDays(15);

  private static final String SIGNATURES = "signatures";

  private final UUID userId;
  private final Keyring keyring;
  private final Clock clock;

  public MessageOpener(UUID userId, Keyring keyring, Clock clock) {
    this.userId = userId;
    this.keyring = keyring;
    this.clock = clock;
  }

  /**
   * Opens a message. Nothing changes by it: see {@link Opened#settle}.
   *
   * @param sender with a bundle of which the caller knows no newer
   * @throws RefusedException WRONG_USER, REPLAYED, UNKNOWN_BUNDLE, EXPIRED_BUNDLE, DOWNGRADE,
   *     UNKNOWN_PREKEY, REVOKED_KEY, WRONG_KEY, MISSING_SIGNATURE, UNEXPECTED_SIGNATURE,
   *     BAD_SIGNATURE, WRONG_WRAP, WRONG_COMMITMENT, WRONG_CONTENT or MALFORMED
   */
  public Opened open(Envelope envelope, Peer sender) {
    RefusedException.require(
        envelope.recipientId().equals(userId), Refusal.WRONG_USER, "recipient_id");
    RefusedException.require(
        envelope.senderId().equals(sender.userId()), Refusal.WRONG_USER, "sender_id");
    RefusedException.require(!keyring.hasReceived(envelope.key()), Refusal.REPLAYED, "message_id");
    requireCurrentWhenSigned(envelope, sender.bundle());
    Bundle own = ownBundle(envelope);
    sender.requireAcceptable(
        envelope.suite(), envelope.sessionKey().capabilities(), own.capabilities());
    requireSigners(envelope, sender);
    PrekeyIds ids = envelope.sessionKey().prekeys();
    try (RecipientSecrets secrets = RecipientSecrets.of(keyring, ids, own)) {
      RecipientKeys prekeys = secrets.publicKeys(listed(ids.signedPrekey(), own));
      MessageBinding binding = binding(envelope, sender, own, prekeys);
      byte[] hash = binding.hash();
      requireSignatures(envelope, sender, binding, hash);
      return new Opened(decrypt(envelope, sender, secrets, hash));
    }
  }

  /**
   * A message that was signed while the sender's bundle was current stays good on its way, also if
   * the sender has been away since and the bundle is past its time. When it was signed is the
   * sender's word, signed; whoever could forge it could sign a newer bundle as well.
   */
  private void requireCurrentWhenSigned(Envelope envelope, SignedBundle bundle) {
    bundle.requireCurrent(clock.instant().minus(LONGEST_WAY));
    envelope.signatures().forEach(signature -> bundle.requireCurrent(signature.time()));
  }

  private Bundle ownBundle(Envelope envelope) {
    String field = SessionKey.FIELD + SessionKey.BUNDLE;
    Bundle own =
        keyring
            .bundle(envelope.sessionKey().bundleVersion())
            .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_BUNDLE, field));
    RefusedException.require(
        envelope.created().isBefore(own.expires()), Refusal.EXPIRED_BUNDLE, field);
    return own;
  }

  /** Exactly the suite's signatures, by the pinned identity's keys. */
  private static void requireSigners(Envelope envelope, Peer sender) {
    List<SignatureAlgorithm> required = envelope.suite().signatures();
    List<SignatureAlgorithm> present =
        envelope.signatures().stream().map(MessageSignature::algorithm).toList();
    RefusedException.require(present.containsAll(required), Refusal.MISSING_SIGNATURE, SIGNATURES);
    RefusedException.require(
        present.size() == required.size(), Refusal.UNEXPECTED_SIGNATURE, SIGNATURES);
    for (MessageSignature signature : envelope.signatures()) {
      KeyId id = signature.signature().keyId();
      boolean revoked =
          sender.bundle().bundle().keys().find(id).map(ListedKey::status).stream()
              .anyMatch(KeyStatus.REVOKED::equals);
      RefusedException.require(!revoked, Refusal.REVOKED_KEY, SIGNATURES);
      RefusedException.require(
          id.equals(sender.identity().key(signature.algorithm()).id()),
          Refusal.WRONG_KEY,
          SIGNATURES);
    }
  }

  private static void requireSignatures(
      Envelope envelope, Peer sender, MessageBinding binding, byte[] hash) {
    for (MessageSignature signature : envelope.signatures()) {
      byte[] signed =
          binding
              .signed(
                  hash,
                  envelope.sessionKey().wrap(),
                  envelope.content(),
                  envelope.mediaRefs(),
                  signature.time())
              .toBytes();
      RefusedException.require(
          sender
              .identity()
              .key(signature.algorithm())
              .verifies(signed, signature.signature().bytes()),
          Refusal.BAD_SIGNATURE,
          SIGNATURES);
    }
  }

  /** The signed prekey that the sender took from that bundle. */
  private static EcdhPublicKey listed(KeyId id, Bundle own) {
    return own.keys()
        .find(id)
        .flatMap(ListedKey::key)
        .filter(EcdhPublicKey.class::isInstance)
        .map(EcdhPublicKey.class::cast)
        .orElseThrow(
            () -> new RefusedException(Refusal.WRONG_KEY, SessionKey.FIELD + SessionKey.SPK));
  }

  private static MessageBinding binding(
      Envelope envelope, Peer sender, Bundle own, RecipientKeys prekeys) {
    SessionKey sessionKey = envelope.sessionKey();
    return new MessageBinding(
        envelope.suite(),
        envelope.messageId(),
        envelope.senderId(),
        envelope.recipientId(),
        envelope.created(),
        sender.identity(),
        own,
        sessionKey.capabilities(),
        sessionKey.prekeys(),
        prekeys,
        sessionKey.ephemeral(),
        sessionKey.ciphertext());
  }

  private static Received decrypt(
      Envelope envelope, Peer sender, RecipientSecrets secrets, byte[] hash) {
    Suite suite = envelope.suite();
    SessionKey sessionKey = envelope.sessionKey();
    try (Secret keyMaterial =
            suite.agreement().receive(sessionKey.ephemeral(), sessionKey.ciphertext(), secrets);
        KeyWrap keyWrap = new KeyWrap(suite, keyMaterial, hash);
        Secret contentKey =
            keyWrap
                .unwrap(sessionKey.wrap())
                .orElseThrow(
                    () ->
                        new RefusedException(
                            Refusal.WRONG_WRAP, SessionKey.FIELD + SessionKey.WRAP));
        var cipher = new ContentCipher(suite, contentKey, hash, sessionKey.wrap());
        Secret padded = cipher.open(envelope.content())) {
      return received(
          envelope, sender, Padding.unpad(padded), ReceiptKey.of(suite, contentKey, hash));
    }
  }

  private static Received received(
      Envelope envelope, Peer sender, byte[] plaintext, ReceiptKey receiptKey) {
    PrekeyIds prekeys = envelope.sessionKey().prekeys();
    return new Received(
        envelope.key(),
        envelope.created(),
        envelope.suite(),
        prekeys.mode(),
        prekeys.oneTime(),
        plaintext,
        envelope.mediaRefs(),
        sender.havingUsed(envelope.suite()),
        receiptKey);
  }
}
