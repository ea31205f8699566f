import { isBounded, passphraseBytes } from '../../store/passphrase';
import type { Argon2Cost } from '../../store/vault';
import * as refusals from './refusals';

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of plaintext in each segment but the last, which has 1 to as many. */
export const SEGMENT = 65_536;

const TAG = 16;
const MAGIC = new TextEncoder().encode('QuantChat account\n');
const VERSION = 1;
const SALT = 16;
const HEADER = MAGIC.length + 1 + 3 * 4 + SALT;
const NONCE = 12;
const ZEROS = 7;

/** What stands in the clear at the beginning of an account file: how its key is derived. */
interface Header {
  cost: Argon2Cost;
  salt: Bytes;
  /** All of it: what is sealed behind it is sealed for it. */
  bytes: Bytes;
}

function headerOf(cost: Argon2Cost, salt: Bytes): Header {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes[MAGIC.length] = VERSION;
  [cost.memoryKib, cost.iterations, cost.lanes].forEach((number, i) => {
    view.setUint32(MAGIC.length + 1 + 4 * i, number);
  });
  bytes.set(salt, HEADER - SALT);
  return { cost, salt, bytes };
}

function headerIn(bytes: Bytes): Header {
  if (bytes.length < MAGIC.length || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw refusals.noAccountFile();
  }
  const version = bytes[MAGIC.length] ?? 0;
  if (version > VERSION) {
    throw refusals.newer();
  }
  if (version !== VERSION || bytes.length < HEADER) {
    throw refusals.damaged();
  }
  const view = new DataView(bytes.buffer);
  const [memoryKib = 0, iterations = 0, lanes = 0] = [0, 1, 2].map((i) =>
    view.getUint32(MAGIC.length + 1 + 4 * i),
  );
  const cost = { memoryKib, iterations, lanes };
  if (!isBounded(cost)) {
    throw refusals.costly();
  }
  return { cost, salt: bytes.slice(HEADER - SALT), bytes };
}

/** AES-256-GCM of one segment after the other, each in its own place, the last one or not. */
class SegmentCipher {
  readonly #key: CryptoKey;
  readonly #header: Bytes;
  #next = 0;

  private constructor(key: CryptoKey, header: Bytes) {
    this.#key = key;
    this.#header = header;
  }

  static async of(header: Header, passphrase: string): Promise<SegmentCipher> {
    const secret = passphraseBytes(passphrase);
    const { derive } = await import('../../store/argon2');
    const derived = await derive(secret, header.salt, header.cost).catch(() => {
      throw refusals.noMemory();
    });
    secret.fill(0);
    const key = await crypto.subtle.importKey('raw', new Uint8Array(derived), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
    derived.fill(0);
    return new SegmentCipher(key, header.bytes);
  }

  async seal(plain: Bytes, isLast: boolean): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.#parameters(isLast), this.#key, plain));
  }

  async open(sealed: Bytes, isLast: boolean): Promise<Bytes> {
    const isFirst = this.#next === 0;
    try {
      const parameters = this.#parameters(isLast);
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.#key, sealed));
    } catch {
      throw isFirst ? refusals.beginning() : refusals.damaged();
    }
  }

  #parameters(isLast: boolean): AesGcmParams {
    const iv = new Uint8Array(NONCE);
    new DataView(iv.buffer).setUint32(ZEROS, this.#next++);
    iv[NONCE - 1] = isLast ? 1 : 0;
    return { name: 'AES-GCM', iv, additionalData: this.#header };
  }
}

/** Segments in memory are worth a Blob, which the browser may keep on the disk. */
const BLOB_OF = 64;

/** Seals what is written, into a file. */
export class SegmentOutput {
  readonly #cipher: SegmentCipher;
  readonly #segment = new Uint8Array(SEGMENT);
  #filled = 0;
  #parts: Bytes[];
  #blobs: Blob[] = [];

  private constructor(cipher: SegmentCipher, header: Bytes) {
    this.#cipher = cipher;
    this.#parts = [header];
  }

  static async begin(passphrase: string, cost: Argon2Cost, salt: Bytes): Promise<SegmentOutput> {
    const header = headerOf(cost, salt);
    return new SegmentOutput(await SegmentCipher.of(header, passphrase), header.bytes);
  }

  /** A full segment stays here until it is known whether it is the last. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      if (this.#filled === SEGMENT) {
        await this.#seal(false);
      }
      const part = bytes.subarray(from, from + SEGMENT - this.#filled);
      this.#segment.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
    }
  }

  async finish(): Promise<Blob> {
    await this.#seal(true);
    return new Blob([...this.#blobs, ...this.#parts], { type: 'application/octet-stream' });
  }

  async #seal(isLast: boolean): Promise<void> {
    this.#parts.push(await this.#cipher.seal(this.#segment.slice(0, this.#filled), isLast));
    this.#filled = 0;
    if (this.#parts.length >= BLOB_OF) {
      this.#blobs.push(new Blob(this.#parts));
      this.#parts = [];
    }
  }
}

/**
 * What was sealed into a file, a segment after the other.
 *
 * @throws Failure where it is something else, under another passphrase, or not whole: that may turn
 *     out only at its end
 */
export async function* segmentsOf(file: Blob, passphrase: string): AsyncGenerator<Bytes> {
  const header = headerIn(await bytesOf(file, 0, HEADER));
  const cipher = await SegmentCipher.of(header, passphrase);
  for (let from = HEADER, isLast = false; !isLast; from += SEGMENT + TAG) {
    const sealed = await bytesOf(file, from, from + SEGMENT + TAG);
    isLast = from + SEGMENT + TAG >= file.size;
    if (sealed.length <= TAG) {
      throw refusals.damaged();
    }
    yield await cipher.open(sealed, isLast);
  }
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Bytes> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    throw refusals.unreadable();
  }
}
