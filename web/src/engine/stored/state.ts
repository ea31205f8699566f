import type { Settings } from '../api';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

/** What time it was for keys; see {@link KeyTime}. */
export interface Age {
  time: number;
  /** What the clock said then. */
  clock: number;
  /** Milliseconds by which the clock was put ahead, by the day (since 1970) on which that was seen. */
  unsure: Record<number, number>;
}

/** The identity's private keys: the scalar and the seed, 32 bytes each. */
export interface StoredIdentity {
  ecdsa: Uint8Array<ArrayBuffer>;
  mlDsa: Uint8Array<ArrayBuffer>;
}

/** Single values. */
interface Values {
  identity: StoredIdentity;
  age: Age;
  /** The server's time as it was last known. */
  server_time: number;
  /** Whether identity or pins came from a copy, and recovery hasn't begun. */
  copied: boolean;
  /** Whether keys of a copy are still to be replaced. */
  recovery_due: boolean;
  /** When the directory was last asked what it has of this account's. */
  looked: number;
  /** When the directory last got a batch: since then it has become poorer only. */
  uploaded: number;
  /** Whether all that the directory has is to be withdrawn: nobody can read here what is sent to it. */
  withdrawal_due: boolean;
  settings: Settings;
  /** Of the rows that are counted in the order in which they were made. */
  sequence: number;
}

const table = new Table<{ name: string; value: unknown }>('state');

export async function valueNamed<K extends keyof Values>(
  reads: Reads,
  name: K,
): Promise<Values[K] | undefined> {
  return (await table.get(reads, name))?.value as Values[K] | undefined;
}

export function keepValue<K extends keyof Values>(
  transaction: Transaction,
  name: K,
  value: Values[K],
): void {
  table.put(transaction, { name, value });
}

export function dropValue(transaction: Transaction, name: keyof Values): void {
  table.delete(transaction, name);
}

/** The next of numbers that only rise. */
export async function nextInSequence(transaction: Transaction): Promise<number> {
  const next = ((await valueNamed(transaction, 'sequence')) ?? 0) + 1;
  keepValue(transaction, 'sequence', next);
  return next;
}
