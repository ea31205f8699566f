/**
 * The browser's newer functions ("Modern Algorithms in the Web Cryptography API"), which not every
 * browser has, nor the types of TypeScript: where they aren't, calling them throws.
 */
export interface ModernSubtle {
  importKey(
    format: 'raw-seed' | 'raw-public',
    bytes: BufferSource,
    algorithm: string,
    extractable: boolean,
    uses: string[],
  ): Promise<CryptoKey>;
  exportKey(format: 'raw-public', key: CryptoKey): Promise<ArrayBuffer>;
  getPublicKey(key: CryptoKey, uses: string[]): Promise<CryptoKey>;
  encapsulateBits(
    algorithm: string,
    key: CryptoKey,
  ): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(
    algorithm: string,
    key: CryptoKey,
    ciphertext: BufferSource,
  ): Promise<ArrayBuffer>;
  sign(algorithm: string, key: CryptoKey, message: BufferSource): Promise<ArrayBuffer>;
  verify(
    algorithm: string,
    key: CryptoKey,
    signature: BufferSource,
    message: BufferSource,
  ): Promise<boolean>;
}

export function modernSubtle(): ModernSubtle {
  return crypto.subtle as unknown as ModernSubtle;
}
