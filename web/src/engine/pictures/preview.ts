import { blurhashOf } from './blurhash';
import type { Facts } from './facts';
import { sizeWithin } from './pixels';

/** The longest side of a thumbnail, in pixels. */
const LONGEST = 320;

/** A larger picture isn't decoded: a small file may say that it is. */
const MOST_MEGAPIXELS = 64;

/** A JPEG in several passes is in memory as a whole, 3 bytes or more of each pixel. */
const MOST_MEGAPIXELS_IN_PASSES = 24;

const MEGAPIXEL = 1_000_000;

const QUALITIES = [0.8, 0.6, 0.4, 0.25];
const SMALLEST = 16;

/** The small forms of a picture. */
export interface Preview {
  /** A JPEG. */
  thumbnail: Uint8Array<ArrayBuffer>;
  blurhash: string;
}

/**
 * Makes them, where that can be done: here is a canvas, the browser reads the format, the picture
 * isn't broken, and it says of itself that it isn't larger than 64 megapixels.
 *
 * @param facts what was found when it was copied
 * @param largest of the thumbnail, in bytes
 */
export async function previewOf(
  picture: Blob,
  facts: Facts,
  largest: number,
): Promise<Preview | undefined> {
  const most = facts.isInPasses ? MOST_MEGAPIXELS_IN_PASSES : MOST_MEGAPIXELS;
  const { width = 0, height = 0 } = facts.size ?? {};
  const isFit = width > 0 && height > 0 && width * height <= most * MEGAPIXEL;
  if (
    !isFit ||
    typeof OffscreenCanvas === 'undefined' ||
    typeof createImageBitmap === 'undefined'
  ) {
    return undefined;
  }
  let bitmap: ImageBitmap;
  try {
    // Which way up it is, the browser reads from the file.
    bitmap = await createImageBitmap(picture);
  } catch {
    // It is broken, or of a format that this browser doesn't read.
    return undefined;
  }
  try {
    return await drawn(bitmap, largest);
  } finally {
    bitmap.close();
  }
}

async function drawn(bitmap: ImageBitmap, largest: number): Promise<Preview | undefined> {
  let size = sizeWithin(bitmap, LONGEST);
  const canvas = draw(bitmap, size);
  if (canvas === undefined) {
    return undefined;
  }
  const pixels = canvas.context.getImageData(0, 0, size.width, size.height);
  const blurhash = blurhashOf({ ...size, rgba: pixels.data });
  while (true) {
    const thumbnail = await jpeg(draw(bitmap, size)?.canvas, largest);
    if (thumbnail !== undefined) {
      return { thumbnail, blurhash };
    }
    const longest = Math.floor(Math.max(size.width, size.height) / 2);
    if (longest < SMALLEST) {
      return undefined;
    }
    size = sizeWithin(size, longest);
  }
}

interface Drawing {
  canvas: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
}

/** On white, where it lets something through. */
function draw(bitmap: ImageBitmap, size: { width: number; height: number }): Drawing | undefined {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) {
    return undefined;
  }
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return { canvas, context };
}

/** As good as it may be. */
async function jpeg(
  canvas: OffscreenCanvas | undefined,
  largest: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const quality of QUALITIES) {
    const blob = await canvas?.convertToBlob({ type: 'image/jpeg', quality });
    if (blob !== undefined && blob.type === 'image/jpeg' && blob.size <= largest) {
      return new Uint8Array(await blob.arrayBuffer());
    }
  }
  return undefined;
}
