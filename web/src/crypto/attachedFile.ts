import type { Bytes } from './bytes';
import { MOST_FILE_SIZE, sealedSize } from './fileForm';
import type { FileKey } from './fileKey';
import { requireMediaId } from './fileRefs';
import type { MediaRef } from './mediaRefs';
import { require, requireSize } from './refused';
import { utf8 } from './texts';

const FIELD = 'content.files.';
const MOST_NAME = 255;
const MOST_TYPE = 100;
const MOST_BLURHASH = 64;
const MOST_PIXELS = 65_535;
/** Bytes of the thumbnails of a message together. */
export const MOST_THUMBNAIL = 16 * 1024;

const TYPE_FORM = /^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*$/;
const BLURHASH_FORM = /^[\w#$%*+,\-.:;=?@[\]^{|}~]+$/;
/** JPEG and PNG. */
const THUMBNAIL_BEGINNINGS = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
];

export interface AttachedFileFields {
  /** The server's, 32 random bytes: 43 characters of base64url. */
  mediaId: string;
  /** What the file is sealed under. */
  key: FileKey;
  /** 1 to 255 bytes of UTF-8. */
  name: string;
  /** A media type (RFC 6838) without parameters, 3 to 100 characters. */
  type: string;
  /** Bytes of the file, at most 100 MiB. */
  size: number;
  /** Of a picture or a film; 1 to 65,535 each. */
  pixels?: { readonly width: number; readonly height: number } | undefined;
  /** JPEG or PNG. */
  thumbnail?: Bytes | undefined;
  /** 1 to 64 characters of its alphabet. */
  blurhash?: string | undefined;
}

/**
 * A file of a message, as the message itself says it. All of it is the sender's word: a name may
 * climb or deceive, a type be another than the file's.
 */
export class AttachedFile implements Readonly<AttachedFileFields> {
  readonly mediaId: string;
  readonly key: FileKey;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly pixels: { readonly width: number; readonly height: number } | undefined;
  readonly thumbnail: Bytes | undefined;
  readonly blurhash: string | undefined;

  /** @throws {Refused} MALFORMED, TRUNCATED or EXTENDED */
  constructor(fields: AttachedFileFields) {
    const { pixels, thumbnail, blurhash } = fields;
    if (pixels !== undefined) {
      requireSize(`${FIELD}width`, pixels.width, 1, MOST_PIXELS);
      requireSize(`${FIELD}height`, pixels.height, 1, MOST_PIXELS);
    }
    if (thumbnail !== undefined) {
      requireThumbnail(thumbnail);
    }
    requireMediaId(`${FIELD}id`, fields.mediaId);
    requireSize(`${FIELD}name`, utf8(`${FIELD}name`, fields.name).length, 1, MOST_NAME);
    requireForm('type', fields.type, MOST_TYPE, TYPE_FORM);
    requireSize(`${FIELD}size`, fields.size, 0, MOST_FILE_SIZE);
    if (blurhash !== undefined) {
      requireForm('blurhash', blurhash, MOST_BLURHASH, BLURHASH_FORM);
    }
    this.mediaId = fields.mediaId;
    this.key = fields.key;
    this.name = fields.name;
    this.type = fields.type;
    this.size = fields.size;
    this.pixels = pixels;
    this.thumbnail = thumbnail;
    this.blurhash = blurhash;
  }

  /** Bytes of the sealed file. */
  get sealedSize(): number {
    return sealedSize(this.size);
  }

  /**
   * What is said of the file outside.
   *
   * @param sha256 of the sealed file
   */
  ref(sha256: Bytes): MediaRef {
    return { mediaId: this.mediaId, size: this.sealedSize, sha256 };
  }
}

function requireForm(name: string, text: string, most: number, form: RegExp): void {
  requireSize(FIELD + name, text.length, 1, most);
  require(form.test(text), 'MALFORMED', FIELD + name);
}

function requireThumbnail(bytes: Uint8Array): void {
  const field = `${FIELD}thumbnail`;
  requireSize(field, bytes.length, 0, MOST_THUMBNAIL);
  const isKnown = THUMBNAIL_BEGINNINGS.some((beginning) =>
    beginning.every((byte, i) => bytes[i] === byte),
  );
  require(isKnown, 'MALFORMED', field);
}
