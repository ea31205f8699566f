import { Aes256Gcm } from '../aes256Gcm';
import { concat, isSame } from '../bytes';
import { EcdhPrivateKey, EcdhPublicKey } from '../ecdhKeys';
import { EcdsaPublicKey } from '../ecdsaKeys';
import { Hash } from '../hash';
import { MlDsaPublicKey } from '../mlDsaKeys';
import { MlKemPrivateKey, MlKemPublicKey } from '../mlKemKeys';
import { Refused } from '../refused';
import { CheckFailed, same } from './expect';
import type { Node } from './json';

/** What became of a case: as it ought to; refused as a kind that isn't taken; something else. */
type Outcome = 'right' | 'refused by design' | 'wrong';

type Case = (group: Node, one: Node) => Promise<Outcome>;

/** By the files' names, and how many cases are of a kind that isn't taken by design. */
export const WYCHEPROOF: Readonly<Record<string, { byDesign: number; check: Case }>> = {
  aes_gcm: { byDesign: 250, check: aesGcm },
  ecdh_secp256r1_ecpoint: { byDesign: 1, check: ecdh },
  ecdsa_secp256r1_sha256_p1363: { byDesign: 0, check: ecdsa },
  hkdf_sha256: { byDesign: 0, check: hkdf },
  mldsa_65_verify: { byDesign: 2, check: mlDsa },
  mlkem_768: { byDesign: 0, check: mlKem },
};

/**
 * Runs all cases of a file: nothing is passed over.
 *
 * @returns how many there were
 */
export async function checkWycheproof(name: string, file: Node): Promise<number> {
  const kind = WYCHEPROOF[name];
  if (kind === undefined) {
    throw new CheckFailed(`No check is of ${name}`);
  }
  let cases = 0;
  let byDesign = 0;
  for (const group of file.at('testGroups').list) {
    for (const one of group.at('tests').list) {
      const outcome = await kind.check(group, one);
      if (outcome === 'wrong') {
        throw new CheckFailed(`${name}, test ${one.at('tcId').number}`);
      }
      cases++;
      byDesign += outcome === 'refused by design' ? 1 : 0;
    }
  }
  same(`${name}, cases`, cases, file.at('numberOfTests').number);
  same(`${name}, refused by design`, byDesign, kind.byDesign);
  return cases;
}

async function aesGcm(group: Node, one: Node): Promise<Outcome> {
  const [key, nonce, text, associated] = ['key', 'iv', 'msg', 'aad'].map((name) => hex(one, name));
  const sealed = concat(hex(one, 'ct'), hex(one, 'tag'));
  const cipher = () => Aes256Gcm.of(key ?? sealed);
  const open = async () => (await cipher()).open(nonce ?? sealed, sealed, associated ?? sealed);
  const seal = async () =>
    (await cipher()).seal(nonce ?? sealed, text ?? sealed, associated ?? sealed);
  if (group.at('keySize').number !== 256 || group.at('ivSize').number !== 96) {
    return refusedByDesign((await isRefused(open)) && (await isRefused(seal)));
  }
  const opened = await open();
  return isValid(one)
    ? right(isEqual(opened, text) && isEqual(await seal(), sealed))
    : right(opened === undefined);
}

async function ecdh(_group: Node, one: Node): Promise<Outcome> {
  const point = hex(one, 'public');
  if (!isValid(one) || point.length !== EcdhPublicKey.SIZE) {
    const refused = await isRefused(() => new EcdhPublicKey(point));
    return one.at('result').text === 'invalid' ? right(refused) : refusedByDesign(refused);
  }
  // The file writes scalars as DER integers do: without zeros in front, or with one.
  const digits = one
    .at('private')
    .text.replace(/^(00)+/, '')
    .padStart(64, '0');
  const scalar = Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const key = await EcdhPrivateKey.of(scalar);
  return right(isEqual(await key.agree(new EcdhPublicKey(point)), hex(one, 'shared')));
}

async function ecdsa(group: Node, one: Node): Promise<Outcome> {
  const key = new EcdsaPublicKey(hex(group.at('publicKey'), 'uncompressed'));
  return right((await key.verifies(hex(one, 'msg'), hex(one, 'sig'))) === isValid(one));
}

async function hkdf(_group: Node, one: Node): Promise<Outcome> {
  const size = one.at('size').number;
  const prk = Hash.SHA_256.extract(hex(one, 'salt'), hex(one, 'ikm'));
  const expand = () => Hash.SHA_256.expand(prk, hex(one, 'info'), size);
  return right(isValid(one) ? isEqual(expand(), hex(one, 'okm')) : await isRefused(expand));
}

async function mlDsa(group: Node, one: Node): Promise<Outcome> {
  const encoded = hex(group, 'publicKey');
  if (encoded.length !== MlDsaPublicKey.SIZE) {
    return right(!isValid(one) && (await isRefused(() => new MlDsaPublicKey(encoded))));
  }
  const key = new MlDsaPublicKey(encoded);
  const verified = await key.verifies(hex(one, 'msg'), hex(one, 'sig'));
  const hasContext = hex(one, 'ctx').length > 0;
  return isValid(one) && hasContext ? refusedByDesign(!verified) : right(verified === isValid(one));
}

async function mlKem(_group: Node, one: Node): Promise<Outcome> {
  const seed = hex(one, 'seed');
  if (seed.length !== 64) {
    return right(!isValid(one) && (await isRefused(() => MlKemPrivateKey.of(seed))));
  }
  const key = await MlKemPrivateKey.of(seed);
  const isSameKey = isEqual(key.publicKey.encoded, hex(one, 'ek'));
  const isKey = !(await isRefused(() => new MlKemPublicKey(hex(one, 'ek'))));
  const ciphertext = hex(one, 'c');
  if (!isValid(one)) {
    return right(isSameKey && isKey && (await isRefused(() => key.decapsulate(ciphertext))));
  }
  return right(isSameKey && isKey && isEqual(await key.decapsulate(ciphertext), hex(one, 'K')));
}

async function isRefused(action: () => unknown): Promise<boolean> {
  try {
    await action();
    return false;
  } catch (failure) {
    if (failure instanceof Refused || failure instanceof RangeError) {
      return true;
    }
    throw failure;
  }
}

function right(isRight: boolean): Outcome {
  return isRight ? 'right' : 'wrong';
}

function refusedByDesign(isRefusal: boolean): Outcome {
  return isRefusal ? 'refused by design' : 'wrong';
}

function isEqual(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one !== undefined && other !== undefined && isSame(one, other);
}

function isValid(one: Node): boolean {
  return one.at('result').text === 'valid';
}

function hex(node: Node, name: string): Uint8Array<ArrayBuffer> {
  return node.has(name) ? node.at(name).bytes : new Uint8Array(0);
}
