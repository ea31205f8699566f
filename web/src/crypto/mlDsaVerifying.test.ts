import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { expect, it } from 'vitest';
import { Seeded, seedOfRun } from '../engine/testing/seeded';
import { MlDsaVerification } from './mlDsaVerifying';

/** `QUANTCHAT_SLOW=1` for a few minutes of them. */
const KEYS = process.env.QUANTCHAT_SLOW === '1' ? 400 : 3;
const SIGNATURES = 8;
const HINTS = 48 + 5 * 640;

function flipped(bytes: Uint8Array, at: number, bits: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ bits;
  return copy;
}

it("takes and refuses signatures as noble's does", () => {
  const seeded = new Seeded(seedOfRun());
  for (let i = 0; i < KEYS; i++) {
    const { publicKey, secretKey } = ml_dsa65.keygen(seeded.bytes(32));
    const key = new MlDsaVerification(publicKey);
    for (let j = 0; j < SIGNATURES; j++) {
      const message = seeded.bytes(seeded.below(600));
      const signature = ml_dsa65.sign(message, secretKey, { extraEntropy: seeded.bytes(32) });
      const bit = 1 << seeded.below(8);
      const wrong = flipped(signature, seeded.below(signature.length), bit);
      const wrongHint = flipped(
        signature,
        HINTS + seeded.below(signature.length - HINTS),
        1 + seeded.below(255),
      );

      expect(key.verifies(message, signature)).toBe(true);
      for (const it of [wrong, wrongHint]) {
        expect(key.verifies(message, it)).toBe(false);
        expect(ml_dsa65.verify(it, message, publicKey)).toBe(false);
      }
      expect(key.verifies(flipped(message, message.length >> 1, bit), signature)).toBe(
        message.length === 0,
      );
      const other = flipped(publicKey, seeded.below(publicKey.length), bit);
      expect(new MlDsaVerification(other).verifies(message, signature)).toBe(false);
    }
  }
});

it('refuses a hint that is written in another way, a z that is too long, and another size', () => {
  const { publicKey, secretKey } = ml_dsa65.keygen(new Uint8Array(32));
  const key = new MlDsaVerification(publicKey);
  const message = Uint8Array.of(1, 2, 3);
  const signature = ml_dsa65.sign(message, secretKey, { extraEntropy: false });
  const count = signature.at(-1) ?? 0;
  expect(count).toBeGreaterThan(1);
  expect(count).toBeLessThan(55);

  const unused = flipped(signature, HINTS + 54, 1);
  const swapped = Uint8Array.from(signature);
  swapped.set([signature[HINTS + 1] ?? 0, signature[HINTS] ?? 0], HINTS);
  const repeated = Uint8Array.from(signature);
  repeated.set([signature[HINTS] ?? 0], HINTS + 1);
  const beyond = Uint8Array.from(signature);
  beyond.set([56], signature.length - 1);
  const tooLong = Uint8Array.from(signature);
  tooLong.set([0, 0], 48);

  for (const it of [unused, swapped, repeated, beyond, tooLong, signature.subarray(1)]) {
    expect(key.verifies(message, it)).toBe(false);
  }
  expect(key.verifies(message, signature)).toBe(true);
});

it('verifies by keys that are expanded no more, as they are too many', () => {
  const keys = Array.from({ length: 70 }, (_, i) => {
    const { publicKey, secretKey } = ml_dsa65.keygen(new Uint8Array(32).fill(i));
    return { secretKey, verification: new MlDsaVerification(publicKey) };
  });
  const message = Uint8Array.of(1);
  const [first] = keys;
  for (const { verification } of keys) {
    verification.verifies(message, new Uint8Array(3309));
  }

  const signature = ml_dsa65.sign(message, first?.secretKey ?? new Uint8Array());

  expect(first?.verification.verifies(message, signature)).toBe(true);
});
