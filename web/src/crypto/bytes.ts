/** Bytes of their own, which the browser's cryptography takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** So many fresh random bytes. */
export type Random = (size: number) => Uint8Array;

/** Milliseconds since 1970. */
export type Clock = () => number;

export type MaybePromise<T> = T | Promise<T>;

export const NO_BYTES: Bytes = new Uint8Array(0);

/** A copy. */
export function copyOf(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}

/** The same bytes, for the browser's functions: nothing here is in memory that threads share. */
export function unshared(bytes: Uint8Array): Bytes {
  return bytes as Bytes;
}

export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Compares in a time that depends on the sizes alone. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let different = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) {
    different |= (one[i] ?? 0) ^ (other[i] ?? 0);
  }
  return different === 0;
}

/** Their order, byte by byte, unsigned; of two that begin alike the shorter comes first. */
export function compare(one: Uint8Array, other: Uint8Array): number {
  for (let i = 0; i < one.length && i < other.length; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return one.length - other.length;
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) {
    hex += byte.toString(16).padStart(2, '0');
  }
  return hex;
}

/** @param hex an even number of digits */
export function fromHex(hex: string): Bytes {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
