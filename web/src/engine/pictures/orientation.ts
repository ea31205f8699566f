/**
 * Which way up a picture is: the one field of EXIF (CIPA DC-008, tag 0x0112) that it takes to show
 * it. 1 to 8; from 5 on, width and height are exchanged.
 */
export type Orientation = number;

export const UPRIGHT: Orientation = 1;

const LAST = 8;
const FIRST_ON_ITS_SIDE = 5;

const LITTLE_ENDIAN = 0x4949;
const BIG_ENDIAN = 0x4d4d;
const TIFF = 42;
const TAG = 0x0112;
const TYPE_SHORT = 3;
const ENTRY_SIZE = 12;

export function isOnItsSide(orientation: Orientation): boolean {
  return orientation >= FIRST_ON_ITS_SIDE;
}

/** Reads it from EXIF's TIFF structure; what makes no sense there is upright. */
export function orientationOf(tiff: Uint8Array<ArrayBuffer>): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const order = view.getUint16(0);
    if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) {
      return UPRIGHT;
    }
    const isLittle = order === LITTLE_ENDIAN;
    return view.getUint16(2, isLittle) === TIFF
      ? inDirectory(view, view.getUint32(4, isLittle), isLittle)
      : UPRIGHT;
  } catch (e) {
    if (e instanceof RangeError) {
      // It is cut off.
      return UPRIGHT;
    }
    throw e;
  }
}

function inDirectory(view: DataView, directory: number, isLittle: boolean): Orientation {
  const entries = view.getUint16(directory, isLittle);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * ENTRY_SIZE;
    if (
      view.getUint16(at, isLittle) === TAG &&
      view.getUint16(at + 2, isLittle) === TYPE_SHORT &&
      view.getUint32(at + 4, isLittle) === 1
    ) {
      const value = view.getInt16(at + 8, isLittle);
      return value > 0 && value <= LAST ? value : UPRIGHT;
    }
  }
  return UPRIGHT;
}

/** EXIF's TIFF structure with this field alone. */
export function toTiff(orientation: Orientation): Uint8Array<ArrayBuffer> {
  const tiff = new Uint8Array(26);
  const view = new DataView(tiff.buffer);
  view.setUint16(0, BIG_ENDIAN);
  view.setUint16(2, TIFF);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, TAG);
  view.setUint16(12, TYPE_SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return tiff;
}
