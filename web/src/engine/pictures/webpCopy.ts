import { areSame, type Facts, UNKNOWN, withSize } from './facts';
import { begins, bytesOf, latin1 } from './latin1';
import { MetadataError } from './metadataError';
import { type Orientation, orientationOf, toTiff, UPRIGHT } from './orientation';
import type { PictureInput } from './pictureInput';

const HEADER = 'VP8X';
const LOSSY = 'VP8 ';
const LOSSLESS = 'VP8L';
const FRAME = 'ANMF';
const EXIF = 'EXIF';
/** Some programs write it as in a JPEG. */
const EXIF_NAME = 'Exif\0\0';
const HEADER_SIZE = 10;
const CHUNK_HEAD = 8;
const FRAME_HEAD = 16;
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;
const LARGEST_EXIF = 64 * 1024;

const IN_FRAMES = new Set([LOSSY, LOSSLESS, 'ALPH']);
const KEPT = new Set([...IN_FRAMES, 'ANIM', 'ICCP']);

/** How large the copy will be, and what its header says. */
export interface WebpMeasure {
  /** Bytes after RIFF's size. */
  size: number;
  facts: Facts;
}

/** A WebP begins with its own size, so it is read twice: first measured, then copied. */
export async function measureWebp(picture: PictureInput): Promise<WebpMeasure> {
  const copy = new WebpCopy(picture, UPRIGHT, false);
  await copy.chunks(0);
  return { size: copy.written, facts: copy.facts };
}

/**
 * Copies a WebP (RFC 9649): samples, transparency, animation, colour profile and the orientation.
 * EXIF, XMP and all chunks that aren't known stay behind, and what follows the end.
 */
export async function copyWebp(picture: PictureInput, measure: WebpMeasure): Promise<Facts> {
  const copy = new WebpCopy(picture, measure.facts.orientation, true);
  await copy.chunks(measure.size);
  if (copy.written !== measure.size || !areSame(copy.facts, measure.facts)) {
    throw new MetadataError('The picture has changed while it was read: send it again.');
  }
  return copy.facts;
}

class WebpCopy {
  readonly #in: PictureInput;
  readonly #known: Orientation;
  readonly #isWritten: boolean;
  facts: Facts = UNKNOWN;

  /** What follows RIFF's size, in bytes. */
  written = 0;

  constructor(picture: PictureInput, known: Orientation, isWritten: boolean) {
    this.#in = picture;
    this.#known = known;
    this.#isWritten = isWritten;
  }

  async chunks(size: number): Promise<void> {
    await this.#in.skip(4);
    let left = (await this.#in.u32le()) - 4;
    await this.#in.skip(4);
    this.#write(head('RIFF', size));
    this.written = 0;
    this.#write(bytesOf('WEBP'));
    while (left > 0) {
      const name = latin1(await this.#in.bytes(4));
      const content = await this.#in.u32le();
      const padded = content + (content % 2);
      left -= CHUNK_HEAD + padded;
      if (left < 0) {
        throw odd();
      }
      await this.#chunk(name, content, padded);
    }
  }

  async #chunk(name: string, content: number, padded: number): Promise<void> {
    if (name === HEADER) {
      await this.#header(content);
    } else if (name === FRAME) {
      if (content < FRAME_HEAD) {
        throw odd();
      }
      this.#write(head(FRAME, content));
      await this.#pass(FRAME_HEAD);
      await this.#frame(padded - FRAME_HEAD);
    } else if (name === EXIF) {
      await this.#exif(content, padded);
    } else if (KEPT.has(name)) {
      await this.#kept(name, content, padded);
    } else {
      await this.#in.skip(padded);
    }
  }

  async #header(content: number): Promise<void> {
    if (content !== HEADER_SIZE) {
      throw odd();
    }
    const header = await this.#in.bytes(HEADER_SIZE);
    const fields = new DataView(header.buffer);
    this.facts = withSize(this.facts, 1 + u24(fields, 4), 1 + u24(fields, 7));
    const flags = fields.getUint8(0) & ~(HAS_EXIF | HAS_XMP);
    fields.setUint8(0, this.#known === UPRIGHT ? flags : flags | HAS_EXIF);
    this.#write(head(HEADER, content));
    this.#write(header);
  }

  /** A frame's chunks have its own size around them: none can be taken out. */
  async #frame(size: number): Promise<void> {
    let left = size;
    while (left > 0) {
      const name = latin1(await this.#in.bytes(4));
      const content = await this.#in.u32le();
      const padded = content + (content % 2);
      left -= CHUNK_HEAD + padded;
      if (left < 0 || !IN_FRAMES.has(name)) {
        throw odd();
      }
      this.#write(head(name, content));
      await this.#pass(padded);
    }
  }

  async #exif(content: number, padded: number): Promise<void> {
    if (content > LARGEST_EXIF) {
      await this.#in.skip(padded);
      return;
    }
    const exif = await this.#in.bytes(content);
    await this.#in.skip(padded - content);
    const orientation = orientationOf(
      begins(exif, EXIF_NAME) ? exif.subarray(EXIF_NAME.length) : exif,
    );
    if (orientation !== UPRIGHT && this.facts.orientation === UPRIGHT) {
      this.facts = { ...this.facts, orientation };
      const minimal = toTiff(orientation);
      this.#write(head(EXIF, minimal.length));
      this.#write(minimal);
    }
  }

  async #kept(name: string, content: number, padded: number): Promise<void> {
    this.#write(head(name, content));
    let start = new Uint8Array(0);
    if (name === LOSSY && content >= 10) {
      start = await this.#in.bytes(10);
      const fields = new DataView(start.buffer);
      const width = fields.getUint16(6, true) & 0x3fff;
      this.facts = withSize(this.facts, width, fields.getUint16(8, true) & 0x3fff);
    } else if (name === LOSSLESS && content >= 5) {
      start = await this.#in.bytes(5);
      const bits = new DataView(start.buffer).getInt32(1, true);
      this.facts = withSize(this.facts, 1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
    }
    this.#write(start);
    await this.#pass(padded - start.length);
  }

  async #pass(count: number): Promise<void> {
    await this.#in.pass(count, (some) => this.#write(some));
  }

  #write(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isWritten) {
      this.#in.write(bytes);
    }
    this.written += bytes.length;
  }
}

function head(name: string, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CHUNK_HEAD);
  bytes.set(bytesOf(name));
  new DataView(bytes.buffer).setUint32(4, size, true);
  return bytes;
}

function u24(fields: DataView, at: number): number {
  return fields.getUint16(at, true) | (fields.getUint8(at + 2) << 16);
}

function odd(): MetadataError {
  return new MetadataError(
    'This is no WebP as they are written: nothing can be removed from it surely.',
  );
}
