import { Base64Text } from './base64Text';
import { type Bytes, copyOf } from './bytes';
import { Hash } from './hash';
import { type KeyId, keyIdOf } from './keyId';
import { PUBLIC_KEYS, type PublicKey } from './publicKey';
import { require, requireSize } from './refused';
import { isWhole } from './texts';
import { lp, numberBytes } from './transcript';
import type { WireFields } from './wireFields';
import { requireMilliseconds, WireTime } from './wireTime';

/**
 * Where a key is in its life: to use; not to be used any more, but it decrypts what is pending; not
 * used at all.
 */
export type KeyStatus = 'active' | 'deprecated' | 'revoked';

const STATUSES: readonly string[] = ['active', 'deprecated', 'revoked'] satisfies KeyStatus[];

/** Bytes of the largest key of any algorithm to come. */
const LARGEST = 4096;
/** Unicode characters, as the REST contract counts them. */
const LONGEST_ALGORITHM = 64;

interface ListedKeyFields {
  readonly id: KeyId;
  readonly algorithm: string;
  readonly data: Uint8Array;
  readonly created: number;
  readonly status: KeyStatus;
}

/**
 * A public key in an account's list. One of an algorithm that isn't known here is kept as it is, so
 * that a bundle of tomorrow can be read today.
 */
export class ListedKey {
  readonly id: KeyId;
  /** The algorithm's name. */
  readonly algorithm: string;
  /** The raw key. */
  readonly data: Bytes;
  readonly created: number;
  readonly status: KeyStatus;
  /** Nothing where its algorithm isn't known here. */
  readonly key: PublicKey | undefined;

  private constructor(fields: ListedKeyFields, known?: PublicKey) {
    requireMilliseconds(fields.created);
    this.id = fields.id;
    this.algorithm = fields.algorithm;
    this.data = copyOf(fields.data);
    this.created = fields.created;
    this.status = fields.status;
    this.key = known ?? this.#read();
  }

  /** A key under the id that it gets. */
  static of(key: PublicKey, created: number, status: KeyStatus): ListedKey {
    const { id, algorithm, encoded: data } = key;
    return new ListedKey({ id, algorithm, data, created, status }, key);
  }

  /** The same key in another state. */
  withStatus(status: KeyStatus): ListedKey {
    return new ListedKey({ ...this.#fields(), status }, this.key);
  }

  /** The part of it that a bundle's signatures cover. */
  transcript(): Bytes {
    return lp(
      this.id,
      this.algorithm,
      this.status,
      numberBytes(this.created),
      Hash.SHA_256.of(this.data),
    );
  }

  /** As it goes out, in a bundle and in an account's `public_keys`. */
  toMap(): Record<string, unknown> {
    return {
      key_id: this.id,
      algorithm: this.algorithm,
      key_data: Base64Text.encode(this.data),
      created_at: WireTime.format(this.created),
      status: this.status,
    };
  }

  static from(fields: WireFields): ListedKey {
    const algorithm = fields.text('algorithm');
    const size = PUBLIC_KEYS.get(algorithm)?.SIZE;
    return new ListedKey({
      algorithm,
      id: fields.keyId('key_id'),
      data: fields.bytes('key_data', size ?? 1, size ?? LARGEST),
      created: fields.time('created_at'),
      status: status(fields.text('status')),
    });
  }

  /** Checks it as the key that it says it is. */
  #read(): PublicKey | undefined {
    require(isWhole(this.algorithm), 'MALFORMED', 'algorithm');
    requireSize('algorithm', Array.from(this.algorithm).length, 1, LONGEST_ALGORITHM);
    requireSize('key_data', this.data.length, 1, LARGEST);
    const Kind = PUBLIC_KEYS.get(this.algorithm);
    const key = Kind && new Kind(this.data);
    require(this.id === (key?.id ?? keyIdOf(this.algorithm, this.data)), 'WRONG_KEY', 'key_id');
    return key;
  }

  #fields(): ListedKeyFields {
    const { id, algorithm, data, created, status: kept } = this;
    return { id, algorithm, data, created, status: kept };
  }
}

function status(text: string): KeyStatus {
  require(STATUSES.includes(text), 'MALFORMED', 'status');
  return text as KeyStatus;
}
