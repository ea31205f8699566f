import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { copyOf, unshared } from './bytes';
import { ML_DSA_SIGNATURE_SIZE, type MlDsa } from './mlDsa';

const HEDGE_SIZE = 32;

/** ML-DSA-65 in JavaScript, for browsers without. */
export const nobleMlDsa: MlDsa = {
  async key(seed) {
    const { publicKey, secretKey } = ml_dsa65.keygen(seed);
    return {
      encoded: unshared(publicKey),
      async sign(message, random) {
        const hedge = random(HEDGE_SIZE);
        return unshared(ml_dsa65.sign(message, secretKey, { extraEntropy: hedge }));
      },
    };
  },

  async verifier(encoded) {
    const key = copyOf(encoded);
    return async (message, signature) =>
      signature.length === ML_DSA_SIGNATURE_SIZE && ml_dsa65.verify(signature, message, key);
  },
};
