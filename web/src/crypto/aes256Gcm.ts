import { type Bytes, unshared } from './bytes';

export const KEY_SIZE = 32;
export const NONCE_SIZE = 12;
export const TAG_SIZE = 16;

/** AES-256-GCM (NIST SP 800-38D) with nonces of 96 bits; what is sealed has its tag behind it. */
export class Aes256Gcm {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** @throws {RangeError} for a key of another size than 32 bytes */
  static async of(key: Uint8Array): Promise<Aes256Gcm> {
    requireBytes(key, KEY_SIZE);
    return new Aes256Gcm(
      await crypto.subtle.importKey('raw', unshared(key), 'AES-GCM', false, ['encrypt', 'decrypt']),
    );
  }

  /** @throws {RangeError} for a nonce of another size than 12 bytes */
  async seal(nonce: Uint8Array, text: Uint8Array, associated: Uint8Array): Promise<Bytes> {
    const how = parameters(nonce, associated);
    return new Uint8Array(await crypto.subtle.encrypt(how, this.#key, unshared(text)));
  }

  /** Nothing where key, nonce, associated data or any byte isn't the one of sealing. */
  async open(
    nonce: Uint8Array,
    sealed: Uint8Array,
    associated: Uint8Array,
  ): Promise<Bytes | undefined> {
    const how = parameters(nonce, associated);
    try {
      return new Uint8Array(await crypto.subtle.decrypt(how, this.#key, unshared(sealed)));
    } catch (failure) {
      if (failure instanceof DOMException && failure.name === 'OperationError') {
        return undefined;
      }
      throw failure;
    }
  }
}

function parameters(nonce: Uint8Array, associated: Uint8Array): AesGcmParams {
  requireBytes(nonce, NONCE_SIZE);
  return {
    name: 'AES-GCM',
    iv: unshared(nonce),
    additionalData: unshared(associated),
    tagLength: TAG_SIZE * 8,
  };
}

function requireBytes(bytes: Uint8Array, size: number): void {
  if (bytes.length !== size) {
    throw new RangeError(`This takes ${size} bytes, not ${bytes.length}`);
  }
}
