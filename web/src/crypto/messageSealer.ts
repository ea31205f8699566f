import { KEY_SIZE, NONCE_SIZE } from './aes256Gcm';
import { type Bytes, type Clock, isSame, type MaybePromise, type Random } from './bytes';
import type { Capabilities } from './capabilities';
import { ContentCipher } from './contentCipher';
import { Envelope } from './envelope';
import { Hash } from './hash';
import type { Identity, IdentityKeys } from './identity';
import { type Agreed, agree, type RecipientKeys } from './keyAgreement';
import type { KeyId } from './keyId';
import { KeyWrap } from './keyWrap';
import { MediaRefs } from './mediaRefs';
import { MessageBinding } from './messageBinding';
import type { OfferedPrekey } from './offeredPrekey';
import type { OneTimePrekey } from './oneTimeKeys';
import { pad } from './padding';
import type { Peer } from './peer';
import { ReceiptKey } from './receiptKey';
import { require } from './refused';
import type { Mode, PrekeyIds } from './sessionKey';
import { type MessageSignature, signatureOf } from './signature';
import type { Suite } from './suite';

/** A message as somebody writes it. */
export interface OutgoingMessage {
  /** Fresh, UUIDv7: the same for every try to send it. */
  messageId: string;
  /** When it was written. */
  created: number;
  /** A content, encoded: at most 65,535 bytes. */
  plaintext: Uint8Array;
  mediaRefs?: MediaRefs;
}

/** A message that was sealed. Its envelope is kept until the server has answered. */
export interface Sealed {
  readonly envelope: Envelope;
  /** Remembers the suite: a weaker one later is a downgrade. */
  readonly peer: Peer;
  /** Knows the recipient's receipts. */
  readonly receiptKey: ReceiptKey;
  readonly mode: Mode;
}

export interface MessageSealerParts {
  userId: string;
  keys: IdentityKeys;
  /** Those of the account's own bundle. */
  capabilities: Capabilities;
  /**
   * Whether this account has sent a message under a one-time prekey before: a server that hands it
   * out again is not believed.
   */
  usedPrekeys: (id: KeyId) => MaybePromise<boolean>;
  clock: Clock;
  random: Random;
}

/** Seals messages of one account. */
export class MessageSealer {
  readonly #parts: MessageSealerParts;
  /** Prekeys come several at a time from one batch: its signatures are verified once. */
  #verifiedBatch: { hash: Bytes; identity: Identity } | undefined;

  constructor(parts: MessageSealerParts) {
    this.#parts = parts;
  }

