import { asStoreError, storeError } from './faults';
import { answerOf } from './requests';
import type { Schema, StoreError } from './store';

/** At opening, whatever the browser doesn't explain means that it stores nothing for this page. */
const NOTHING_STORED = ['InvalidStateError', 'UnknownError', 'AbortError', 'SecurityError'];

export interface Opening {
  name: string;
  version: number;
  /** @param transaction of the whole change */
  upgrade(database: IDBDatabase, transaction: IDBTransaction): void;
  /** The connection has been closed: a newer release or a deletion took over, or the browser did. */
  lost(error: StoreError): void;
}

/**
 * Opens a database, and lets go of it as soon as another tab needs it to.
 *
 * @throws StoreError `missing`, `blocked`, `newer`, `full`
 */
export async function openDatabase(opening: Opening): Promise<IDBDatabase> {
  if (typeof indexedDB === 'undefined') {
    throw storeError('missing');
  }
  let isBlocked: (error: StoreError) => void = () => {};
  const blocked = new Promise<never>((_resolve, reject) => {
    isBlocked = reject;
  });
  // A rejection, too, where the browser refuses at once.
  const opened = Promise.resolve().then(async () => {
    const request = indexedDB.open(opening.name, opening.version);
    request.onupgradeneeded = () =>
      opening.upgrade(request.result, request.transaction as IDBTransaction);
    request.onblocked = () => isBlocked(storeError('blocked'));
    const database = await answerOf(request);
    database.onversionchange = ({ newVersion }) => {
      database.close();
      opening.lost(storeError(newVersion === null ? 'gone' : 'newer'));
    };
    database.onclose = () => opening.lost(storeError('gone'));
    return database;
  });
  try {
    return await Promise.race([opened, blocked]);
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
export function shape(schema: Schema, database: IDBDatabase, transaction: IDBTransaction): void {
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
