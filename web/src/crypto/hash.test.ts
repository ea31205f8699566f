import { describe, expect, it } from 'vitest';
import { toHex } from './bytes';
import { Hash } from './hash';

const HASHES = [
  {
    name: 'SHA-256',
    hash: Hash.SHA_256,
    ofNothing: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ofAbc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'SHA3-256',
    hash: Hash.SHA3_256,
    ofNothing: 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
    ofAbc: '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  },
];

describe.each(HASHES)('$name', ({ hash, ofNothing, ofAbc }) => {
  it('is what the standard says', () => {
    expect(toHex(hash.of(new Uint8Array()))).toBe(ofNothing);
    expect(toHex(hash.of(new TextEncoder().encode('abc')))).toBe(ofAbc);
  });

  it('makes keys of up to 255 hashes', () => {
    const prk = hash.extract(new Uint8Array(), new Uint8Array(32));

    expect(hash.expand(prk, new Uint8Array(), 255 * 32)).toHaveLength(255 * 32);
    expect(() => hash.expand(prk, new Uint8Array(), 255 * 32 + 1)).toThrow(RangeError);
  });
});
