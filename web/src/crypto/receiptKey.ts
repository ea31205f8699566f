import { type Bytes, concat, copyOf, isSame } from './bytes';
import { HASH_SIZE } from './hash';
import { require } from './refused';
import { Suite } from './suite';
import { tolerantText, utf8 } from './texts';
import { idBytes, lp } from './transcript';

/** What a recipient can prove of a message: their program has it; they have read it. */
export type Receipt = 'delivered' | 'read';

const FIELD = 'receipt key';

/**
 * What the two ends of one message prove its receipts with, and nobody between them can: `K_r =
 * Expand(CEK, "receipt" ‖ TH)`. It opens nothing, and proves nothing of another message.
 */
export class ReceiptKey {
  /** Bytes of a proof. */
  static readonly PROOF_SIZE = HASH_SIZE;

  readonly #suite: Suite;
  readonly #key: Bytes;

  private constructor(suite: Suite, key: Bytes) {
    this.#suite = suite;
    this.#key = key;
  }

  /**
   * @param contentKey CEK
   * @param hash TH
   */
  static derived(suite: Suite, contentKey: Uint8Array, hash: Uint8Array): ReceiptKey {
    const info = concat(utf8('info', 'receipt'), hash);
    return new ReceiptKey(suite, suite.hash.expand(contentKey, info, HASH_SIZE));
  }

  /**
   * One that was kept.
   *
   * @throws {Refused} TRUNCATED, or UNKNOWN_SUITE
   */
  static of(kept: Uint8Array): ReceiptKey {
    require(kept.length > HASH_SIZE, 'TRUNCATED', FIELD);
    const suite = Suite.named(tolerantText(kept.subarray(HASH_SIZE)));
    return new ReceiptKey(suite, copyOf(kept.subarray(0, HASH_SIZE)));
  }

  /** To keep: its 32 bytes, and the suite's name. */
  toBytes(): Bytes {
    return concat(this.#key, utf8(FIELD, this.#suite.version));
  }

  /** Proves that the message has come so far: `HMAC(K_r, LP(receipt, message id))`. */
  prove(receipt: Receipt, messageId: string): Bytes {
    return this.#suite.hash.hmac(this.#key, lp(receipt, idBytes(messageId)));
  }

  /** Whether that is the proof. Takes the same time whatever it is. */
  proves(receipt: Receipt, messageId: string, claimed: Uint8Array): boolean {
    return isSame(this.prove(receipt, messageId), claimed);
  }
}
