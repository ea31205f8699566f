import { begins, latin1 } from './latin1';
import { PNG_SIGNATURE } from './pngCopy';

/** What a file is, by its first bytes; its name only adds what it claims to be. */
export type Format = keyof typeof FORMATS;

/** So many bytes are enough to know. */
export const HEAD = 64;

/** Media type, whether it is cleaned, and extensions. */
const FORMATS = {
  jpeg: { type: 'image/jpeg', isCleaned: true, extensions: 'jpg jpeg jpe jfif' },
  png: { type: 'image/png', isCleaned: true, extensions: 'png apng' },
  gif: { type: 'image/gif', isCleaned: true, extensions: 'gif' },
  webp: { type: 'image/webp', isCleaned: true, extensions: 'webp' },
  /** ISO/IEC 23008-12, and AVIF. */
  heif: { type: 'image/heif', isCleaned: false, extensions: 'heic heif hif avif avifs' },
  /** With the raw formats of cameras that are built on it. */
  tiff: {
    type: 'image/tiff',
    isCleaned: false,
    extensions: 'tif tiff dng nef arw cr2 cr3 orf rw2 pef raf',
  },
  jpegXl: { type: 'image/jxl', isCleaned: false, extensions: 'jxl' },
  jpeg2000: { type: 'image/jp2', isCleaned: false, extensions: 'jp2 jpx j2k' },
  photoshop: { type: 'image/vnd.adobe.photoshop', isCleaned: false, extensions: 'psd psb' },
} as const;

const HEIF_BRANDS = new Set(
  'heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 avif avis miaf'.split(' '),
);

const TIFF_STARTS = [
  'II*\0',
  'MM\0*',
  'II+\0',
  'MM\0+',
  'IIRO',
  'IIRS',
  'IIU\0',
  'FUJIFILMCCD-RAW',
];

export function mediaType(format: Format): string {
  return FORMATS[format].type;
}

/** What the file is that begins so. */
export function formatOf(head: Uint8Array): Format | undefined {
  if (begins(head, '\xff\xd8\xff')) {
    return 'jpeg';
  }
  if (begins(head, PNG_SIGNATURE)) {
    return 'png';
  }
  if (begins(head, 'GIF87a') || begins(head, 'GIF89a')) {
    return 'gif';
  }
  if (begins(head, 'RIFF') && begins(head, 'WEBP', 8)) {
    return 'webp';
  }
  if (begins(head, '\xff\n') || begins(head, 'JXL \r\n\x87\n', 4)) {
    return 'jpegXl';
  }
  if (begins(head, 'jP  ', 4) || begins(head, '\xffO\xffQ')) {
    return 'jpeg2000';
  }
  if (begins(head, '8BPS')) {
    return 'photoshop';
  }
  if (TIFF_STARTS.some((start) => begins(head, start)) || begins(head, 'ftypcrx ', 4)) {
    return 'tiff';
  }
  return begins(head, 'ftyp', 4) && hasHeifBrand(head) ? 'heif' : undefined;
}

/** The major brand, or one of those that the file is compatible with. */
function hasHeifBrand(head: Uint8Array): boolean {
  for (let at = 8; at + 4 <= head.length; at += 4) {
    if (HEIF_BRANDS.has(latin1(head.subarray(at, at + 4)))) {
      return true;
    }
  }
  return false;
}

/** Whether a name says that the file is a picture of one of these formats. */
export function claimsPicture(name: string): boolean {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.values(FORMATS).some((format) => format.extensions.split(' ').includes(extension));
}

export function isCleaned(format: Format): boolean {
  return FORMATS[format].isCleaned;
}
