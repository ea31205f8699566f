import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { unshared } from './bytes';
import type { MlKem } from './mlKem';

/** ML-KEM-768 in JavaScript, for browsers without. */
export const nobleMlKem: MlKem = {
  async key(seed) {
    const { publicKey, secretKey } = ml_kem768.keygen(seed);
    return {
      encoded: unshared(publicKey),
      async decapsulate(ciphertext) {
        return unshared(ml_kem768.decapsulate(ciphertext, secretKey));
      },
    };
  },

  async encapsulate(encoded, random) {
    const { sharedSecret, cipherText } = ml_kem768.encapsulate(encoded, random(32));
    return { secret: unshared(sharedSecret), ciphertext: unshared(cipherText) };
  },
};
