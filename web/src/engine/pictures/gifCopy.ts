import { type Facts, UNKNOWN, withSize } from './facts';
import { latin1 } from './latin1';
import { MetadataError } from './metadataError';
import type { PictureInput } from './pictureInput';

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const PLAIN_TEXT = 0x01;
const APPLICATION = 0xff;
const APPLICATION_NAME = 11;
const HAS_TABLE = 0x80;

/** A block, and its end. */
const GRAPHIC_CONTROL_SIZE = 6;

/** How often the animation repeats: one block of 3 bytes. */
const REPETITION = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

const PROFILE = 'ICCRGBG1012';

/**
 * Copies a GIF (GIF89a): pictures with their timing, how often they repeat, and the colour profile.
 * Comments, XMP, plain texts and other extensions stay behind, and what follows the end.
 */
export async function copyGif(picture: PictureInput): Promise<Facts> {
  return new GifCopy(picture).copy();
}

class GifCopy {
  readonly #in: PictureInput;

  /** It is of the picture that follows, and is kept or left with it. */
  #graphicControl = new Uint8Array(0);

  constructor(picture: PictureInput) {
    this.#in = picture;
  }

  async copy(): Promise<Facts> {
    await this.#in.copy(6);
    const screen = await this.#in.bytes(7);
    const fields = new DataView(screen.buffer);
    const facts = withSize(UNKNOWN, fields.getUint16(0, true), fields.getUint16(2, true));
    this.#in.write(screen);
    await this.#table(fields.getUint8(4));
    for (let block = await this.#in.u8(); block !== TRAILER; block = await this.#in.u8()) {
      if (block === IMAGE) {
        await this.#image();
      } else if (block === EXTENSION) {
        await this.#extension(await this.#in.u8());
      } else {
        throw odd();
      }
    }
    this.#in.writeAll(TRAILER);
    return facts;
  }

  async #table(flags: number): Promise<void> {
    if ((flags & HAS_TABLE) !== 0) {
      await this.#in.copy(3 << ((flags & 7) + 1));
    }
  }

  async #image(): Promise<void> {
    this.#in.write(this.#graphicControl);
    this.#graphicControl = new Uint8Array(0);
    this.#in.writeAll(IMAGE);
    const descriptor = await this.#in.bytes(9);
    this.#in.write(descriptor);
    await this.#table(descriptor[8] ?? 0);
    await this.#in.copy(1);
    await this.#blocks(true);
  }

  /** Copies blocks up to the empty one that ends them, or leaves them behind. */
  async #blocks(areKept: boolean): Promise<void> {
    let size = await this.#in.u8();
    while (size > 0) {
      if (areKept) {
        this.#in.writeAll(size);
        await this.#in.copy(size);
      } else {
        await this.#in.skip(size);
      }
      size = await this.#in.u8();
    }
    if (areKept) {
      this.#in.writeAll(0);
    }
  }

  async #extension(label: number): Promise<void> {
    if (label === GRAPHIC_CONTROL) {
      await this.#graphics();
    } else if (label === APPLICATION) {
      await this.#application();
    } else {
      if (label === PLAIN_TEXT) {
        this.#graphicControl = new Uint8Array(0);
      }
      await this.#blocks(false);
    }
  }

  async #graphics(): Promise<void> {
    const block = await this.#in.bytes(GRAPHIC_CONTROL_SIZE);
    if (block[0] !== GRAPHIC_CONTROL_SIZE - 2 || block[GRAPHIC_CONTROL_SIZE - 1] !== 0) {
      throw odd();
    }
    this.#graphicControl = Uint8Array.of(EXTENSION, GRAPHIC_CONTROL, ...block);
  }

  async #application(): Promise<void> {
    const size = await this.#in.u8();
    const block = await this.#in.bytes(size);
    const name = latin1(block);
    if (size === APPLICATION_NAME && name === PROFILE) {
      this.#begin(block);
      await this.#blocks(true);
    } else if (size === APPLICATION_NAME && REPETITION.has(name)) {
      await this.#repetition(block);
    } else if (size > 0) {
      await this.#blocks(false);
    }
  }

  async #repetition(name: Uint8Array<ArrayBuffer>): Promise<void> {
    const size = await this.#in.u8();
    const block = await this.#in.bytes(size);
    if (size === 3 && block[0] === 1) {
      this.#begin(name);
      this.#in.writeAll(size, ...block, 0);
    }
    if (size > 0) {
      await this.#blocks(false);
    }
  }

  #begin(name: Uint8Array<ArrayBuffer>): void {
    this.#in.writeAll(EXTENSION, APPLICATION, name.length, ...name);
  }
}

function odd(): MetadataError {
  return new MetadataError(
    'This is no GIF as they are written: nothing can be removed from it surely.',
  );
}
