import { type Facts, UNKNOWN, withSize } from './facts';
import { begins, bytesOf } from './latin1';
import { MetadataError } from './metadataError';
import { orientationOf, toTiff, UPRIGHT } from './orientation';
import type { PictureInput } from './pictureInput';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const FIRST_RST = 0xd0;
const LAST_RST = 0xd7;
const FIRST_SOF = 0xc0;
const LAST_SOF = 0xcf;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const LAST_TABLE = 0xdf;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const LAST_APP = 0xef;
const COMMENT = 0xfe;

const EXIF = 'Exif\0\0';

/** JFIF's name, version, units and densities; behind them is a thumbnail. */
const JFIF_HEAD = 12;

const ADOBE_SIZE = 12;

/**
 * Copies a JPEG (ITU-T T.81): what decoders need, JFIF's density, the colour profile (ICC.1, annex
 * B.4), Adobe's word on the colour transform, and the orientation. Other application segments,
 * comments and what follows the end stay behind.
 */
export async function copyJpeg(picture: PictureInput): Promise<Facts> {
  return new JpegCopy(picture).copy();
}

class JpegCopy {
  readonly #in: PictureInput;
  #facts: Facts = UNKNOWN;
  #scans = 0;

  constructor(picture: PictureInput) {
    this.#in = picture;
  }

  async copy(): Promise<Facts> {
    if ((await this.#in.u8()) !== 0xff || (await this.#in.u8()) !== SOI) {
      throw odd();
    }
    this.#in.writeAll(0xff, SOI);
    let marker = await this.#marker();
    while (marker !== EOI) {
      marker = await this.#segment(marker);
    }
    this.#in.writeAll(0xff, EOI);
    return this.#facts;
  }

  async #marker(): Promise<number> {
    if ((await this.#in.u8()) !== 0xff) {
      throw odd();
    }
    return this.#afterFill();
  }

  /** Any number of 0xFF may stand before a marker. */
  async #afterFill(): Promise<number> {
    let marker = await this.#in.u8();
    while (marker === 0xff) {
      marker = await this.#in.u8();
    }
    return marker;
  }

  /** Copies a segment, or leaves it behind, and finds the next marker. */
  async #segment(marker: number): Promise<number> {
    const isKept = marker >= FIRST_SOF && marker <= LAST_TABLE && !isSingle(marker);
    const isApplications = marker >= APP0 && marker <= LAST_APP;
    if (!isKept && !isApplications && marker !== COMMENT) {
      throw odd();
    }
    const size = (await this.#in.u16()) - 2;
    if (size < 0) {
      throw odd();
    }
    const content = await this.#in.bytes(size);
    if (isKept) {
      this.#see(marker, content);
      this.#write(marker, content);
    } else if (isApplications) {
      this.#application(marker, content);
    }
    return marker === SOS ? this.#scan() : this.#marker();
  }

  #see(marker: number, content: Uint8Array<ArrayBuffer>): void {
    const isFrame = marker <= LAST_SOF && marker !== DHT && marker !== DAC && content.length >= 5;
    if (isFrame) {
      const view = new DataView(content.buffer);
      this.#facts = withSize(this.#facts, view.getUint16(3), view.getUint16(1));
    }
    this.#scans += marker === SOS ? 1 : 0;
    if (this.#scans > 1) {
      this.#facts = { ...this.#facts, isInPasses: true };
    }
  }

  #application(marker: number, content: Uint8Array<ArrayBuffer>): void {
    if (marker === APP0 && begins(content, 'JFIF\0') && content.length >= JFIF_HEAD) {
      // Without its thumbnail, which may show what was cut off the picture.
      const head = new Uint8Array(JFIF_HEAD + 2);
      head.set(content.subarray(0, JFIF_HEAD));
      this.#write(marker, head);
    } else if (marker === APP1 && begins(content, EXIF)) {
      this.#exif(content.subarray(EXIF.length));
    } else if (marker === APP2 && begins(content, 'ICC_PROFILE\0')) {
      this.#write(marker, content);
    } else if (marker === APP14 && begins(content, 'Adobe') && content.length >= ADOBE_SIZE) {
      this.#write(marker, content.subarray(0, ADOBE_SIZE));
    }
  }

  #exif(tiff: Uint8Array<ArrayBuffer>): void {
    const orientation = orientationOf(tiff);
    if (this.#facts.orientation === UPRIGHT && orientation !== UPRIGHT) {
      this.#facts = { ...this.#facts, orientation };
      this.#write(APP1, Uint8Array.of(...bytesOf(EXIF), ...toTiff(orientation)));
    }
  }

  #write(marker: number, content: Uint8Array<ArrayBuffer>): void {
    const size = content.length + 2;
    this.#in.writeAll(0xff, marker, size >> 8, size & 0xff);
    this.#in.write(content);
  }

  /** Copies compressed samples up to the next marker that doesn't belong to them. */
  async #scan(): Promise<number> {
    while (true) {
      await this.#in.copyBefore(0xff);
      const next = await this.#afterFill();
      if (next !== 0 && (next < FIRST_RST || next > LAST_RST)) {
        return next;
      }
      this.#in.writeAll(0xff, next);
    }
  }
}

function isSingle(marker: number): boolean {
  return (marker >= FIRST_RST && marker <= EOI) || marker === JPG;
}

function odd(): MetadataError {
  return new MetadataError(
    'This is no JPEG as they are written: nothing can be removed from it surely.',
  );
}
