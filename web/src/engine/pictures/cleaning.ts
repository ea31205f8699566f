import { type Facts, type PixelSize, shownSize, UNKNOWN } from './facts';
import { claimsPicture, type Format, formatOf, HEAD, isCleaned, mediaType } from './format';
import { copyGif } from './gifCopy';
import { copyJpeg } from './jpegCopy';
import { MetadataError } from './metadataError';
import { PictureInput, type Sink } from './pictureInput';
import { copyPng } from './pngCopy';
import { copyWebp, measureWebp } from './webpCopy';

const UNKNOWN_TYPE = 'application/octet-stream';
const TYPE = /^[a-z0-9][a-z0-9.+-]{0,48}\/[a-z0-9][a-z0-9.+-]{0,49}$/;

/** Bytes of a file that are passed on at once. */
const PIECE = 256 * 1024;

/** What was copied. */
export interface Copied {
  /** Its media type: by its content, else by its name, as the browser takes it. */
  type: string;
  /** As the picture is shown, where it is one and says so. */
  size?: PixelSize;
  /** What else is known of the picture. */
  facts: Facts;
}

/**
 * Copies a file without metadata. Kept is what it takes to show a picture: samples, colour profile,
 * animation, and which way up it is. What is no picture passes as it is.
 *
 * Fails with a MetadataError where it has metadata, or may have, that can't be removed; part of it
 * may have been copied.
 */
export async function clean(file: File, to: Sink): Promise<Copied> {
  const format = await readFormat(file);
  if (format === undefined && claimsPicture(file.name) && file.size > 0) {
    throw new MetadataError(
      'By its name this is a picture, by its content it is none that is known: nothing can be' +
        ' removed from it surely.',
    );
  }
  if (format === undefined) {
    await pass(file, to);
    return copied(file, format, UNKNOWN);
  }
  if (!isCleaned(format)) {
    throw new MetadataError(
      "Metadata can't be removed from pictures of this format: convert it to a JPEG or a PNG.",
    );
  }
  return copied(file, format, await copyPicture(format, file, to));
}

/** Copies a file as it is. */
export async function keep(file: File, to: Sink): Promise<Copied> {
  const format = await readFormat(file);
  await pass(file, to);
  return copied(file, format, await readFacts(file, format));
}

/** A picture that can't be read is sent all the same, where it is to be kept as it is. */
async function readFacts(file: File, format: Format | undefined): Promise<Facts> {
  if (format === undefined || !isCleaned(format)) {
    return UNKNOWN;
  }
  try {
    return await copyPicture(format, file, async () => {});
  } catch (e) {
    if (e instanceof MetadataError) {
      return UNKNOWN;
    }
    throw e;
  }
}

async function copyPicture(format: Format, file: Blob, to: Sink): Promise<Facts> {
  const picture = new PictureInput(file, to);
  const facts = await copyFormat(format, file, picture);
  await picture.finish();
  return facts;
}

async function copyFormat(format: Format, file: Blob, picture: PictureInput): Promise<Facts> {
  switch (format) {
    case 'jpeg':
      return copyJpeg(picture);
    case 'png':
      return copyPng(picture);
    case 'gif':
      return copyGif(picture);
    case 'webp':
      return copyWebp(picture, await measureWebp(new PictureInput(file, async () => {})));
    default:
      throw new Error(`No pictures of this format are cleaned: ${format}`);
  }
}

async function pass(file: Blob, to: Sink): Promise<void> {
  for (let from = 0; from < file.size; from += PIECE) {
    await to(new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer()));
  }
}

async function readFormat(file: Blob): Promise<Format | undefined> {
  return formatOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
}

function copied(file: File, format: Format | undefined, facts: Facts): Copied {
  const type = format === undefined ? typeByName(file) : mediaType(format);
  const size = shownSize(facts);
  return size === undefined ? { type, facts } : { type, size, facts };
}

function typeByName(file: File): string {
  const type = (file.type.split(';')[0] ?? '').trim().toLowerCase();
  return TYPE.test(type) ? type : UNKNOWN_TYPE;
}
