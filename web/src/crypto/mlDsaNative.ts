import { unshared } from './bytes';
import type { MlDsa } from './mlDsa';
import { modernSubtle } from './modernSubtle';

const NAME = 'ML-DSA-65';

/** The browser's own ML-DSA-65. It takes its randomness itself. */
export const nativeMlDsa: MlDsa = {
  async key(seed) {
    const subtle = modernSubtle();
    const key = await subtle.importKey('raw-seed', unshared(seed), NAME, false, ['sign']);
    const publicKey = await subtle.getPublicKey(key, ['verify']);
    return {
      encoded: new Uint8Array(await subtle.exportKey('raw-public', publicKey)),
      async sign(message) {
        return new Uint8Array(await subtle.sign(NAME, key, unshared(message)));
      },
    };
  },

  async verifier(encoded) {
    const subtle = modernSubtle();
    const key = await subtle.importKey('raw-public', unshared(encoded), NAME, true, ['verify']);
    return (message, signature) => subtle.verify(NAME, key, unshared(signature), unshared(message));
  },
};
