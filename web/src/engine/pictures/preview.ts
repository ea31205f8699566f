import { blurhashOf } from './blurhash';
import { type Facts, type PixelSize, shownSize } from './facts';
import { type Orientation, UPRIGHT } from './orientation';
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
    bitmap = await createImageBitmap(picture);
  } catch {
    // It is broken, or of a format that this browser doesn't read.
    return undefined;
  }
  try {
    return await drawn(bitmap, facts, largest);
  } finally {
    bitmap.close();
  }
}

async function drawn(
  bitmap: ImageBitmap,
  facts: Facts,
  largest: number,
): Promise<Preview | undefined> {
  // Chromium turns a JPEG and a PNG by itself, and not a WebP. A square doesn't tell.
  const isTurned =
    bitmap.width === bitmap.height ||
    bitmap.width !== facts.size?.width ||
    bitmap.height !== facts.size.height;
  const way = isTurned || facts.size === shownSize(facts) ? UPRIGHT : facts.orientation;
  let size = sizeWithin(isTurned ? bitmap : (shownSize(facts) ?? bitmap), LONGEST);
  const { canvas, context } = draw(bitmap, size, way) ?? {};
  if (canvas === undefined || context === undefined) {
    return undefined;
  }
  const { data } = context.getImageData(0, 0, size.width, size.height);
  const blurhash = blurhashOf({ ...size, rgba: data });
  while (true) {
    const thumbnail = await jpeg(draw(bitmap, size, way)?.canvas, largest);
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

/**
 * On white, where it lets something through.
 *
 * @param way on its side, or upright where that isn't to be changed
 */
function draw(bitmap: ImageBitmap, size: PixelSize, way: Orientation): Drawing | undefined {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) {
    return undefined;
  }
  const { width, height } = size;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.setTransform(...transformOf(way, width, height));
  const stored: [number, number] = way === UPRIGHT ? [width, height] : [height, width];
  context.drawImage(bitmap, 0, 0, ...stored);
  return { canvas, context };
}

/** What brings a picture that lies on its side into a canvas of this size. */
function transformOf(way: Orientation, width: number, height: number): Transform {
  switch (way) {
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, width, 0];
    case 7:
      return [0, -1, -1, 0, width, height];
    case 8:
      return [0, -1, 1, 0, 0, height];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}

/** As a canvas takes it. */
type Transform = [number, number, number, number, number, number];

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
