import { p256 } from '@noble/curves/nist.js';
import { type Bytes, unshared } from './bytes';

/** A scalar's public point, uncompressed: for browsers that don't make it themselves. */
export function multiply(scalar: Uint8Array): Bytes {
  return unshared(p256.getPublicKey(scalar, false));
}
