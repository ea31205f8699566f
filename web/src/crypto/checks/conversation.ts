import { Base64Text } from '../base64Text';
import { Capabilities } from '../capabilities';
import { Envelope } from '../envelope';
import type { JsonObject } from '../json';
import type { PrekeyBatch } from '../prekeyBatch';
import type { Mode } from '../sessionKey';
import { messageSignatureToMap, signatureOf } from '../signature';
import { Suite } from '../suite';
import { utf8 } from '../texts';
import { Account, NOW, uuidOf } from './account';
import { CheckFailed, refusalBy } from './expect';
import { bindingOf } from './knownMessages';
import { randomOf } from './random';

export const MODES: readonly Mode[] = ['spk', 'spk+opk', 'spk+kem', 'spk+opk+kem'];
export const TEXT = 'Meet me at the old mill at noon.';

/** Ann writes to Ben, in one mode; what she sends can be changed on its way. */
export class Conversation {
  readonly mode: Mode;
  readonly ann: Account;
  readonly ben: Account;
  readonly batch: PrekeyBatch;
  readonly #random: (size: number) => Uint8Array;
  #taken = 0;

  private constructor(
    mode: Mode,
    ann: Account,
    ben: Account,
    batch: PrekeyBatch,
    random: (size: number) => Uint8Array,
  ) {
    this.mode = mode;
    this.ann = ann;
    this.ben = ben;
    this.batch = batch;
    this.#random = random;
  }

  static async in(mode: Mode, seed = 'conversation'): Promise<Conversation> {
    const random = randomOf(seed);
    const suites = mode.includes('kem') ? Suite.values : [Suite.V1];
    const can = Capabilities.of(...suites);
    const ann = await Account.create(uuidOf(random(16)), can, random);
    const ben = await Account.create(uuidOf(random(16)), can, random);
    return new Conversation(mode, ann, ben, await ben.addPrekeys(3, random), random);
  }

  async seal(text = TEXT): Promise<Envelope> {
    const offered = this.mode.includes('opk') ? this.batch.offers()[this.#taken++] : undefined;
    const messageId = uuidOf(this.#random(16));
    const message = { messageId, created: NOW, plaintext: utf8('text', text) };
    const peer = await this.ann.pin(this.ben);
    return (await this.ann.sealer(this.#random).seal(peer, offered, message)).envelope;
  }

  /** As the recipient gets it. */
  wire(envelope: Envelope): JsonObject {
    return { ...envelope.toMap(), sender_id: envelope.senderId };
  }

  async open(envelope: Envelope): Promise<string> {
    const opened = await this.ben.opener().open(envelope, await this.ben.pin(this.ann));
    const text = await opened.settle((received) => this.ben.settle(received));
    return new TextDecoder().decode(text);
  }

  refusalOf(wire: JsonObject): Promise<string> {
    return refusalBy(() => this.open(Envelope.fromMap(wire, this.ben.userId)));
  }

  /** The message with another wrap or content, signed by its sender again: a forger's own. */
  async signAgain(envelope: Envelope, wrap: Uint8Array, content: Uint8Array): Promise<JsonObject> {
    const binding = await bindingOf(envelope, this.ann, this.ben);
    const { mediaRefs, suite } = envelope;
    const signed = binding.signed({ wrap, content, mediaRefs, timestamp: NOW });
    const signatures: unknown[] = [];
    for (const algorithm of suite.signatures) {
      const signature = await signatureOf(this.ann.keys, algorithm, signed, this.#random);
      signatures.push(messageSignatureToMap({ ...signature, timestamp: NOW }));
    }
    const map = this.wire(envelope);
    const sessionKey = map.encrypted_session_key;
    if (typeof sessionKey !== 'object') {
      throw new CheckFailed('There is no session key');
    }
    return {
      ...map,
      signatures,
      encrypted_session_key: { ...sessionKey, wrap: Base64Text.encode(wrap) },
      encrypted_content: Base64Text.encode(content),
    };
  }
}

/** With one bit of some byte turned. */
export function turned(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}
