import type { Bundle } from './bundle';
import { type Bytes, NO_BYTES } from './bytes';
import type { Capabilities } from './capabilities';
import type { EcdhPublicKey } from './ecdhKeys';
import type { Identity } from './identity';
import type { RecipientKeys } from './keyAgreement';
import type { MediaRefs } from './mediaRefs';
import { modeOf, type PrekeyIds } from './sessionKey';
import type { Suite } from './suite';
import { idBytes, lp, numberBytes } from './transcript';

interface MessageBindingFields {
  readonly suite: Suite;
  readonly messageId: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly created: number;
  readonly sender: Identity;
  readonly recipient: Bundle;
  readonly senderCapabilities: Capabilities;
  readonly prekeyIds: PrekeyIds;
  readonly prekeys: RecipientKeys;
  readonly ephemeral: EcdhPublicKey;
  readonly ciphertext: Bytes | undefined;
}

/** What a message's signatures cover beside the binding. */
interface Signed {
  readonly wrap: Uint8Array;
  readonly content: Uint8Array;
  readonly mediaRefs: MediaRefs;
  readonly timestamp: number;
}

/** All that a message's keys and signatures depend on. */
export class MessageBinding {
  readonly #fields: MessageBindingFields;
  /** TH, 32 bytes. */
  readonly hash: Bytes;

  constructor(fields: MessageBindingFields) {
    this.#fields = fields;
    this.hash = fields.suite.hash.of(this.transcript());
  }

  /** What is hashed to TH. */
  transcript(): Bytes {
    const { suite, prekeyIds, prekeys, recipient } = this.#fields;
    const { hash } = suite;
    return lp(
      suite.label,
      suite.version,
      suite.encryptionAlgorithm,
      suite.kdfAlgorithm,
      idBytes(this.#fields.messageId),
      idBytes(this.#fields.senderId),
      idBytes(this.#fields.recipientId),
      numberBytes(this.#fields.created),
      this.#fields.sender.fingerprint(hash),
      recipient.identity.fingerprint(hash),
      recipient.hash(hash),
      hash.of(lp(...this.#fields.senderCapabilities.names)),
      lp(lp(...this.#signingKeyIds()), idsTranscript(prekeyIds)),
      modeOf(prekeyIds),
      this.#fields.ephemeral.encoded,
      prekeys.signedPrekey.encoded,
      prekeys.oneTime?.encoded ?? NO_BYTES,
      prekeys.kem?.encoded ?? NO_BYTES,
      this.#fields.ciphertext ?? NO_BYTES,
    );
  }

  /** The bytes that a signature covers. */
  signed({ wrap, content, mediaRefs, timestamp }: Signed): Bytes {
    const { suite } = this.#fields;
    return lp(
      `${suite.label}-sig`,
      this.hash,
      suite.hash.of(wrap),
      suite.hash.of(content),
      mediaRefs.hash(suite.hash),
      lp(...suite.signatures),
      lp(...this.#signingKeyIds()),
      numberBytes(timestamp),
    );
  }

  #signingKeyIds(): string[] {
    const { suite, sender } = this.#fields;
    return suite.signatures.map((algorithm) => sender.key(algorithm).id);
  }
}

function idsTranscript(ids: PrekeyIds): Bytes {
  return lp(ids.signedPrekey, ids.oneTime ?? '', ids.kem ?? '');
}
