import { Base64Text, FileKey, Refused } from '../../crypto/index';
import { ServerRefusal, Unreachable } from '../../protocol/failures';
import type { MediaApi } from '../../protocol/mediaApi';
import type { ObjectClient, Sink } from '../../protocol/objectClient';
import { type FileEntry, gone, isHere, type KeptFile } from './entry';
import { withRoom } from './fileError';
import { deletePieces, type MovingFiles } from './fileRows';
import type { Moved } from './moved';
import { verify } from './opening';
import type { Pieces } from './pieces';
import { PieceWriter } from './pieceWriter';
import { isRefusal } from './uploads';

const FORBIDDEN = 403;
const NOT_FOUND = 404;
const MOST_VAIN = 3;

const FORGOTTEN = 'the server has it no more: ask for it again';
const WRONG = "what the server has isn't what was sent: ask for it again";

/** What a download needs. */
export interface DownloadParts {
  files: MovingFiles;
  pieces: Pieces;
  media: Pick<MediaApi, 'download' | 'delete'>;
  objects: Pick<ObjectClient, 'get'>;
  moved: Moved;
}

/** Fetches sealed files from the server, and has it forget them. */
export class Downloads {
  readonly #parts: DownloadParts;

  constructor(parts: DownloadParts) {
    this.#parts = parts;
  }

  /**
   * Fetches what isn't here yet of a file, and verifies it: it counts as here once its hash and all
   * of its segments are right. Fails with Unreachable where not all has come, which isn't fetched
   * again, and with a FileError where it can't be kept here.
   *
   * @returns the file as it is then: here or gone; undefined where it was deleted meanwhile
   */
  async fetch(file: KeptFile, signal: AbortSignal): Promise<KeptFile | undefined> {
    signal.throwIfAborted();
    try {
      const begun = await this.#parts.files.move(file.fileId, ({ held: _, ...way }) => ({
        ...way,
        state: 'fetching',
      }));
      if (begun === undefined) {
        return undefined;
      }
      const isFetched = await this.#isFetched(begun, signal);
      return this.#told(await (isFetched ? this.#kept(begun) : this.#gone(begun, FORGOTTEN)));
    } catch (failure) {
      throw withRoom(failure);
    }
  }

  #told(file: KeptFile | undefined): KeptFile | undefined {
    if (file !== undefined) {
      this.#parts.moved(file, isHere(file.entry.way.state) ? file.entry.sealed.size : 0);
    }
    return file;
  }

  #gone(file: KeptFile, fault: string): Promise<KeptFile | undefined> {
    const also = [deletePieces(file.fileId)];
    return this.#parts.files.move(file.fileId, (way) => gone(way, fault), also);
  }

  /** Whether all of it is stored; false where the server has it no more. */
  async #isFetched(file: KeptFile, signal: AbortSignal): Promise<boolean> {
    const { pieces, moved } = this.#parts;
    const whole = file.entry.sealed.size;
    let vain = 0;
    let size = await pieces.size(file.fileId);
    while (size !== whole) {
      signal.throwIfAborted();
      if (size > whole) {
        await pieces.delete(file.fileId);
        size = 0;
      }
      const url = await this.#link(file);
      if (url === undefined) {
        return false;
      }
      moved(file, size);
      const before = size;
      const status = await this.#get(file, url, before, signal);
      size = await pieces.size(file.fileId);
      if (status === NOT_FOUND) {
        return false;
      }
      vain = size > before ? 0 : vain + 1;
      if (vain === MOST_VAIN) {
        throw new Unreachable(
          "The server's storage doesn't hand a file over now. It is tried again later.",
        );
      }
    }
    return true;
  }

  async #link(file: KeptFile): Promise<string | undefined> {
    const { mediaId } = file.entry.way;
    if (mediaId === undefined) {
      return undefined;
    }
    try {
      return (await this.#parts.media.download(mediaId)).url;
    } catch (failure) {
      if (isRefusal(failure, NOT_FOUND)) {
        return undefined;
      }
      throw failure;
    }
  }

  async #get(file: KeptFile, url: string, from: number, signal: AbortSignal): Promise<number> {
    const { objects, pieces, moved } = this.#parts;
    const { size } = file.entry.sealed;
    const sink = new PieceSink(file.fileId, pieces);
    let bytes = from;
    try {
      return await objects.get(
        url,
        from,
        size,
        {
          from: async (offset) => {
            bytes = offset;
            await sink.from(offset);
          },
          write: (some) => sink.write(some),
        },
        (some) => {
          bytes += some;
          moved(file, bytes);
        },
        signal,
      );
    } catch (failure) {
      await sink.end();
      if (failure instanceof Unreachable && (await pieces.size(file.fileId)) > from) {
        // It carries, if not for long: from there on, at once.
        return FORBIDDEN;
      }
      throw failure;
    } finally {
      await sink.end();
    }
  }

  async #kept(file: KeptFile): Promise<KeptFile | undefined> {
    const sealed = await this.#parts.pieces.blob(file.fileId);
    const digest = await verify(sealed, file.entry);
    return digest === undefined
      ? this.#gone(file, WRONG)
      : this.#parts.files.change(file.fileId, (entry) => here(entry, digest));
  }

  /** Has the server forget a file that is here. */
  async forget(file: KeptFile): Promise<void> {
    const { mediaId } = file.entry.way;
    try {
      if (mediaId !== undefined) {
        const secret = FileKey.of(file.entry.sealed.key).deleteSecret();
        await this.#parts.media.delete(mediaId, Base64Text.encode(secret));
      }
    } catch (failure) {
      // It is forgotten already, or will be after its time.
      if (!(failure instanceof ServerRefusal || failure instanceof Refused)) {
        throw failure;
      }
    }
    await this.#parts.files.move(file.fileId, (way) => ({ ...way, deletionDue: false }));
  }
}

function here(entry: FileEntry, digest: string): FileEntry {
  return {
    ...entry,
    about: { ...entry.about, digest },
    way: { ...entry.way, state: 'here', deletionDue: true },
  };
}

/** Stores what comes, piece by piece; what came before an interruption is stored, too. */
class PieceSink implements Sink {
  readonly #fileId: string;
  readonly #pieces: Pieces;
  #writer: PieceWriter | undefined;

  constructor(fileId: string, pieces: Pieces) {
    this.#fileId = fileId;
    this.#pieces = pieces;
  }

  async from(offset: number): Promise<void> {
    if (offset === 0) {
      await this.#pieces.delete(this.#fileId);
    }
    const tail = await this.#pieces.tail(this.#fileId);
    this.#writer = new PieceWriter(tail?.offset ?? offset, (at, bytes) =>
      this.#pieces.add(this.#fileId, at, bytes),
    );
    if (tail !== undefined) {
      await this.#writer.write(new Uint8Array(await tail.bytes.arrayBuffer()));
    }
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#writer?.write(bytes);
  }

  async end(): Promise<void> {
    await this.#writer?.flush();
  }
}
