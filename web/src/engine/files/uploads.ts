import { Base64Text, FileKey } from '../../crypto/index';
import { ServerRefusal, senseless, Unreachable } from '../../protocol/failures';
import type { MediaApi, Part, Upload } from '../../protocol/mediaApi';
import type { ObjectClient } from '../../protocol/objectClient';
import type { KeptFile, Way } from './entry';
import { FileError } from './fileError';
import type { MovingFiles } from './fileRows';
import type { Moved } from './moved';
import type { Pieces } from './pieces';

const NOT_FOUND = 404;
const CONFLICT = 409;
const GONE = 410;

/** So often in a row nothing of a file gets there, and it waits. */
const MOST_VAIN = 3;

/** What an upload needs. */
export interface UploadParts {
  files: MovingFiles;
  pieces: Pieces;
  media: Pick<MediaApi, 'begin' | 'renew' | 'complete'>;
  objects: Pick<ObjectClient, 'put'>;
  moved: Moved;
}

/** Brings sealed files to the server. */
export class Uploads {
  readonly #parts: UploadParts;

  constructor(parts: UploadParts) {
    this.#parts = parts;
  }

  /**
   * Brings what is left of a file to the server. What got there isn't sent again: for that the
   * server is asked. Fails with Unreachable where not all got there, with a ServerRefusal where the
   * server takes no such file, and with a FileError where the sealed file isn't here any more.
   */
  async upload(file: KeptFile, signal: AbortSignal): Promise<void> {
    const sealed = await this.#parts.pieces.blob(file.fileId);
    if (sealed.size !== file.entry.sealed.size) {
      throw new FileError(
        'storage_gone',
        "The encrypted file isn't stored here any more. Send it again.",
      );
    }
    let now = file;
    let vain = 0;
    while (true) {
      const before = now.entry.way.done;
      const isUp = await this.#tried(now, sealed, vain === MOST_VAIN, signal);
      const after = await this.#parts.files.find(file.fileId);
      if (isUp || after === undefined) {
        return;
      }
      now = after;
      vain = now.entry.way.done > before ? 0 : vain + 1;
    }
  }

  /** Whether all is there. What got there counts, so a connection that was lost is made anew. */
  async #tried(
    file: KeptFile,
    sealed: Blob,
    isLast: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    signal.throwIfAborted();
    try {
      const { mediaId } = file.entry.way;
      const known = mediaId === undefined ? undefined : await this.#renewed(mediaId);
      if (await this.#isUp(file, sealed, known ?? (await this.#begun(file)), signal)) {
        return true;
      }
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !(await this.#hasMoved(file))) {
        throw failure;
      }
    }
    if (isLast) {
      throw new Unreachable(
        "The server's storage doesn't take a file now. It is tried again later.",
      );
    }
    return false;
  }

  async #hasMoved(file: KeptFile): Promise<boolean> {
    const now = await this.#parts.files.find(file.fileId);
    return now !== undefined && now.entry.way.done > file.entry.way.done;
  }

  async #begun(file: KeptFile): Promise<Upload> {
    const { sealed } = file.entry;
    const upload = await this.#parts.media.begin({
      size: sealed.size,
      sha256: Base64Text.encode(sealed.sha256),
      deleteHash: Base64Text.encode(FileKey.of(sealed.key).deleteHash()),
      parts: sealed.parts.map(Base64Text.encode),
    });
    await this.#parts.files.move(file.fileId, () => begunWay(upload));
    return upload;
  }

  /** New links; undefined where the server has forgotten the file, or given it up. */
  async #renewed(mediaId: string): Promise<Upload | undefined> {
    try {
      return await this.#parts.media.renew(mediaId);
    } catch (failure) {
      if (isRefusal(failure, NOT_FOUND, GONE)) {
        return undefined;
      }
      throw failure;
    }
  }

  /** Whether all is there after this. */
  async #isUp(file: KeptFile, sealed: Blob, upload: Upload, signal: AbortSignal): Promise<boolean> {
    const { files, moved } = this.#parts;
    const left = upload.parts.reduce((sum, part) => sum + part.size, 0);
    let done = Math.max(0, sealed.size - left);
    let now: KeptFile = { ...file, entry: { ...file.entry, way: begunWay(upload) } };
    moved(now, done);
    for (const part of upload.parts) {
      requireWithin(part, sealed.size);
      if (!(await this.#put(now, sealed, part, done, signal))) {
        return false;
      }
      done += part.size;
      now = (await files.move(file.fileId, (way) => ({ ...way, done }))) ?? now;
    }
    if (upload.isMultipart && !(await this.#isCompleted(upload.mediaId))) {
      return false;
    }
    const sent = await files.move(file.fileId, (way) => ({
      ...way,
      done: sealed.size,
      state: 'sent',
    }));
    if (sent !== undefined) {
      moved(sent, sealed.size);
    }
    return true;
  }

  async #put(
    file: KeptFile,
    sealed: Blob,
    part: Part,
    before: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    let bytes = before;
    const status = await this.#parts.objects.put(
      part,
      sealed.slice(part.offset, part.offset + part.size),
      (some) => {
        bytes += some;
        this.#parts.moved(file, bytes);
      },
      signal,
    );
    return status >= 200 && status < 300;
  }

  /** The same again changes nothing. */
  async #isCompleted(mediaId: string): Promise<boolean> {
    try {
      await this.#parts.media.complete(mediaId);
      return true;
    } catch (failure) {
      if (isRefusal(failure, CONFLICT, NOT_FOUND, GONE)) {
        return false;
      }
      throw failure;
    }
  }
}

function begunWay(upload: Upload): Way {
  return {
    state: 'uploading',
    mediaId: upload.mediaId,
    done: 0,
    deletionDue: false,
    ...(upload.until === undefined ? {} : { until: upload.until }),
  };
}

function requireWithin(part: Part, size: number): void {
  if (part.size < 1 || part.offset > size - part.size) {
    throw senseless();
  }
}

export function isRefusal(failure: unknown, ...statuses: number[]): boolean {
  return failure instanceof ServerRefusal && statuses.includes(failure.status);
}
