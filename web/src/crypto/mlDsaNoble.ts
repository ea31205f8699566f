import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { unshared } from './bytes';
import type { MlDsa } from './mlDsa';
import { MlDsaVerification } from './mlDsaVerifying';

const HEDGE_SIZE = 32;

/** ML-DSA-65 in JavaScript, for browsers without: keys and signatures are noble's. */
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
    const key = new MlDsaVerification(encoded);
    return async (message, signature) => key.verifies(message, signature);
  },
};
