import { Crc32 } from './crc32';
import { type Facts, UNKNOWN, withSize } from './facts';
import { latin1 } from './latin1';
import { MetadataError } from './metadataError';
import { orientationOf, toTiff, UPRIGHT } from './orientation';
import type { PictureInput } from './pictureInput';

export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

const HEADER = 'IHDR';
const END = 'IEND';
const HEADER_SIZE = 13;
const SUM_SIZE = 4;
const LARGEST_CHUNK = 2 ** 31 - 1;

/** EXIF of a PNG is at most what fits a JPEG's segment; larger ones aren't looked at. */
const LARGEST_EXIF = 64 * 1024;

const KEPT = new Set(
  `${HEADER} PLTE IDAT ${END} tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT`.split(
    ' ',
  ),
);

/**
 * Copies a PNG (W3C PNG, third edition): samples, palette, transparency, colour spaces, animation
 * and the orientation. Texts, times, EXIF and all that isn't known stay behind, and what follows
 * the end.
 */
export async function copyPng(picture: PictureInput): Promise<Facts> {
  return new PngCopy(picture).copy();
}

class PngCopy {
  readonly #in: PictureInput;
  #facts: Facts = UNKNOWN;

  constructor(picture: PictureInput) {
    this.#in = picture;
  }

  async copy(): Promise<Facts> {
    await this.#in.copy(PNG_SIGNATURE.length);
    let type = '';
    while (type !== END) {
      const size = await this.#in.u32();
      const name = await this.#in.bytes(4);
      const next = latin1(name);
      if (size > LARGEST_CHUNK || (type === '') !== (next === HEADER)) {
        throw odd();
      }
      type = next;
      await this.#chunk(type, name, size);
    }
    return this.#facts;
  }

  async #chunk(type: string, name: Uint8Array<ArrayBuffer>, size: number): Promise<void> {
    if (type === HEADER) {
      await this.#header(name, size);
    } else if (KEPT.has(type)) {
      await this.#kept(name, size);
    } else if (type === 'eXIf' && size <= LARGEST_EXIF) {
      await this.#exif(name, size);
    } else if (/^\p{Lu}/u.test(type)) {
      // Without it, the picture can't be shown.
      throw odd();
    } else {
      await this.#in.skip(size + SUM_SIZE);
    }
  }

  async #kept(name: Uint8Array<ArrayBuffer>, size: number): Promise<void> {
    const checked = new Crc32().update(name);
    this.#in.write(u32(size));
    this.#in.write(name);
    await this.#in.pass(size, (some) => {
      checked.update(some);
      this.#in.write(some);
    });
    const sum = await this.#in.u32();
    // A wrong length would take in what stands behind.
    if (checked.value !== sum) {
      throw odd();
    }
    this.#in.write(u32(sum));
  }

  async #exif(name: Uint8Array<ArrayBuffer>, size: number): Promise<void> {
    const orientation = orientationOf(await this.#in.bytes(size));
    await this.#in.skip(SUM_SIZE);
    if (orientation !== UPRIGHT && this.#facts.orientation === UPRIGHT) {
      this.#facts = { ...this.#facts, orientation };
      this.#write(name, toTiff(orientation));
    }
  }

  async #header(name: Uint8Array<ArrayBuffer>, size: number): Promise<void> {
    if (size !== HEADER_SIZE) {
      throw odd();
    }
    const content = await this.#in.bytes(HEADER_SIZE);
    await this.#in.skip(SUM_SIZE);
    const fields = new DataView(content.buffer);
    this.#facts = withSize(this.#facts, fields.getInt32(0), fields.getInt32(4));
    this.#write(name, content);
  }

  #write(name: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>): void {
    this.#in.write(u32(content.length));
    this.#in.write(name);
    this.#in.write(content);
    this.#in.write(u32(new Crc32().update(name).update(content).value));
  }
}

function u32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function odd(): MetadataError {
  return new MetadataError(
    'This is no PNG as they are written: nothing can be removed from it surely.',
  );
}
