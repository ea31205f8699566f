import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';

/** The squares of a code that holds these bytes: rows of true for dark. With a white border. */
export function squares(bytes: Uint8Array): boolean[][] {
  return encodeQR(LATIN1.decode(bytes), 'raw', {
    ecc: 'medium',
    encoding: 'byte',
    border: 4,
    textEncoder: () => bytes,
  });
}

const LATIN1 = { decode: (bytes: Uint8Array) => String.fromCharCode(...bytes) };

export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray | Uint8Array;
}

/** The bytes of the code in a picture; nothing where none can be read. */
export function bytesIn(picture: Pixels): Uint8Array | undefined {
  try {
    const text = decodeQR(picture, {
      textDecoder: (bytes: Uint8Array) => LATIN1.decode(bytes),
    });
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  } catch {
    // It throws for a picture without a code: most frames of a camera are that.
    return undefined;
  }
}
