import { describe, expect, it } from 'vitest';
import type { MessageSecurity } from '../../../engine/api';
import { proofWords, securityLines, theftWords } from './securityWords';

const security: MessageSecurity = {
  suite: 'v2',
  mode: 'spk+opk+kem',
  prekey: 'one_time',
  signatures: [
    { algorithm: 'ECDSA-P256', keyId: 'a', timestamp: 1 },
    { algorithm: 'ML-DSA-65', keyId: 'b', timestamp: 2 },
  ],
  sealedAgain: 0,
  proven: true,
  verifiedIdentity: true,
};
const date = (time: number) => `day ${time}`;

describe('the security of a message', () => {
  it('is said line by line, both signatures among them', () => {
    expect(
      securityLines(security, true, date).map(({ label, value }) => `${label}: ${value}`),
    ).toEqual([
      'Encryption: Post-quantum and classical (v2)',
      'Mode: spk+opk+kem',
      'Their key: One-time key',
      'Signed by ECDSA-P256: day 1',
      'Signed by ML-DSA-65: day 2',
    ]);
  });

  it('says what a classical suite leaves open, and keys that were withheld', () => {
    const lines = securityLines(
      { ...security, suite: 'v1', prekey: 'signed', oneTimeKeysOnOffer: 12, sealedAgain: 2 },
      false,
      date,
    );

    expect(lines[0]?.note).toMatch(/quantum computer/);
    expect(lines.find(({ label }) => label === 'One-time keys')?.value).toMatch(/12/);
    expect(lines.find(({ label }) => label === 'Encrypted again')?.value).toBe('2 times');
  });

  it('says until when theft exposes it, before and after', () => {
    expect(theftWords(security, true, true, date, 5)).toMatch(/can’t open it/);
    expect(theftWords({ ...security, exposedUntil: 9 }, false, true, date, 5)).toMatch(
      /before day 9 can/,
    );
    expect(theftWords({ ...security, exposedUntil: 9 }, false, true, date, 9)).toMatch(/is over/);
  });

  it('says of a message on its way that its key is still there', () => {
    const words = theftWords(security, true, false, date, 5);

    expect(words).toMatch(/until it is delivered/);
    expect(words).not.toMatch(/was deleted/);
  });

  it('claims nothing of what a file brought', () => {
    const imported: MessageSecurity = {
      ...security,
      suite: 'none',
      prekey: 'none',
      signatures: [],
    };

    expect(securityLines(imported, false, date)).toHaveLength(1);
    expect(theftWords(imported, false, true, date, 5)).toMatch(/isn’t known/);
  });

  it('says whose word it is', () => {
    expect(proofWords(security, true)).toHaveLength(1);
    expect(proofWords({ ...security, proven: false, verifiedIdentity: false }, true)).toEqual([
      expect.stringMatching(/server’s word/),
      expect.stringMatching(/haven’t compared/),
    ]);
  });
});
