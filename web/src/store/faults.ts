import { StoreError, type StoreFault } from './store';

/** What a person reads: what is wrong, and what to do. */
const SENTENCES: Readonly<Record<StoreFault, string>> = {
  missing:
    'This browser stores nothing for this page. Leave the private window, or allow site data for this page.',
  blocked:
    'Another tab holds what is stored here for an older version of QuantChat. Close the other tabs, then reload this page.',
  newer: 'A newer version of QuantChat has been used in this browser. Reload this page to get it.',
  damaged:
    'What is stored here was changed or is incomplete, so it can’t be read. Delete it here, sign in again, and bring your account file.',
  full: 'There is no room left on this device. Nothing was stored. Delete conversations here, or free some space, then try again.',
  gone: 'The browser has closed or deleted what was stored here. Reload this page.',
  taken: 'Another tab goes on with what is stored here. Reload this page.',
  exists: 'This is stored already.',
  wrong_passphrase: 'This is not the passphrase. Try again.',
  broken_text: 'The passphrase has half a character in it. Type it again.',
  locked: 'What is stored here is locked. Give the passphrase first.',
};

export function storeError(code: StoreFault, cause?: unknown): StoreError {
  return new StoreError(code, SENTENCES[code], cause === undefined ? {} : { cause });
}

/** By the names of DOM exceptions, as the IndexedDB specification and the browsers use them. */
const BY_NAME: Readonly<Record<string, StoreFault>> = {
  ConstraintError: 'exists',
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'missing',
  // A connection that was closed, or a database that was deleted under it.
  InvalidStateError: 'gone',
  NotFoundError: 'gone',
  AbortError: 'gone',
  // Disk errors: nothing more is known of them.
  UnknownError: 'gone',
};

/** What storage says for what the browser says; a fault of the program stays what it is. */
export function asStoreError(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) {
    return error;
  }
  const code = BY_NAME[error.name];
  return code === undefined ? error : storeError(code, error);
}
