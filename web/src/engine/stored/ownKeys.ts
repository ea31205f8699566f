import {
  type Bundle,
  EcdhPrivateKey,
  type Held,
  type JsonObject,
  type KeyId,
  type Keyring,
  type KeyStatus,
  type MessageKey,
  MlKemPrivateKey,
  OneTimeKeys,
  PrekeyBatch,
} from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import type { OwnBundleStore } from './ownBundles';
import * as received from './received';
import { Table } from './table';

type Kind = 'spk' | 'kem' | 'opk';

interface KeyRow {
  keyId: string;
  kind: Kind;
  status: KeyStatus;
  created: number;
  retired?: number;
  /** The scalar, the ML-KEM seed, or the one behind the other. */
  secret: Uint8Array<ArrayBuffer>;
}

/** Bytes of a P-256 scalar. */
const SCALAR = 32;

const keys = new Table<KeyRow>('own_keys');
const batches = new Table<{ batchId: string; batch: JsonObject }>('own_batches');

/** New prekeys for a bundle; those of the last one only decrypt from now on. */
export async function rotate(
  transaction: Transaction,
  signedPrekey: EcdhPrivateKey,
  lastResort: MlKemPrivateKey,
  now: number,
): Promise<void> {
  for (const row of await ofBundles(transaction)) {
    retire(transaction, row, now);
  }
  const add = (kind: Kind, key: EcdhPrivateKey | MlKemPrivateKey) =>
    keys.put(transaction, {
      keyId: key.publicKey.id,
      kind,
      status: 'active',
      created: now,
      secret: key.toBytes(),
    });
  add('spk', signedPrekey);
  add('kem', lastResort);
}

async function ofBundles(reads: Reads): Promise<KeyRow[]> {
  return [
    ...(await keys.list(reads, { index: 'kind', prefix: ['spk'] })),
    ...(await keys.list(reads, { index: 'kind', prefix: ['kem'] })),
  ];
}

function retire(transaction: Transaction, row: KeyRow, now: number): void {
  if (row.status === 'active') {
    keys.put(transaction, { ...row, status: 'deprecated', retired: now });
  }
}

/** Keeps a batch of one-time prekeys with their private parts, until it was uploaded. */
export function addBatch(
  transaction: Transaction,
  batch: PrekeyBatch,
  pairs: OneTimeKeys[],
  now: number,
): void {
  for (const pair of pairs) {
    const secret = new Uint8Array(SCALAR + 64);
    secret.set(pair.ecdh.toBytes());
    secret.set(pair.mlKem.toBytes(), SCALAR);
    keys.put(transaction, {
      keyId: pair.prekey.id,
      kind: 'opk',
      status: 'active',
      created: now,
      secret,
    });
  }
  batches.put(transaction, { batchId: batch.batchId, batch: batch.toMap() });
}

/** Batches of which it isn't known that the server has them. */
export async function batchesToUpload(reads: Reads): Promise<PrekeyBatch[]> {
  return (await batches.list(reads)).map(({ batch }) => PrekeyBatch.fromMap(batch));
}

export function uploaded(transaction: Transaction, batch: PrekeyBatch): void {
  batches.delete(transaction, batch.batchId);
}

/** The prekey has opened a message: nobody can open that again. */
export function spend(transaction: Transaction, oneTime: KeyId): void {
  keys.delete(transaction, oneTime);
}

/** Whether a one-time prekey hasn't opened a message yet. */
export async function isUnspent(reads: Reads, oneTime: KeyId): Promise<boolean> {
  return (await keys.get(reads, oneTime))?.kind === 'opk';
}

/** Whether a prekey of a bundle is the one to use, and its private part here. */
export async function isActive(reads: Reads, id: KeyId): Promise<boolean> {
  const row = await keys.get(reads, id);
  return row !== undefined && row.kind !== 'opk' && row.status === 'active';
}

/** Whether a bundle's key's private part is still here. */
export async function holds(reads: Reads, id: KeyId): Promise<boolean> {
  const row = await keys.get(reads, id);
  return row !== undefined && row.kind !== 'opk';
}

/** One-time prekeys, made since then, under which nothing has come yet. */
export function unspentSince(reads: Reads, then: number): Promise<number> {
  return keys.count(reads, { index: 'kind', prefix: ['opk'], after: then - 1 });
}

