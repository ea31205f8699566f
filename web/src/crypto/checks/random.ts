import { createHash } from 'node:crypto';
import type { Random } from '../bytes';

/** Reproducible: SHAKE256 of the seed and a counter. */
export function randomOf(seed: string): Random {
  let asked = 0;
  return (size) => {
    const shake = createHash('shake256', { outputLength: Math.max(size, 1) });
    return new Uint8Array(shake.update(`${seed}/${asked++}`).digest()).slice(0, size);
  };
}
