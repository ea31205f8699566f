import { type Bytes, NO_BYTES } from './bytes';

/** Bytes in pieces of any size, as a stream's or a file's. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Reads so many bytes at a time of what comes in pieces, and no piece before it is needed. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = NO_BYTES;

  constructor(source: ByteSource) {
    this.#pieces = 'getReader' in source ? piecesOf(source) : source[Symbol.asyncIterator]();
  }

  /** So many bytes; fewer where there are no more. */
  async read(size: number): Promise<Bytes> {
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size && !(await this.isOver())) {
      const taken = this.#piece.subarray(0, size - filled);
      bytes.set(taken, filled);
      filled += taken.length;
      this.#piece = this.#piece.subarray(taken.length);
    }
    return bytes.subarray(0, filled);
  }

  /** Whether there is nothing more: waits for the next byte. */
  async isOver(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next.done) {
        return true;
      }
      this.#piece = next.value;
    }
    return false;
  }

  /** No more is read; a stream is its owner's again. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** Streams can't be iterated over everywhere. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
    }
  } finally {
    reader.releaseLock();
  }
}
