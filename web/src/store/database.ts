import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { asStoreError, storeError } from './faults';
import type { Schema, StoreError } from './store';

/** At opening, whatever the browser doesn't explain means that it stores nothing for this page. */
const NOTHING_STORED = ['InvalidStateError', 'UnknownError', 'AbortError', 'SecurityError'];

export interface Opening {
  name: string;
  version: number;
  upgrade(
    database: IDBPDatabase,
    transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
  ): void;
  /** The connection has been closed: a newer release or a deletion took over, or the browser did. */
  lost(error: StoreError): void;
}

/**
 * Opens a database, and lets go of it as soon as another tab needs it to.
 *
 * @throws StoreError `missing`, `blocked`, `newer`, `full`
 */
export async function openDatabase(opening: Opening): Promise<IDBPDatabase> {
  if (typeof indexedDB === 'undefined') {
    throw storeError('missing');
  }
  let database: IDBPDatabase | undefined;
  let isBlocked: (error: StoreError) => void = () => {};
  const blocked = new Promise<never>((_resolve, reject) => {
    isBlocked = reject;
  });
  // A rejection, too, where the browser refuses at once.
  const opened = Promise.resolve().then(() =>
    openDB(opening.name, opening.version, {
      upgrade: (fresh, _from, _to, transaction) => opening.upgrade(fresh, transaction),
      blocked: () => isBlocked(storeError('blocked')),
      blocking: (_current, next) => {
        database?.close();
        opening.lost(storeError(next === null ? 'gone' : 'newer'));
      },
      terminated: () => opening.lost(storeError('gone')),
    }),
  );
  try {
    const ready = await Promise.race([opened, blocked]);
    database = ready;
    return ready;
  } catch (error) {
    // It may still open once the other tab is closed; nobody waits for it any more.
    opened.then(
      (late) => late.close(),
      () => {},
    );
    throw error instanceof Error && NOTHING_STORED.includes(error.name)
      ? storeError('missing', error)
      : asStoreError(error);
  }
}

/** Makes what a schema has and the database hasn't. What it has beyond that stays. */
export function shape(
  schema: Schema,
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
): void {
  for (const [name, spec] of Object.entries(schema)) {
    const table = database.objectStoreNames.contains(name)
      ? transaction.objectStore(name)
      : database.createObjectStore(name, { keyPath: 'k' });
    const wanted = Object.keys(spec.indexes);
    for (const index of wanted.filter((it) => !table.indexNames.contains(it))) {
      table.createIndex(index, `i.${index}`);
    }
    for (const index of [...table.indexNames].filter((it) => !wanted.includes(it))) {
      table.deleteIndex(index);
    }
  }
}
