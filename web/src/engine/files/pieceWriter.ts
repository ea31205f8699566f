import { PIECE_SIZE } from './pieces';

/** Gathers bytes, and stores them by the piece. */
export class PieceWriter {
  readonly #store: (offset: number, bytes: Blob) => Promise<void>;
  #offset: number;
  #gathered: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  /** @param offset where the first byte belongs */
  constructor(offset: number, store: (offset: number, bytes: Blob) => Promise<void>) {
    this.#offset = offset;
    this.#store = store;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    let from = 0;
    while (from < bytes.length) {
      // A copy: who gives it may fill it anew.
      const some = bytes.slice(from, from + PIECE_SIZE - this.#size);
      this.#gathered.push(some);
      this.#size += some.length;
      from += some.length;
      if (this.#size === PIECE_SIZE) {
        await this.flush();
      }
    }
  }

  /** Stores what is gathered. */
  async flush(): Promise<void> {
    if (this.#size > 0) {
      const bytes = new Blob(this.#gathered.splice(0));
      this.#size = 0;
      await this.#store(this.#offset, bytes);
      this.#offset += bytes.size;
    }
  }
}