/**
 * No key is from later than now: a clock that was wrong once doesn't keep one for ever. Nor does it
 * take a one-time prekey before its time.
 */
export async function limitTo(transaction: Transaction, now: number): Promise<void> {
  for (const row of await keys.list(transaction, { index: 'retired', after: now })) {
    const { retired: _, ...rest } = row;
    keys.put(transaction, row.kind === 'opk' ? rest : { ...rest, retired: now });
  }
  for (const kind of ['spk', 'kem', 'opk'] as const) {
    const tooNew = await keys.list(transaction, { index: 'kind', prefix: [kind], after: now });
    for (const row of tooNew) {
      keys.put(transaction, { ...row, created: now });
    }
  }
}

/** Keys of bundles that were made before then only decrypt from now on. */
export async function retireMadeBefore(
  transaction: Transaction,
  then: number,
  now: number,
): Promise<void> {
  for (const row of await ofBundles(transaction)) {
    if (row.created < then) {
      retire(transaction, row, now);
    }
  }
}

/** One-time prekeys that were made before then have little time left. */
export async function retireOneTimeMadeBefore(
  transaction: Transaction,
  then: number,
  now: number,
): Promise<void> {
  const old = await keys.list(transaction, { index: 'kind', prefix: ['opk'], before: then });
  for (const row of old.filter(({ retired }) => retired === undefined)) {
    keys.put(transaction, { ...row, retired: now });
  }
}

/** Private parts whose time was over, or that were replaced, before then. */
export async function forgetBefore(transaction: Transaction, then: number): Promise<void> {
  for (const row of await keys.list(transaction, { index: 'retired', before: then })) {
    keys.delete(transaction, row.keyId);
  }
}

/** Every private part of a prekey, and the batches that are still to be uploaded. */
export function wipe(transaction: Transaction): void {
  transaction.deleteAll(keys.name, undefined, []);
  transaction.deleteAll(batches.name, undefined, []);
}

/** The account's own prekeys, for opening what is sealed to them. */
export class OwnKeyring implements Keyring {
  readonly #reads: Reads;
  readonly #bundles: OwnBundleStore;
  /** Private parts of bundles' keys that messages of the same time name again and again. */
  readonly #held = new Map<KeyId, Promise<unknown>>();

  constructor(reads: Reads, bundles: OwnBundleStore) {
    this.#reads = reads;
    this.#bundles = bundles;
  }

  async bundle(version: number): Promise<Bundle | undefined> {
    return (await this.#bundles.find(this.#reads, version))?.bundle;
  }

  async signedPrekey(id: KeyId): Promise<Held<EcdhPrivateKey> | undefined> {
    return this.#heldKey(id, 'spk', (secret) => EcdhPrivateKey.of(secret));
  }

  async lastResort(id: KeyId): Promise<Held<MlKemPrivateKey> | undefined> {
    return this.#heldKey(id, 'kem', (secret) => MlKemPrivateKey.of(secret));
  }

  /** Whether it is there still, and what it is by now, is read each time. */
  async #heldKey<K>(
    id: KeyId,
    kind: Kind,
    take: (secret: KeyRow['secret']) => Promise<K>,
  ): Promise<Held<K> | undefined> {
    const row = await this.#find(id, kind);
    if (!row) {
      return undefined;
    }
    const key = (this.#held.get(id) as Promise<K> | undefined) ?? take(row.secret);
    this.#held.set(id, key);
    return { key: await key, status: row.status };
  }

  /** Lets go of private parts, once what came together was opened. */
  rest(): void {
    this.#held.clear();
  }

  async oneTime(id: KeyId): Promise<OneTimeKeys | undefined> {
    const row = await this.#find(id, 'opk');
    return (
      row &&
      new OneTimeKeys(
        await EcdhPrivateKey.of(row.secret.slice(0, SCALAR)),
        await MlKemPrivateKey.of(row.secret.slice(SCALAR)),
      )
    );
  }

  async isRevoked(id: KeyId): Promise<boolean> {
    const latest = await this.#bundles.latest(this.#reads);
    return latest?.bundle.keys.find(id)?.status === 'revoked';
  }

  hasReceived(message: MessageKey): Promise<boolean> {
    return received.contains(this.#reads, message);
  }

  async #find(id: KeyId, kind: Kind): Promise<KeyRow | undefined> {
    const row = await keys.get(this.#reads, id);
    return row?.kind === kind ? row : undefined;
  }
}
