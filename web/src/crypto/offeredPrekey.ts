import { Base64Text } from './base64Text';
import { BatchStatement, smallNumber } from './batchStatement';
import { type Bytes, isSame } from './bytes';
import { HASH_SIZE } from './hash';
import type { Identity } from './identity';
import type { JsonObject } from './json';
import { binaryDigits, climb, heightOf, leafOf } from './merkleTree';
import { OneTimePrekey } from './oneTimeKeys';
import { require, requireSize } from './refused';
import { readSignatures, requireSignatures, type Signature, signatureToMap } from './signature';
import { WireFields } from './wireFields';

const FIELD = 'prekey';
const LONGEST_PATH = heightOf(BatchStatement.MOST);

interface OfferedPrekeyFields {
  readonly batch: BatchStatement;
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly prekey: OneTimePrekey;
  readonly signatures: readonly Signature[];
}

/**
 * A one-time prekey as the server hands it to a sender, with the proof that its owner signed it:
 * checked or not.
 */
export class OfferedPrekey implements OfferedPrekeyFields {
  readonly batch: BatchStatement;
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** The hashes of 32 bytes that lead to the batch's root. */
  readonly path: readonly Bytes[];
  readonly prekey: OneTimePrekey;
  /** The batch's. */
  readonly signatures: readonly Signature[];

  /**
   * @throws {Refused} TRUNCATED or EXTENDED for a path of another length than the batch's tree is
   *     high, EXTENDED for an index outside of the batch
   */
  constructor(fields: OfferedPrekeyFields) {
    requireSize('index', fields.index, 0, fields.batch.size - 1);
    requireSize('path', fields.path.length, heightOf(fields.batch.size));
    this.batch = fields.batch;
    this.index = fields.index;
    this.path = fields.path;
    this.prekey = fields.prekey;
    this.signatures = fields.signatures;
  }

  /**
   * Checks that the identity signed it for this account.
   *
   * @throws {Refused} WRONG_USER, BAD_PROOF, MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY or
   *     BAD_SIGNATURE
   */
  async verify(owner: string, identity: Identity): Promise<void> {
    this.verifyProof(owner);
    await this.verifyBatch(identity);
  }

  /** @throws {Refused} WRONG_USER or BAD_PROOF */
  verifyProof(owner: string): void {
    require(this.batch.userId === owner, 'WRONG_USER', FIELD);
    const root = climb(leafOf(this.index, this.prekey), this.index, this.path);
    require(isSame(root, this.batch.root), 'BAD_PROOF', FIELD);
  }

  verifyBatch(identity: Identity): Promise<void> {
    return requireSignatures(this.signatures, identity, this.batch.transcript(), FIELD);
  }

  /** As one alone, which stands by itself. */
  toMap(): Record<string, unknown> {
    return {
      user_id: this.batch.userId,
      ...this.batch.toMap(),
      ...this.ownMap(this.path.length),
      signatures: this.signatures.map(signatureToMap),
    };
  }

  /**
   * What it doesn't share with its batch.
   *
   * @param pathSize hashes of the path, from the leaf up
   */
  ownMap(pathSize: number): Record<string, unknown> {
    return {
      index: this.index,
      path: this.path.slice(0, pathSize).map(Base64Text.encode),
      ...this.prekey.toMap(),
    };
  }

  /**
   * Reads one that stands alone, and checks of it all but proof and signatures.
   *
   * @throws {Refused} what is wrong with it
   */
  static fromMap(map: JsonObject): OfferedPrekey {
    const fields = new WireFields(map);
    const batch = BatchStatement.from(fields, fields.id('user_id'));
    return OfferedPrekey.from(fields, batch, readSignatures(fields, 'signatures'), undefined);
  }

  /**
   * Reads what it doesn't share with its batch.
   *
   * @param before the prekey whose path goes on where this one's ends
   */
  static from(
    fields: WireFields,
    batch: BatchStatement,
    signatures: readonly Signature[],
    before: OfferedPrekey | undefined,
  ): OfferedPrekey {
    const index = smallNumber(fields, 'index');
    requireSize('index', index, 0, batch.size - 1);
    const own = fields.allBytes('path', LONGEST_PATH, HASH_SIZE);
    requireSize('path', own.length, pathSize(before?.index, index, heightOf(batch.size)));
    const path = [...own, ...(before?.path.slice(own.length) ?? [])];
    return new OfferedPrekey({
      batch,
      index,
      path,
      prekey: OneTimePrekey.from(fields),
      signatures,
    });
  }
}

/**
 * How many hashes of a path stand in a list: two leaves' ways to the root meet where their indices
 * have the same bits left.
 *
 * @param before the index of the prekey before it, if that is of the same batch
 * @param height of the batch's tree
 */
export function pathSize(before: number | undefined, index: number, height: number): number {
  return before === undefined ? height : binaryDigits(index ^ before);
}
