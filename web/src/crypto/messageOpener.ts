import type { Bundle } from './bundle';
import type { Bytes, Clock } from './bytes';
import { ContentCipher } from './contentCipher';
import { EcdhPublicKey } from './ecdhKeys';
import type { Envelope } from './envelope';
import { type RecipientSecrets, receive } from './keyAgreement';
import type { KeyId } from './keyId';
import { type Keyring, recipientSecrets } from './keyring';
import { KeyWrap } from './keyWrap';
import { MessageBinding } from './messageBinding';
import { unpad } from './padding';
import type { Peer } from './peer';
import { ReceiptKey } from './receiptKey';
import { Opened, Received } from './received';
import { Refused, require } from './refused';
import { SESSION_KEY_FIELD } from './sessionKey';
import type { SignedBundle } from './signedBundle';

/**
 * How long after it was signed a message may come: 7 days in its sender's outbox, 7 with the relay,
 * and one for clocks that differ.
 */
const LONGEST_WAY = 15 * 24 * 60 * 60 * 1000;

const SIGNATURES = 'signatures';

export interface MessageOpenerParts {
  userId: string;
  keyring: Keyring;
  clock: Clock;
}

/**
 * Opens messages of one account. The order is: what belongs together, the sender's pinned identity
 * and bundle, every required signature, then the keys, then the content. There is no other way than
 * the suite's own: what fails is refused and never tried in another.
 */
export class MessageOpener {
  readonly #parts: MessageOpenerParts;

  constructor(parts: MessageOpenerParts) {
    this.#parts = parts;
  }

  /**
   * Opens a message. Nothing changes by it: see {@link Opened.settle}.
   *
   * @param sender with a bundle of which the caller knows no newer
   * @throws {Refused} WRONG_USER, REPLAYED, UNKNOWN_BUNDLE, EXPIRED_BUNDLE, UNEXPECTED, DOWNGRADE,
   *     UNKNOWN_PREKEY, REVOKED_KEY, WRONG_KEY, MISSING_SIGNATURE, UNEXPECTED_SIGNATURE,
   *     BAD_SIGNATURE, WRONG_WRAP, WRONG_COMMITMENT, WRONG_CONTENT or MALFORMED
   */
  async open(envelope: Envelope, sender: Peer): Promise<Opened> {
    const { userId, keyring } = this.#parts;
    require(envelope.recipientId === userId, 'WRONG_USER', 'recipient_id');
    require(envelope.senderId === sender.userId, 'WRONG_USER', 'sender_id');
    require(!(await keyring.hasReceived(envelope.key)), 'REPLAYED', 'message_id');
    this.#requireCurrentWhenSigned(envelope, sender.bundle);
    const own = await this.#ownBundle(envelope);
    const { capabilities } = envelope.sessionKey;
    sender.requireAcceptable(envelope.suite, capabilities, own.capabilities);
    requireSigners(envelope, sender);
    const secrets = await recipientSecrets(keyring, envelope.sessionKey, own);
    const binding = bindingOf(envelope, sender, own, secrets);
    await requireSignatures(envelope, sender, binding);
    return new Opened(await decrypted(envelope, sender, secrets, binding.hash));
  }

  /**
   * A message that was signed while the sender's bundle was current stays good on its way, also if
   * the sender has been away since and the bundle is past its time. When it was signed is the
   * sender's word, signed; whoever could forge it could sign a newer bundle as well.
   */
  #requireCurrentWhenSigned(envelope: Envelope, bundle: SignedBundle): void {
    bundle.requireCurrent(this.#parts.clock() - LONGEST_WAY);
    for (const { timestamp } of envelope.signatures) {
      bundle.requireCurrent(timestamp);
    }
  }

  async #ownBundle(envelope: Envelope): Promise<Bundle> {
    const field = `${SESSION_KEY_FIELD}bundle`;
    const own = await this.#parts.keyring.bundle(envelope.sessionKey.bundleVersion);
    if (own === undefined) {
      throw new Refused('UNKNOWN_BUNDLE', field);
    }
    require(envelope.created < own.expires, 'EXPIRED_BUNDLE', field);
    return own;
  }
}

/** Exactly the suite's signatures, by the pinned identity's keys. */
function requireSigners(envelope: Envelope, sender: Peer): void {
  const required = envelope.suite.signatures;
  const present = envelope.signatures.map((signature) => signature.algorithm);
  const areThere = required.every((algorithm) => present.includes(algorithm));
  require(areThere, 'MISSING_SIGNATURE', SIGNATURES);
  require(present.length === required.length, 'UNEXPECTED_SIGNATURE', SIGNATURES);
  for (const { algorithm, keyId } of envelope.signatures) {
    const isRevoked = sender.bundle.bundle.keys.find(keyId)?.status === 'revoked';
    require(!isRevoked, 'REVOKED_KEY', SIGNATURES);
    require(keyId === sender.identity.key(algorithm).id, 'WRONG_KEY', SIGNATURES);
  }
}

async function requireSignatures(
  envelope: Envelope,
  sender: Peer,
  binding: MessageBinding,
): Promise<void> {
  const { content, mediaRefs, sessionKey } = envelope;
  for (const { algorithm, bytes, timestamp } of envelope.signatures) {
    const signed = binding.signed({ wrap: sessionKey.wrap, content, mediaRefs, timestamp });
    const isGood = await sender.identity.key(algorithm).verifies(signed, bytes);
    require(isGood, 'BAD_SIGNATURE', SIGNATURES);
  }
}

/** The signed prekey that the sender took from that bundle. */
function listed(id: KeyId, own: Bundle): EcdhPublicKey {
  const key = own.keys.find(id)?.key;
  if (key instanceof EcdhPublicKey) {
    return key;
  }
  throw new Refused('WRONG_KEY', `${SESSION_KEY_FIELD}spk`);
}

function bindingOf(
  envelope: Envelope,
  sender: Peer,
  own: Bundle,
  secrets: RecipientSecrets,
): MessageBinding {
  const { sessionKey } = envelope;
  return new MessageBinding({
    suite: envelope.suite,
    messageId: envelope.messageId,
    senderId: envelope.senderId,
    recipientId: envelope.recipientId,
    created: envelope.created,
    sender: sender.identity,
    recipient: own,
    senderCapabilities: sessionKey.capabilities,
    prekeyIds: sessionKey,
    prekeys: {
      signedPrekey: listed(sessionKey.signedPrekey, own),
      oneTime: secrets.oneTime?.publicKey,
      kem: secrets.kem?.publicKey,
    },
    ephemeral: sessionKey.ephemeral,
    ciphertext: sessionKey.ciphertext,
  });
}

async function decrypted(
  envelope: Envelope,
  sender: Peer,
  secrets: RecipientSecrets,
  hash: Bytes,
): Promise<Received> {
  const { suite, sessionKey } = envelope;
  const keyMaterial = await receive(sessionKey.ephemeral, sessionKey.ciphertext, secrets);
  const keyWrap = await KeyWrap.of(suite, keyMaterial, hash);
  keyMaterial.fill(0);
  const contentKey = await keyWrap.unwrap(sessionKey.wrap);
  if (contentKey === undefined) {
    throw new Refused('WRONG_WRAP', `${SESSION_KEY_FIELD}wrap`);
  }
  const cipher = await ContentCipher.of(suite, contentKey, hash, sessionKey.wrap);
  const padded = await cipher.open(envelope.content);
  const receiptKey = ReceiptKey.derived(suite, contentKey, hash);
  const plaintext = unpad(padded);
  contentKey.fill(0);
  padded.fill(0);
  return new Received(envelope, sender, plaintext, receiptKey);
}
