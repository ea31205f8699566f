import type { Bytes } from './bytes';
import { Refused, require } from './refused';

/** What browsers have since 2025 (Firefox 133, Safari 18.2, Chromium 140), and quicker. */
interface OfBytes {
  fromBase64?(text: string, how: { lastChunkHandling: 'strict' }): Bytes;
}

const fromBase64 = (Uint8Array as OfBytes).fromBase64?.bind(Uint8Array);

/** As many characters are made at once: more would fill the stack. */
const CHUNK = 8192;

function encode(bytes: Uint8Array & { toBase64?(): string }): string {
  if (bytes.toBase64) {
    return bytes.toBase64();
  }
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

function decodeLoosely(field: string, text: string): Bytes {
  const binary = attempted(field, () => atob(text));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

function attempted<T>(field: string, decode: () => T): T {
  try {
    return decode();
  } catch {
    throw new Refused('MALFORMED', field);
  }
}

/**
 * Base64 with padding (RFC 4648 §4) in its one canonical spelling: what decodes to the same bytes
 * but is spelt otherwise, such as `QR==` for `QQ==`, is refused.
 */
export const Base64Text = {
  encode,

  /** @throws {Refused} MALFORMED */
  decode(field: string, text: string): Bytes {
    if (fromBase64) {
      const bytes = attempted(field, () => fromBase64(text, { lastChunkHandling: 'strict' }));
      // It takes white space, and else only the canonical spelling.
      require(text.length === 4 * Math.ceil(bytes.length / 3), 'MALFORMED', field);
      return bytes;
    }
    const bytes = decodeLoosely(field, text);
    require(encode(bytes) === text, 'MALFORMED', field);
    return bytes;
  },

  /** RFC 4648 §5, without padding. */
  encodeUrl(bytes: Uint8Array): string {
    return encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  },

  /** @throws {Refused} MALFORMED for what is no base64url */
  decodeUrl(field: string, text: string): Bytes {
    return decodeLoosely(field, text.replaceAll('-', '+').replaceAll('_', '/'));
  },
} as const;
