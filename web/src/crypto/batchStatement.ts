import { Base64Text } from './base64Text';
import type { Bytes } from './bytes';
import { HASH_SIZE } from './hash';
import { require, requireSize } from './refused';
import { SignedBundle } from './signedBundle';
import { idBytes, lp, numberBytes } from './transcript';
import type { WireFields } from './wireFields';
import { WireTime } from './wireTime';

const LABEL = 'QuantChat-prekeys-v1';
const DAY = 24 * 60 * 60 * 1000;
/** In which a batch's prekeys are handed out, and in which who got one may use it. */
const LIFE = 30 * DAY;
const LONGEST_USE = 7 * DAY;

interface BatchStatementFields {
  readonly userId: string;
  readonly batchId: string;
  readonly created: number;
  readonly size: number;
  readonly root: Bytes;
}

/** The statement that an account signs once for a whole batch of one-time prekeys. */
export class BatchStatement implements BatchStatementFields {
  /** Prekeys of one batch. */
  static readonly MOST = 128;

  readonly userId: string;
  readonly batchId: string;
  readonly created: number;
  /** How many prekeys. */
  readonly size: number;
  /** Of the hash tree over them, 32 bytes. */
  readonly root: Bytes;

  /** @throws {Refused} TRUNCATED or EXTENDED */
  constructor(fields: BatchStatementFields) {
    requireSize('count', fields.size, 1, BatchStatement.MOST);
    requireSize('root', fields.root.length, HASH_SIZE);
    this.userId = fields.userId;
    this.batchId = fields.batchId;
    this.created = fields.created;
    this.size = fields.size;
    this.root = fields.root;
  }

  /**
   * A server that hands out what is long over must not be believed.
   *
   * @throws {Refused} EXPIRED_PREKEY
   */
  requireUsable(now: number, field: string): void {
    const isOver = now >= this.created + LIFE + LONGEST_USE;
    const isAhead = this.created > now + SignedBundle.CLOCK_SKEW;
    require(!isOver && !isAhead, 'EXPIRED_PREKEY', field);
  }

  /** The bytes that are signed. */
  transcript(): Bytes {
    return lp(
      LABEL,
      idBytes(this.userId),
      idBytes(this.batchId),
      numberBytes(this.created),
      numberBytes(this.size),
      this.root,
    );
  }

  /** As it goes out, but for whose it is. */
  toMap(): Record<string, unknown> {
    return {
      batch_id: this.batchId,
      created_at: WireTime.format(this.created),
      count: this.size,
      root: Base64Text.encode(this.root),
    };
  }

  static from(fields: WireFields, userId: string): BatchStatement {
    return new BatchStatement({
      userId,
      batchId: fields.id('batch_id'),
      created: fields.time('created_at'),
      size: smallNumber(fields, 'count'),
      root: fields.bytes('root', HASH_SIZE),
    });
  }
}

/** A number within a batch. */
export function smallNumber(fields: WireFields, name: string): number {
  const number = fields.number(name);
  require(number <= BatchStatement.MOST, 'EXTENDED', name);
  return number;
}
