/** Of BlurHash (github.com/woltapp/blurhash, Algorithm.md): its digits in base 83. */
const DIGITS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

type Colour = [number, number, number];

/**
 * The pixels that a hash describes, four bytes each, `width` times `height` of them; nothing for
 * what is no hash.
 */
export function blurhashPixels(
  hash: string,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> | undefined {
  const colours = read(hash);
  if (!colours) return undefined;
  const [across, factors] = colours;
  const down = factors.length / across;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum: Colour = [0, 0, 0];
      for (let j = 0; j < down; j++) {
        for (let i = 0; i < across; i++) {
          const basis = Math.cos((Math.PI * x * i) / width) * Math.cos((Math.PI * y * j) / height);
          const factor = factors[i + j * across] ?? [0, 0, 0];
          for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (factor[c] ?? 0) * basis;
        }
      }
      pixels.set([...sum.map(toSrgb), 255], (y * width + x) * 4);
    }
  }
  return pixels;
}

/** How many factors stand in a row, and all of them. */
function read(hash: string): [number, Colour[]] | undefined {
  if (hash.length < 6 || [...hash].some((digit) => !DIGITS.includes(digit))) return undefined;
  const size = number(hash.slice(0, 1));
  const across = (size % 9) + 1;
  const down = Math.floor(size / 9) + 1;
  if (hash.length !== 4 + 2 * across * down) return undefined;
  const most = (number(hash.slice(1, 2)) + 1) / 166;
  const average = number(hash.slice(2, 6));
  const first: Colour = [average >> 16, (average >> 8) & 255, average & 255].map(
    toLinear,
  ) as Colour;
  const rest = Array.from({ length: across * down - 1 }, (_, i) => {
    const value = number(hash.slice(6 + 2 * i, 8 + 2 * i));
    return [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19].map(
      (part) => signedSquare((part - 9) / 9) * most,
    ) as Colour;
  });
  return [across, [first, ...rest]];
}

function number(digits: string): number {
  return [...digits].reduce((sum, digit) => sum * 83 + DIGITS.indexOf(digit), 0);
}

function signedSquare(value: number): number {
  return Math.sign(value) * value * value;
}

function toLinear(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function toSrgb(value: number): number {
  const v = Math.max(0, Math.min(1, value));
  return Math.round((v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255);
}
