import { MetadataError } from './metadataError';

/** Takes a copy, piece by piece; the next piece comes when it is done with this one. */
export type Sink = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

/** Bytes that are read at once, and about as many as are written at once. */
const WINDOW = 256 * 1024;

/** A picture's bytes in their order, of which some are copied. Ends too early where it is cut. */
export class PictureInput {
  readonly #picture: Blob;
  readonly #to: Sink;
  #window = new Uint8Array(0);
  #view = new DataView(this.#window.buffer);
  #at = 0;
  /** Where in the picture the next window begins. */
  #next = 0;
  readonly #copied: Uint8Array<ArrayBuffer>[] = [];
  #copying = new Uint8Array(WINDOW);
  #filled = 0;

  constructor(picture: Blob, to: Sink) {
    this.#picture = picture;
    this.#to = to;
  }

  async #fill(): Promise<void> {
    await this.#handOver();
    if (this.#next >= this.#picture.size) {
      throw new MetadataError('The picture is cut off: nothing can be removed from it surely.');
    }
    const next = this.#picture.slice(this.#next, this.#next + WINDOW);
    this.#window = new Uint8Array(await next.arrayBuffer());
    this.#view = new DataView(this.#window.buffer);
    this.#next += this.#window.length;
    this.#at = 0;
  }

  async #handOver(): Promise<void> {
    for (const full of this.#copied.splice(0)) {
      await this.#to(full);
    }
  }

  /** Hands over what was copied last. */
  async finish(): Promise<void> {
    await this.#handOver();
    if (this.#filled > 0) {
      await this.#to(this.#copying.slice(0, this.#filled));
      this.#filled = 0;
    }
  }

  async u8(): Promise<number> {
    if (this.#at === this.#window.length) {
      await this.#fill();
    }
    return this.#view.getUint8(this.#at++);
  }

  /** The most significant byte first. */
  async u16(): Promise<number> {
    return (await this.u8()) * 0x100 + (await this.u8());
  }

  /** The most significant byte first. */
  async u32(): Promise<number> {
    return (await this.u16()) * 0x1_0000 + (await this.u16());
  }

  /** The least significant byte first. */
  async u32le(): Promise<number> {
    const bytes = await this.bytes(4);
    return new DataView(bytes.buffer).getUint32(0, true);
  }

  /** So many bytes; for what is small. */
  async bytes(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count);
    let filled = 0;
    await this.pass(count, (some) => {
      bytes.set(some, filled);
      filled += some.length;
    });
    return bytes;
  }

  async skip(count: number): Promise<void> {
    await this.pass(count, () => {});
  }

  /** Copies so many bytes. */
  async copy(count: number): Promise<void> {
    await this.pass(count, (some) => this.write(some));
  }

  /** Hands so many bytes on, to a place other than the copy. */
  async pass(count: number, each: (some: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    let left = count;
    while (left > 0) {
      if (this.#at === this.#window.length) {
        await this.#fill();
      }
      const some = this.#window.subarray(this.#at, this.#at + left);
      each(some);
      this.#at += some.length;
      left -= some.length;
    }
  }

  /** Copies up to a byte, and reads that. */
  async copyBefore(octet: number): Promise<void> {
    while (true) {
      const found = this.#window.indexOf(octet, this.#at);
      this.write(this.#window.subarray(this.#at, found < 0 ? undefined : found));
      if (found >= 0) {
        this.#at = found + 1;
        return;
      }
      await this.#fill();
    }
  }

  /** Adds to the copy. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    let from = 0;
    while (from < bytes.length) {
      const some = bytes.subarray(from, from + WINDOW - this.#filled);
      this.#copying.set(some, this.#filled);
      this.#filled += some.length;
      from += some.length;
      if (this.#filled === WINDOW) {
        this.#copied.push(this.#copying);
        this.#copying = new Uint8Array(WINDOW);
        this.#filled = 0;
      }
    }
  }

  /** Adds bytes by their values. */
  writeAll(...octets: number[]): void {
    this.write(Uint8Array.from(octets));
  }
}
