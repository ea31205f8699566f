import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { FileKey, FileSealer, Refused, UploadHashes } from '../../crypto/index';
import { StoreError } from '../../store/store';
import type { Attachment } from '../api';
import { type Copied, clean, keep } from '../pictures/cleaning';
import { MetadataError } from '../pictures/metadataError';
import { previewOf } from '../pictures/preview';
import { type About, type Ciphertext, type SealedFile, waiting } from './entry';
import { FileError, withRoom } from './fileError';
import type { Pieces } from './pieces';
import { PieceWriter } from './pieceWriter';
import { piped } from './piped';
import { newFileId } from './received';

const MOST_FILES = 10;

/** Bytes of a name, in UTF-8. */
const LONGEST_NAME = 255;

/** Bytes of all thumbnails of a message. */
const THUMBNAILS = 16 * 1024;

/** What a message can say of a picture's width or height. */
const MOST_PIXELS = 65_535;

/** Files that are to be sent: cleaned, and sealed into the store. */
export class OutgoingFiles {
  readonly #pieces: Pieces;
  readonly #random: (size: number) => Uint8Array;

  constructor(pieces: Pieces, random: (size: number) => Uint8Array) {
    this.#pieces = pieces;
    this.#random = random;
  }

  /** Seals files of one message; see `Transfers.seal`. */
  async seal(attachments: Attachment[]): Promise<SealedFile[]> {
    if (attachments.length > MOST_FILES) {
      throw new FileError('too_large', `A message has at most ${MOST_FILES} files.`);
    }
    const ids: string[] = [];
    try {
      const sealed: SealedFile[] = [];
      for (const attachment of attachments) {
        const fileId = newFileId(this.#random);
        ids.push(fileId);
        const largest = Math.floor(THUMBNAILS / attachments.length);
        sealed.push(await this.#seal(fileId, attachment, largest));
      }
      return sealed;
    } catch (failure) {
      await this.#dropped(ids);
      throw failure;
    }
  }

  /** Where the store is gone, the next opening sweeps them. */
  async #dropped(ids: string[]): Promise<void> {
    try {
      await this.#pieces.drop(ids);
    } catch (e) {
      if (!(e instanceof StoreError)) {
        throw e;
      }
    }
  }

  async #seal(
    fileId: string,
    attachment: Attachment,
    largestThumbnail: number,
  ): Promise<SealedFile> {
    const { file } = attachment;
    requireSendable(file);
    try {
      await this.#pieces.begin(fileId);
      const copy = piped((sink) => (attachment.keepMetadata ? keep : clean)(file, sink));
      const { size, digest, sealed } = await this.#sealed(fileId, copy.bytes);
      const copied = copy.result();
      const about = {
        ...(await aboutPicture(file, copied, largestThumbnail)),
        name: file.name,
        type: copied.type,
        size,
        digest,
      };
      return { fileId, entry: { about, sealed, way: waiting() } };
    } catch (failure) {
      throw said(failure, file.name);
    }
  }

  async #sealed(
    fileId: string,
    file: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ): Promise<{ size: number; digest: string; sealed: Ciphertext }> {
    const key = FileKey.generate(this.#random);
    const hashes = new UploadHashes();
    const inside = sha256.create();
    const writer = new PieceWriter(0, (offset, bytes) =>
      this.#pieces.addToMaking(fileId, offset, bytes),
    );
    const sealing = new FileSealer(this.#random).seal(key, seen(file, inside));
    let next = await sealing.next();
    while (!next.done) {
      await hashes.write(next.value);
      await writer.write(next.value);
      next = await sealing.next();
    }
    await writer.flush();
    const parts = await hashes.parts();
    return {
      size: next.value,
      digest: bytesToHex(inside.digest()),
      sealed: { key: key.toBytes(), size: hashes.size, sha256: await hashes.sha256(), parts },
    };
  }
}

async function* seen(
  file: AsyncIterable<Uint8Array<ArrayBuffer>>,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  for await (const bytes of file) {
    hash.update(bytes);
    yield bytes;
  }
}

async function aboutPicture(file: File, copied: Copied, largest: number): Promise<Partial<About>> {
  if (!copied.type.startsWith('image/')) {
    return {};
  }
  const { size } = copied;
  const isSaid = size !== undefined && Math.max(size.width, size.height) <= MOST_PIXELS;
  return { ...(isSaid ? size : {}), ...(await previewOf(file, copied.facts, largest)) };
}

function requireSendable(file: File): void {
  const size = new TextEncoder().encode(file.name).length;
  if (size < 1 || size > LONGEST_NAME || /[\p{Cc}\p{Cs}]/u.test(file.name)) {
    throw new FileError('file_name', 'A file has no name that can be sent. Rename it.');
  }
  if (file.size > FileSealer.MOST_SIZE) {
    throw tooLarge(file.name);
  }
}

function tooLarge(name: string): FileError {
  const most = FileSealer.MOST_SIZE / 2 ** 20;
  return new FileError('too_large', `“${name}” is too large. A file has at most ${most} MiB.`);
}

/** As it is said to a person. */
function said(failure: unknown, name: string): unknown {
  if (failure instanceof MetadataError) {
    return new FileError('metadata', failure.message, { cause: failure });
  }
  if (failure instanceof Refused) {
    return tooLarge(name);
  }
  if (failure instanceof DOMException) {
    // Of NotFoundError and NotReadableError: it was deleted, moved or altered since it was picked.
    return new FileError(
      'unreadable',
      `“${name}” can’t be read. Pick it again, and try once more.`,
      { cause: failure },
    );
  }
  return withRoom(failure);
}
