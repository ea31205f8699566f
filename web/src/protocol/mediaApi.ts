import { ServerRefusal, senseless } from './failures';
import {
  isTrue,
  numberIn,
  objectIn,
  objectsIn,
  type Raw,
  required,
  type Schema,
  textIn,
  timeIn,
} from './json';
import { objectOf, type Rest } from './rest';
import type { Session } from './session';

/** Up to so many bytes a file goes up in one piece, where the operator has left that as it is. */
const LARGEST_SINGLE = 16 * 1024 * 1024;

const INVALID = 422;

const MEDIA_ID = /^[A-Za-z0-9_-]{43}$/;

/** What a link of S3 has signed, and nothing that would mean more elsewhere. */
const HEADER = /^(host|content-length|content-type|x-amz-[a-z0-9-]{1,64})$/;
const HEADER_VALUE = /^[ -~]{0,1024}$/;

/** A way up. */
export interface Upload {
  mediaId: string;
  /** When the server forgets the file. */
  until: number | undefined;
  isMultipart: boolean;
  /** Those that the server hasn't got. */
  parts: Part[];
}

/** A part of a sealed file, and where it goes. */
export interface Part {
  number: number;
  offset: number;
  size: number;
  /** A secret, as all links. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
}

/** A way down. */
export interface Download {
  url: string;
  until: number;
  /** Bytes of the sealed file by the server's word. */
  size: number | undefined;
}

/** What is to be uploaded: hashes are SHA-256 in base64. */
export interface SealedFile {
  size: number;
  sha256: string;
  /** Of what deletes it. */
  deleteHash: string;
  /** Of each part of 8 MiB. */
  parts: string[];
}

/** The relay's routes for files: they hand out links, under which the bytes go elsewhere. */
export class MediaApi {
  readonly #rest: Rest;
  readonly #session: Session;
  readonly #base: string;

  /** @param base the API's own address: links lead to its origin */
  constructor(rest: Rest, session: Session, base: string) {
    this.#rest = rest;
    this.#session = session;
    this.#base = base;
  }

  /**
   * Asks for a way up. A server whose operator has another largest size for one piece refuses one
   * of both ways; then it is the other.
   */
  async begin(file: SealedFile): Promise<Upload> {
    const single = { size: file.size, sha256: file.sha256, delete_hash: file.deleteHash };
    const inParts = { ...single, parts: file.parts };
    const isLarge = file.size > LARGEST_SINGLE;
    try {
      return await this.#post(isLarge ? inParts : single);
    } catch (failure) {
      if (!(failure instanceof ServerRefusal && failure.status === INVALID)) {
        throw failure;
      }
      return this.#post(isLarge ? single : inParts);
    }
  }

  /** Asks for new links, of what the server hasn't got yet. */
  async renew(mediaId: string): Promise<Upload> {
    const answer = await this.#session.authorized((bearer) =>
      this.#rest.call('POST', `/media/${mediaId}/parts`, { bearer }),
    );
    return this.#upload(objectOf<Schema<'Upload'>>(answer));
  }

  /** All parts are there. */
  async complete(mediaId: string): Promise<void> {
    await this.#session.authorized((bearer) =>
      this.#rest.call('POST', `/media/${mediaId}/complete`, { bearer }),
    );
  }

  /** Asks for a way down. */
  async download(mediaId: string): Promise<Download> {
    const answer = await this.#session.authorized((bearer) =>
      this.#rest.call('GET', `/media/${mediaId}`, { bearer }),
    );
    const body = objectOf<Schema<'Download'>>(answer);
    const download = objectIn<Schema<'Download'>['download']>(body.download) ?? {};
    return {
      url: this.#url(required(textIn(download, 'url'))),
      until: required(timeIn(body, 'expires_at')),
      size: numberIn(body, 'size'),
    };
  }

  /**
   * Has the server forget a file.
   *
   * @param secret that only those have who have its key; base64 of 32 bytes
   */
  async delete(mediaId: string, secret: string): Promise<void> {
    const body: Schema<'AttachmentDeletion'> = { secret };
    await this.#session.authorized((bearer) =>
      this.#rest.call('DELETE', `/media/${mediaId}`, { bearer, body }),
    );
  }

  async #post(body: Schema<'NewAttachment'>): Promise<Upload> {
    const answer = await this.#session.authorized((bearer) =>
      this.#rest.call('POST', '/media', { bearer, body }),
    );
    return this.#upload(objectOf<Schema<'Upload'>>(answer));
  }

  #upload(body: Raw<Schema<'Upload'>>): Upload {
    const mediaId = required(textIn(body, 'media_id'));
    const upload = objectIn<Schema<'Upload'>['upload']>(body.upload) ?? {};
    if (!MEDIA_ID.test(mediaId)) {
      throw senseless();
    }
    return {
      mediaId,
      until: timeIn(body, 'expires_at'),
      isMultipart: isTrue(upload, 'multipart'),
      parts: objectsIn<PartOfContract>(upload.parts).map((part) => this.#part(part)),
    };
  }

  #part(part: Raw<PartOfContract>): Part {
    const place = { number: numberIn(part, 'number'), offset: numberIn(part, 'offset') };
    return {
      number: atLeast(0, place.number),
      offset: atLeast(0, place.offset),
      size: atLeast(0, numberIn(part, 'size')),
      url: this.#url(required(textIn(part, 'url'))),
      headers: headersIn(part.headers),
    };
  }

  /**
   * A link under the API's own origin: whoever serves this page serves what a link to another
   * leads to, too, under the same path and query, and nothing else may be asked from here. Where
   * the relay has TLS, its links have it, too.
   */
  #url(reference: string): string {
    const base = new URL(this.#base);
    const url = URL.canParse(reference, base) ? new URL(reference, base) : undefined;
    const isFit =
      url?.protocol === 'https:' || (url?.protocol === 'http:' && base.protocol === 'http:');
    if (!url || !isFit) {
      throw senseless();
    }
    return `${base.origin}${url.pathname}${url.search}`;
  }
}

type PartOfContract = Schema<'Upload'>['upload']['parts'][number];

function atLeast(least: number, value: number | undefined): number {
  if (value === undefined || value < least) {
    throw senseless();
  }
  return value;
}

function headersIn(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectIn(value) ?? {}).map(([name, content]) => {
      const lower = name.toLowerCase();
      if (!HEADER.test(lower) || typeof content !== 'string' || !HEADER_VALUE.test(content)) {
        throw senseless();
      }
      return [lower, content];
    }),
  );
}
