import { BatchStatement } from './batchStatement';
import type { Random } from './bytes';
import type { Identity, IdentityKeys } from './identity';
import type { JsonObject } from './json';
import { MerkleTree } from './merkleTree';
import { OfferedPrekey } from './offeredPrekey';
import { OneTimePrekey } from './oneTimeKeys';
import { require, requireSize } from './refused';
import {
  readSignatures,
  requireSignatures,
  type Signature,
  signaturesOf,
  signatureToMap,
} from './signature';
import { WireFields } from './wireFields';
import { WireTime } from './wireTime';

const FIELD = 'prekeys';

export interface PrekeyBatchFields {
  userId: string;
  /** Fresh. */
  batchId: string;
  created: number;
  /** In the order of their indices, each once. */
  prekeys: readonly OneTimePrekey[];
}

/** A batch of one-time prekeys as its owner uploads it, checked or not. */
export class PrekeyBatch implements Readonly<PrekeyBatchFields> {
  static readonly MOST = BatchStatement.MOST;

  readonly userId: string;
  readonly batchId: string;
  readonly created: number;
  readonly prekeys: readonly OneTimePrekey[];
  readonly signatures: readonly Signature[];
  #tree: MerkleTree | undefined;

  /** @throws {Refused} TRUNCATED, EXTENDED, or REUSED_PREKEY for one twice */
  constructor(fields: PrekeyBatchFields, signatures: readonly Signature[]) {
    requireSize(FIELD, fields.prekeys.length, 1, PrekeyBatch.MOST);
    const ids = new Set(fields.prekeys.map((prekey) => prekey.id));
    require(ids.size === fields.prekeys.length, 'REUSED_PREKEY', FIELD);
    this.userId = fields.userId;
    this.batchId = fields.batchId;
    this.created = fields.created;
    this.prekeys = fields.prekeys;
    this.signatures = signatures;
  }

  static async sign(
    fields: PrekeyBatchFields,
    keys: IdentityKeys,
    random: Random,
  ): Promise<PrekeyBatch> {
    const statement = new PrekeyBatch(fields, []).statement();
    return new PrekeyBatch(fields, await signaturesOf(keys, statement.transcript(), random));
  }

  /** @throws {Refused} MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY or BAD_SIGNATURE */
  verify(identity: Identity): Promise<void> {
    const signed = this.statement().transcript();
    return requireSignatures(this.signatures, identity, signed, FIELD);
  }

  /** The statement that is signed. */
  statement(): BatchStatement {
    const { userId, batchId, created } = this;
    return new BatchStatement({
      userId,
      batchId,
      created,
      size: this.prekeys.length,
      root: this.#grown().root,
    });
  }

  /** Each prekey as it is handed to a sender, in the order of their indices. */
  offers(): OfferedPrekey[] {
    const batch = this.statement();
    const { signatures } = this;
    return this.prekeys.map((prekey, index) => {
      const path = this.#grown().path(index);
      return new OfferedPrekey({ batch, index, path, prekey, signatures });
    });
  }

  /** As it goes out. */
  toMap(): Record<string, unknown> {
    return {
      user_id: this.userId,
      batch_id: this.batchId,
      created_at: WireTime.format(this.created),
      prekeys: this.prekeys.map((prekey) => prekey.toMap()),
      signatures: this.signatures.map(signatureToMap),
    };
  }

  /**
   * Reads a batch, and checks of it all but the signatures.
   *
   * @throws {Refused} what is wrong with it
   */
  static fromMap(map: JsonObject): PrekeyBatch {
    const fields = new WireFields(map);
    const batch = {
      userId: fields.id('user_id'),
      batchId: fields.id('batch_id'),
      created: fields.time('created_at'),
      prekeys: fields.objects(FIELD, PrekeyBatch.MOST).map(OneTimePrekey.from),
    };
    return new PrekeyBatch(batch, readSignatures(fields, 'signatures'));
  }

  #grown(): MerkleTree {
    this.#tree ??= new MerkleTree(this.prekeys);
    return this.#tree;
  }
}
