import { afterEach, describe, expect, it } from 'vitest';
import { fromHex } from './bytes';
import { refusalBy } from './checks/expect';
import { randomOf } from './checks/random';
import { EcdhPrivateKey, EcdhPublicKey } from './ecdhKeys';
import { Identity, IdentityKeys } from './identity';
import { MlDsaPrivateKey, MlDsaPublicKey } from './mlDsaKeys';
import { MlKemPrivateKey, MlKemPublicKey } from './mlKemKeys';
import { multiplyPointsWith } from './p256';
import { ReceiptKey } from './receiptKey';
import { SafetyNumber } from './safetyNumber';
import { Suite } from './suite';

const random = randomOf('keys');
const N = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

afterEach(() => multiplyPointsWith('browser'));

describe('a private key', () => {
  it.each(['browser', 'noble'] as const)('of P-256 is what its bytes say, by %s', async (whose) => {
    multiplyPointsWith(whose);
    const one = await EcdhPrivateKey.generate(random);
    const other = await EcdhPrivateKey.generate(random);
    const again = await EcdhPrivateKey.of(one.toBytes());

    expect(again.publicKey.id).toBe(one.publicKey.id);
    expect(await again.agree(other.publicKey)).toEqual(await other.agree(one.publicKey));
  });

  it('of P-256 is from 1 to n - 1', async () => {
    const of = (hex: string) => refusalBy(() => EcdhPrivateKey.of(fromHex(hex)));

    expect(await of('00'.repeat(32))).toBe('INVALID_KEY');
    expect(await of(N)).toBe('INVALID_KEY');
    expect(await of('ff'.repeat(32))).toBe('INVALID_KEY');
    expect(await of(N.replace(/51$/, '50'))).toBe('Nothing was refused');
    expect(await of('01'.repeat(31))).toBe('TRUNCATED');
    expect(await of('01'.repeat(33))).toBe('EXTENDED');
    const drawn = [N, '00'.repeat(32), '07'.repeat(32)];
    const drawing = () => fromHex(drawn.shift() ?? '');
    expect((await EcdhPrivateKey.generate(drawing)).toBytes()).toEqual(fromHex('07'.repeat(32)));
  });

  it('of another kind is of its size', async () => {
    for (const [kind, size] of [
      [MlDsaPrivateKey, 32],
      [MlKemPrivateKey, 64],
    ] as const) {
      expect(await refusalBy(() => kind.of(new Uint8Array(size - 1)))).toBe('TRUNCATED');
      expect(await refusalBy(() => kind.of(new Uint8Array(size + 1)))).toBe('EXTENDED');
      expect((await kind.of(new Uint8Array(size))).toBytes()).toHaveLength(size);
    }
  });
});

describe('a public key', () => {
  it('is a point of the curve, uncompressed', async () => {
    const { encoded } = (await EcdhPrivateKey.generate(random)).publicKey;
    const of = (bytes: Uint8Array) => refusalBy(() => new EcdhPublicKey(bytes));

    expect(await of(encoded)).toBe('Nothing was refused');
    expect(await of(encoded.slice(0, 33))).toBe('TRUNCATED');
    expect(await of(Uint8Array.of(2, ...encoded.slice(1)))).toBe('INVALID_KEY');
    expect(await of(encoded.map((byte, i) => (i === 64 ? byte ^ 1 : byte)))).toBe('INVALID_KEY');
    expect(await of(Uint8Array.of(4, ...new Array(64).fill(255)))).toBe('INVALID_KEY');
    expect(await of(Uint8Array.of(4, ...new Array(64).fill(0)))).toBe('INVALID_KEY');
  });

  it('of ML-KEM has coefficients below the modulus', async () => {
    const { encoded } = (await MlKemPrivateKey.generate(random)).publicKey;
    const of = (bytes: Uint8Array) => refusalBy(() => new MlKemPublicKey(bytes));

    expect(await of(encoded)).toBe('Nothing was refused');
    for (const [at, bytes] of [
      [0, [0x01, 0x0d]],
      [1149, [0xff, 0xff, 0xff]],
      [1150, [0x10, 0xd0]],
    ] as const) {
      const bad = encoded.slice();
      bad.set(bytes, at);
      expect(await of(bad), `byte ${at}`).toBe('INVALID_KEY');
    }
    const seed = encoded.slice().fill(0xff, 1152);
    expect(await of(seed)).toBe('Nothing was refused');
    expect(await refusalBy(() => new MlDsaPublicKey(encoded))).toBe('TRUNCATED');
  });
});

describe('a receipt key', () => {
  it('is kept with its suite, and proves what the other end proved', () => {
    const id = '019ca8f1-2c00-7abc-8def-0123456789ab';
    for (const suite of Suite.values) {
      const key = ReceiptKey.derived(suite, random(32), random(32));
      const proof = ReceiptKey.of(key.toBytes()).prove('read', id);

      expect(key.proves('read', id, proof)).toBe(true);
      expect(key.proves('delivered', id, proof)).toBe(false);
      expect(key.proves('read', id, proof.slice(0, 31))).toBe(false);
      expect(key.proves('read', id, new Uint8Array(0))).toBe(false);
    }
  });

  it('is refused where it is none', async () => {
    expect(await refusalBy(() => ReceiptKey.of(new Uint8Array(32)))).toBe('TRUNCATED');
    expect(await refusalBy(() => ReceiptKey.of(new Uint8Array(34)))).toBe('UNKNOWN_SUITE');
  });
});

describe('a safety number', () => {
  it('is of two people, and not proven by one alone', async () => {
    const ids = ['7fe4771c-008a-42eb-b63d-f47d19e2c6aa', '7fe4771c-008a-42eb-b63d-f47d19e2c6ab'];
    const [anns = '', bens = ''] = ids;
    const ann = (await IdentityKeys.generate(random)).identity;
    const ben = (await IdentityKeys.generate(random)).identity;
    const number = SafetyNumber.of(anns, ann, bens, ben);

    expect(number.spacedDigits()).toMatch(/^(\d{5} ){11}\d{5}$/);
    expect(() => number.matches(number.qrCode())).toThrow(RangeError);
    expect(number.matches(new Uint8Array(65))).toBe(false);
    expect(number.matches(new Uint8Array(0))).toBe(false);
    expect(SafetyNumber.fromBytes(number.toBytes()).digits()).toBe(number.digits());
    expect(() => SafetyNumber.of(anns, ann, anns, ben)).toThrow(RangeError);
    const mixed = new Identity(ann.ecdsa, ben.mlDsa);
    expect(SafetyNumber.of(anns, mixed, bens, ben).digits()).not.toBe(number.digits());
  });
});