  /**
   * Seals a message in the strongest suite that both sides can.
   *
   * @param offered a one-time prekey of the peer's; without one the message can be opened until the
   *     peer's signed prekey is deleted
   * @throws {Refused} IDENTITY_CHANGED, NO_COMMON_SUITE, DOWNGRADE, EXPIRED_BUNDLE, what
   *     `OfferedPrekey.verify` says, EXPIRED_PREKEY, REUSED_PREKEY, MISSING, or EXTENDED for too
   *     long a text
   */
  async seal(
    peer: Peer,
    offered: OfferedPrekey | undefined,
    message: OutgoingMessage,
  ): Promise<Sealed> {
    const now = this.#parts.clock();
    const suite = peer.suiteToSend(this.#parts.capabilities);
    peer.bundle.requireCurrent(now);
    if (offered !== undefined) {
      await this.#requireUsable(offered, peer, now);
    }
    const prekeys = recipientKeys(suite, peer, offered?.prekey);
    const ids = prekeyIds(prekeys, offered?.prekey);
    const padded = pad(message.plaintext);
    const agreed = await agree(prekeys, this.#parts.random);
    const binding = new MessageBinding({
      suite,
      messageId: message.messageId,
      senderId: this.#parts.userId,
      recipientId: peer.userId,
      created: message.created,
      sender: this.#parts.keys.identity,
      recipient: peer.bundle.bundle,
      senderCapabilities: this.#parts.capabilities,
      prekeyIds: ids,
      prekeys,
      ephemeral: agreed.ephemeral,
      ciphertext: agreed.ciphertext,
    });
    const locked = await this.#lock(suite, binding, agreed, padded);
    const mediaRefs = message.mediaRefs ?? MediaRefs.NONE;
    const signatures = await this.#sign(suite, binding, { ...locked, mediaRefs, timestamp: now });
    const envelope = new Envelope({
      messageId: message.messageId,
      senderId: this.#parts.userId,
      recipientId: peer.userId,
      created: message.created,
      suite,
      sessionKey: {
        ...ids,
        ephemeral: agreed.ephemeral,
        ciphertext: agreed.ciphertext,
        wrap: locked.wrap,
        bundleVersion: peer.bundle.bundle.version,
        capabilities: this.#parts.capabilities,
      },
      content: locked.content,
      signatures,
      mediaRefs,
    });
    const { receiptKey } = locked;
    return { envelope, peer: peer.havingUsed(suite), receiptKey, mode: envelope.mode };
  }

  /** What is inside, under a fresh key, and that key under what was agreed on. */
  async #lock(
    suite: Suite,
    { hash }: MessageBinding,
    { keyMaterial }: Agreed,
    padded: Bytes,
  ): Promise<{ wrap: Bytes; content: Bytes; receiptKey: ReceiptKey }> {
    const contentKey = this.#parts.random(KEY_SIZE);
    const keyWrap = await KeyWrap.of(suite, keyMaterial, hash);
    const wrap = await keyWrap.wrap(contentKey);
    const cipher = await ContentCipher.of(suite, contentKey, hash, wrap);
    const content = await cipher.seal(this.#parts.random(NONCE_SIZE), padded);
    const receiptKey = ReceiptKey.derived(suite, contentKey, hash);
    for (const secret of [contentKey, keyMaterial, padded]) {
      secret.fill(0);
    }
    return { wrap, content, receiptKey };
  }

  async #sign(
    suite: Suite,
    binding: MessageBinding,
    signed: Parameters<MessageBinding['signed']>[0],
  ): Promise<MessageSignature[]> {
    const { keys, random } = this.#parts;
    const { timestamp } = signed;
    const bytes = binding.signed(signed);
    const made: MessageSignature[] = [];
    for (const algorithm of suite.signatures) {
      made.push({ ...(await signatureOf(keys, algorithm, bytes, random)), timestamp });
    }
    return made;
  }

  async #requireUsable(offered: OfferedPrekey, peer: Peer, now: number): Promise<void> {
    offered.verifyProof(peer.userId);
    const hash = Hash.SHA_256.of(offered.batch.transcript());
    const { identity } = peer;
    const known = this.#verifiedBatch;
    if (known === undefined || !isSame(known.hash, hash) || !known.identity.equals(identity)) {
      await offered.verifyBatch(identity);
      this.#verifiedBatch = { hash, identity };
    }
    offered.batch.requireUsable(now, 'prekey');
    const isUsed = await this.#parts.usedPrekeys(offered.prekey.id);
    require(!isUsed, 'REUSED_PREKEY', 'prekey');
  }
}

/** @throws {Refused} MISSING where there is nothing to encapsulate to */
function recipientKeys(
  suite: Suite,
  peer: Peer,
  oneTime: OneTimePrekey | undefined,
): RecipientKeys {
  const { bundle } = peer.bundle;
  return {
    signedPrekey: bundle.signedPrekey(),
    oneTime: oneTime?.ecdh,
    kem: suite.encapsulates ? (oneTime?.mlKem ?? bundle.lastResort()) : undefined,
  };
}

function prekeyIds(prekeys: RecipientKeys, oneTime: OneTimePrekey | undefined): PrekeyIds {
  return {
    signedPrekey: prekeys.signedPrekey.id,
    oneTime: oneTime?.id,
    kem: prekeys.kem && (oneTime?.id ?? prekeys.kem.id),
  };
}
