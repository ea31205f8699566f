/** A picture in memory: row by row, 4 bytes a pixel (red, green, blue, and one that isn't looked at). */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** The size at which the longest side is no longer than this. */
export function sizeWithin(
  size: { width: number; height: number },
  longest: number,
): { width: number; height: number } {
  const has = Math.max(size.width, size.height);
  return has <= longest
    ? { width: size.width, height: size.height }
    : {
        width: Math.max(1, Math.round((size.width * longest) / has)),
        height: Math.max(1, Math.round((size.height * longest) / has)),
      };
}

/** The same picture, its longest side no longer than this: each pixel the mean of its area's. */
export function pixelsWithin(pixels: Pixels, longest: number): Pixels {
  const to = sizeWithin(pixels, longest);
  if (to.width === pixels.width && to.height === pixels.height) {
    return pixels;
  }
  const rgba = new Uint8ClampedArray(to.width * to.height * 4);
  for (let y = 0; y < to.height; y++) {
    const top = Math.floor((y * pixels.height) / to.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * pixels.height) / to.height));
    for (let x = 0; x < to.width; x++) {
      const left = Math.floor((x * pixels.width) / to.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * pixels.width) / to.width));
      const mean = meanOf(pixels, left, top, right, bottom);
      rgba.set(mean, (y * to.width + x) * 4);
    }
  }
  return { ...to, rgba };
}

function meanOf(
  pixels: Pixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number[] {
  const sum = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      for (let part = 0; part < 4; part++) {
        sum[part] = (sum[part] ?? 0) + (pixels.rgba[(y * pixels.width + x) * 4 + part] ?? 0);
      }
    }
  }
  const count = (right - left) * (bottom - top);
  return sum.map((part) => Math.floor(part / count));
}
