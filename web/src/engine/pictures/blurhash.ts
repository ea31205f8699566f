import { type Pixels, pixelsWithin } from './pixels';

const ACROSS = 4;
const DOWN = 3;

/** More pixels than that change nothing that is seen. */
const LONGEST = 32;

const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

/**
 * A picture's colours in a few characters: Blurhash, by the algorithm that its authors publish
 * (https://github.com/woltapp/blurhash/blob/master/Algorithm.md), 4 × 3 components.
 */
export function blurhashOf(picture: Pixels): string {
  const pixels = pixelsWithin(picture, LONGEST);
  const factors: Colour[] = [];
  for (let j = 0; j < DOWN; j++) {
    for (let i = 0; i < ACROSS; i++) {
      factors.push(factorOf(pixels, i, j));
    }
  }
  const [mean = [0, 0, 0], ...variations] = factors;
  const largest = Math.max(...variations.flat().map(Math.abs));
  const quantisedLargest = clamp(Math.floor(largest * 166 - 0.5), 0, 82);
  const range = (quantisedLargest + 1) / 166;
  return [
    base83(ACROSS - 1 + (DOWN - 1) * 9, 1),
    base83(quantisedLargest, 1),
    base83((encoded(mean[0]) << 16) | (encoded(mean[1]) << 8) | encoded(mean[2]), 4),
    ...variations.map((each) => base83(variationOf(each, range), 2)),
  ].join('');
}

type Colour = [red: number, green: number, blue: number];

function factorOf(pixels: Pixels, i: number, j: number): Colour {
  const { width, height, rgba } = pixels;
  const sum: Colour = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const basis = Math.cos((Math.PI * i * x) / width) * Math.cos((Math.PI * j * y) / height);
      const at = (y * width + x) * 4;
      sum[0] += basis * linear(rgba[at] ?? 0);
      sum[1] += basis * linear(rgba[at + 1] ?? 0);
      sum[2] += basis * linear(rgba[at + 2] ?? 0);
    }
  }
  const scale = (i === 0 && j === 0 ? 1 : 2) / (width * height);
  return [sum[0] * scale, sum[1] * scale, sum[2] * scale];
}

function variationOf(factor: Colour, range: number): number {
  const [red, green, blue] = factor;
  return quantised(red / range) * 19 * 19 + quantised(green / range) * 19 + quantised(blue / range);
}

function quantised(value: number): number {
  const root = Math.sign(value) * Math.sqrt(Math.abs(value));
  return clamp(Math.floor(root * 9 + 9.5), 0, 18);
}

/** From sRGB. */
function linear(octet: number): number {
  const value = octet / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** To sRGB. */
function encoded(linearly: number): number {
  const value = clamp(linearly, 0, 1);
  return Math.trunc(
    value <= 0.0031308
      ? value * 12.92 * 255 + 0.5
      : (1.055 * value ** (1 / 2.4) - 0.055) * 255 + 0.5,
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function base83(value: number, digits: number): string {
  let text = '';
  for (let i = 1; i <= digits; i++) {
    text += DIGITS.charAt(Math.floor(value / DIGITS.length ** (digits - i)) % DIGITS.length);
  }
  return text;
}
