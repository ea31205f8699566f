import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { FileKey, FileOpener, Refused } from '../../crypto/index';
import type { FileEntry } from './entry';
import { FileError } from './fileError';

/** Sealed bytes that are in memory at once. */
const PIECE = 1 << 20;

/** Bytes of an opened file that are handed to the browser at once, which may keep them on a disk. */
const GROUP = 4 << 20;

/**
 * Opens a sealed file to see whether it is what its message says.
 *
 * @returns SHA-256 of the file itself, in hexadecimal; undefined where it is another
 */
export async function verify(sealed: Blob, entry: FileEntry): Promise<string | undefined> {
  const outside = sha256.create();
  const inside = sha256.create();
  try {
    for await (const bytes of opened(sealed, entry, (some) => outside.update(some))) {
      inside.update(bytes);
    }
  } catch (e) {
    if (e instanceof Refused) {
      return undefined;
    }
    throw e;
  }
  // Neither of them is a secret.
  return bytesToHex(outside.digest()) === bytesToHex(entry.sealed.sha256)
    ? bytesToHex(inside.digest())
    : undefined;
}

/** A file that was verified before, without a type: what it is, others say. */
export async function open(sealed: Blob, entry: FileEntry): Promise<Blob> {
  const groups: Blob[] = [];
  let group: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for await (const bytes of opened(sealed, entry, () => {})) {
      group.push(bytes.slice());
      size += bytes.length;
      if (size >= GROUP) {
        groups.push(new Blob(group));
        group = [];
        size = 0;
      }
    }
  } catch (e) {
    if (e instanceof Refused) {
      throw new FileError(
        'storage_gone',
        'The encrypted file that is stored here was altered, so it can’t be opened.',
        { cause: e },
      );
    }
    throw e;
  }
  return new Blob([...groups, ...group], { type: 'application/octet-stream' });
}

function opened(
  sealed: Blob,
  { about, sealed: { key } }: FileEntry,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  return new FileOpener(FileKey.of(key), about.size).open(piecesOf(sealed, seen));
}

async function* piecesOf(
  sealed: Blob,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  for (let from = 0; from < sealed.size; from += PIECE) {
    const bytes = new Uint8Array(await sealed.slice(from, from + PIECE).arrayBuffer());
    seen(bytes);
    yield bytes;
  }
}
