import { unshared } from './bytes';
import type { MlKem } from './mlKem';
import { modernSubtle } from './modernSubtle';

const NAME = 'ML-KEM-768';

/** The browser's own ML-KEM-768. It takes its randomness itself. */
export const nativeMlKem: MlKem = {
  async key(seed) {
    const subtle = modernSubtle();
    const uses = ['decapsulateBits'];
    const key = await subtle.importKey('raw-seed', unshared(seed), NAME, false, uses);
    const publicKey = await subtle.getPublicKey(key, ['encapsulateBits']);
    return {
      encoded: new Uint8Array(await subtle.exportKey('raw-public', publicKey)),
      async decapsulate(ciphertext) {
        return new Uint8Array(await subtle.decapsulateBits(NAME, key, unshared(ciphertext)));
      },
    };
  },

  async encapsulate(encoded) {
    const subtle = modernSubtle();
    const uses = ['encapsulateBits'];
    const key = await subtle.importKey('raw-public', unshared(encoded), NAME, false, uses);
    const { sharedKey, ciphertext } = await subtle.encapsulateBits(NAME, key);
    return { secret: new Uint8Array(sharedKey), ciphertext: new Uint8Array(ciphertext) };
  },
};
