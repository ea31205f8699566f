import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { describe, expect, it } from 'vitest';
import { toHex } from './bytes';
import { Hash } from './hash';

const HASHES = [
  {
    name: 'SHA-256',
    ours: Hash.SHA_256,
    noble: sha256,
    ofNothing: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ofAbc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'SHA3-256',
    ours: Hash.SHA3_256,
    noble: sha3_256,
    ofNothing: 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
    ofAbc: '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  },
];

describe.each(HASHES)('$name', ({ ours, noble, ofNothing, ofAbc }) => {
  it('is what the standard says', () => {
    expect(toHex(ours.of(new Uint8Array()))).toBe(ofNothing);
    expect(toHex(ours.of(new TextEncoder().encode('abc')))).toBe(ofAbc);
  });

  it('is right for messages of every length around its blocks', () => {
    for (let size = 0; size < 3 * 136; size++) {
      const bytes = filled(size);
      expect(ours.of(bytes)).toEqual(noble(bytes));
    }
    expect(ours.of(filled(70_001))).toEqual(noble(filled(70_001)));
  });

  it('reads a part of a larger buffer, and changes nothing', () => {
    const whole = filled(500);
    const part = whole.subarray(33, 433);
    const before = part.slice();
    expect(ours.of(part)).toEqual(noble(before));
    expect(part).toEqual(before);
  });

  it('makes HMAC with keys shorter and longer than a block', () => {
    for (const size of [0, 1, 32, 63, 64, 65, 135, 136, 137, 300]) {
      const key = filled(size);
      expect(ours.hmac(key, filled(99))).toEqual(hmac(noble, key, filled(99)));
    }
  });

  it('makes HKDF of every length up to the longest', () => {
    const [salt, ikm, info] = [filled(13), filled(47), filled(29)];
    const prk = ours.extract(salt, ikm);
    expect(prk).toEqual(extract(noble, ikm, salt));
    expect(ours.extract(new Uint8Array(), ikm)).toEqual(extract(noble, ikm));
    for (const size of [0, 1, 31, 32, 33, 64, 100, 255 * 32]) {
      expect(ours.expand(prk, info, size)).toEqual(expand(noble, prk, info, size));
    }
    expect(() => ours.expand(prk, info, 255 * 32 + 1)).toThrow(RangeError);
  });
});

/** Bytes of which none is like its neighbour. */
function filled(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * 167 + (i >> 8) + 3) & 255);
}
