import type { Row, Store } from '../../store/store';
import { deleted } from './fileError';
import { deletePieces, findFile, MAKINGS, PIECES, type Queue } from './fileRows';

/** Bytes of a piece as it is stored; the last one, and one behind which it was interrupted, are shorter. */
export const PIECE_SIZE = 1 << 20;

/** The sealed bytes of files, in pieces that follow each other. */
export class Pieces {
  readonly #store: Store;
  readonly #queue: Queue;

  constructor(store: Store, queue: Queue) {
    this.#store = store;
    this.#queue = queue;
  }

  /** All that is here of a file, in its order; the bytes themselves stay where they are. */
  async blob(fileId: string): Promise<Blob> {
    const rows = await this.#store.list(PIECES, { prefix: [fileId] });
    const bytes: Blob[] = [];
    let end = 0;
    for (const row of rows) {
      const piece = bytesIn(row);
      if (row.offset !== end || piece === undefined) {
        // What lies behind a gap is of no use.
        break;
      }
      bytes.push(piece);
      end += piece.size;
    }
    return new Blob(bytes);
  }

  async size(fileId: string): Promise<number> {
    return (await this.blob(fileId)).size;
  }

  /** The last piece, where it is shorter than others: what follows it is gathered with it. */
  async tail(fileId: string): Promise<{ offset: number; bytes: Blob } | undefined> {
    const [row] = await this.#store.list(PIECES, { prefix: [fileId], descending: true, limit: 1 });
    const bytes = row && bytesIn(row);
    return typeof row?.offset === 'number' && bytes !== undefined && bytes.size < PIECE_SIZE
      ? { offset: row.offset, bytes }
      : undefined;
  }

  /** A file of which nothing is here yet, and that has no message. */
  begin(fileId: string): Promise<void> {
    return this.#queue(() => this.#store.commit([{ op: 'put', table: MAKINGS, row: { fileId } }]));
  }

  /** Adds a piece to a file that is being made. */
  addToMaking(fileId: string, offset: number, bytes: Blob): Promise<void> {
    return this.#queue(() => this.#store.commit([put(fileId, offset, bytes)]));
  }

  /** Adds a piece to a file of a message; fails with `not_found` where that was deleted meanwhile. */
  add(fileId: string, offset: number, bytes: Blob): Promise<void> {
    return this.#queue(async () => {
      if ((await findFile(this.#store, fileId)) === undefined) {
        throw deleted();
      }
      await this.#store.commit([put(fileId, offset, bytes)]);
    });
  }

  /** Deletes all of a file's. */
  delete(fileId: string): Promise<void> {
    return this.#queue(() => this.#store.commit([deletePieces(fileId)]));
  }

  /** What was being made has no message, and won't have one. */
  drop(fileIds: string[]): Promise<void> {
    return this.#queue(() =>
      this.#store.commit(
        fileIds.flatMap((fileId) => [
          deletePieces(fileId),
          { op: 'delete', table: MAKINGS, key: [fileId] },
        ]),
      ),
    );
  }

  /** Drops what a program that died was making. */
  async sweep(): Promise<void> {
    const makings = await this.#store.list(MAKINGS);
    if (makings.length > 0) {
      await this.drop(makings.map((row) => String(row.fileId)));
    }
  }
}

function put(fileId: string, offset: number, bytes: Blob) {
  return { op: 'put', table: PIECES, row: { fileId, offset, bytes } } as const;
}

function bytesIn(row: Row): Blob | undefined {
  return row.bytes instanceof Blob ? row.bytes : undefined;
}
