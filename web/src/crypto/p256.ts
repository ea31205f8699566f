import { Base64Text } from './base64Text';
import { type Bytes, concat, fromHex, type Random, toHex, unshared } from './bytes';
import { require, requireSize } from './refused';

/** Bytes of a point, SEC 1, uncompressed, and of a scalar. */
export const POINT_SIZE = 65;
export const SCALAR_SIZE = 32;

/** The curve's field, coefficient b and order (NIST SP 800-186 §3.2.1.3). */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const UNCOMPRESSED = 4;
const COORDINATE_SIZE = 32;

/** PrivateKeyInfo (RFC 5208) around an ECPrivateKey (RFC 5915) of P-256 without its public key. */
const PKCS8 = fromHex('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420');

export type P256Algorithm = 'ECDH' | 'ECDSA';

/** A private key that can be used, and the public point that belongs to it. */
export interface P256Pair {
  readonly privateKey: CryptoKey;
  readonly point: Bytes;
}

/** Gives a private key its public point. */
export type PointOf = (algorithm: P256Algorithm, scalar: Uint8Array) => Promise<P256Pair>;

/**
 * Refuses what is no point of the curve, infinity, and every other encoding. The cofactor is 1: a
 * point on the curve is of the right order.
 *
 * @throws {Refused} TRUNCATED, EXTENDED or INVALID_KEY
 */
export function requirePoint(field: string, encoded: Uint8Array): void {
  requireSize(field, encoded.length, POINT_SIZE);
  const x = toNumber(encoded.subarray(1, 1 + COORDINATE_SIZE));
  const y = toNumber(encoded.subarray(1 + COORDINATE_SIZE));
  const isOnCurve = x < P && y < P && (y * y - (x * x * x - 3n * x + B)) % P === 0n;
  require(encoded[0] === UNCOMPRESSED && isOnCurve, 'INVALID_KEY', field);
}

/** @throws {Refused} TRUNCATED, EXTENDED, or INVALID_KEY for 0 and for the order and above */
export function requireScalar(field: string, encoded: Uint8Array): void {
  requireSize(field, encoded.length, SCALAR_SIZE);
  require(isScalar(encoded), 'INVALID_KEY', field);
}

/** By rejection (FIPS 186-5 §A.2.2): 32 random bytes at a time until they are a scalar. */
export function newScalar(random: Random): Uint8Array {
  let scalar = random(SCALAR_SIZE);
  while (!isScalar(scalar)) {
    scalar = random(SCALAR_SIZE);
  }
  return scalar;
}

let pointOf: PointOf = byBrowser;

/** Makes a scalar usable; the browser alone where it can, else with the help of noble. */
export function pairOf(algorithm: P256Algorithm, scalar: Uint8Array): Promise<P256Pair> {
  return pointOf(algorithm, scalar);
}

/** Chooses who multiplies: for tests, which run with each. */
export function multiplyPointsWith(chosen: 'browser' | 'noble'): void {
  pointOf = chosen === 'browser' ? byBrowser : byNoble;
}

/** Imports a point for use. */
export function importPoint(algorithm: P256Algorithm, encoded: Uint8Array): Promise<CryptoKey> {
  const uses: KeyUsage[] = algorithm === 'ECDSA' ? ['verify'] : [];
  return crypto.subtle.importKey('raw', unshared(encoded), curve(algorithm), true, uses);
}

/** Chromium and Node make the public point of a private key that comes without; others don't. */
async function byBrowser(algorithm: P256Algorithm, scalar: Uint8Array): Promise<P256Pair> {
  const pkcs8 = concat(PKCS8, scalar);
  try {
    const uses = privateUses(algorithm);
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, curve(algorithm), true, uses);
    const { x, y } = await crypto.subtle.exportKey('jwk', key);
    const point = concat(Uint8Array.of(UNCOMPRESSED), coordinate(x), coordinate(y));
    requirePoint('public key', point);
    return { privateKey: key, point };
  } catch {
    pointOf = byNoble;
    return byNoble(algorithm, scalar);
  } finally {
    pkcs8.fill(0);
  }
}

async function byNoble(algorithm: P256Algorithm, scalar: Uint8Array): Promise<P256Pair> {
  const { multiply } = await import('./p256Noble');
  const point = multiply(scalar);
  const jwk: JsonWebKey = {
    kty: 'EC',
    crv: 'P-256',
    d: Base64Text.encodeUrl(scalar),
    x: Base64Text.encodeUrl(point.subarray(1, 1 + COORDINATE_SIZE)),
    y: Base64Text.encodeUrl(point.subarray(1 + COORDINATE_SIZE)),
  };
  const uses = privateUses(algorithm);
  const key = await crypto.subtle.importKey('jwk', jwk, curve(algorithm), false, uses);
  return { privateKey: key, point };
}

function coordinate(text: string | undefined): Bytes {
  return Base64Text.decodeUrl('public key', text ?? '');
}

function curve(name: P256Algorithm): EcKeyImportParams {
  return { name, namedCurve: 'P-256' };
}

function privateUses(algorithm: P256Algorithm): KeyUsage[] {
  return algorithm === 'ECDSA' ? ['sign'] : ['deriveBits'];
}

function isScalar(encoded: Uint8Array): boolean {
  const scalar = toNumber(encoded);
  return scalar > 0n && scalar < N;
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
