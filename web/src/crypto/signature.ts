import { Base64Text } from './base64Text';
import type { Bytes, Random } from './bytes';
import { ECDSA_SIGNATURE_SIZE } from './ecdsaKeys';
import type { Identity, IdentityKeys, SignatureAlgorithm } from './identity';
import type { KeyId } from './keyId';
import { ML_DSA_SIGNATURE_SIZE } from './mlDsa';
import { Refused, require } from './refused';
import { quoted } from './texts';
import type { WireFields } from './wireFields';
import { WireTime } from './wireTime';

/** One signature on a bundle or a batch. */
export interface Signature {
  readonly algorithm: SignatureAlgorithm;
  /** The identity key that made it. */
  readonly keyId: KeyId;
  readonly bytes: Bytes;
}

/** One signature on a message; it covers its time. */
export interface MessageSignature extends Signature {
  /** When it was made, by its maker's clock. */
  readonly timestamp: number;
}

/** Signatures of today, and as many of algorithms to come. */
const MOST = 8;

/** What identities sign with, and the bytes of each signature. */
const SIZES: Readonly<Record<SignatureAlgorithm, number>> = {
  'ECDSA-P256-SHA256': ECDSA_SIGNATURE_SIZE,
  'ML-DSA-65': ML_DSA_SIGNATURE_SIZE,
};
const ALGORITHMS = Object.keys(SIZES).filter(isKnown);

export async function signatureOf(
  keys: IdentityKeys,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  random: Random,
): Promise<Signature> {
  const bytes = await keys.sign(algorithm, message, random);
  return { algorithm, keyId: keys.identity.key(algorithm).id, bytes };
}

/** One signature of each algorithm that identities have. */
export async function signaturesOf(
  keys: IdentityKeys,
  message: Uint8Array,
  random: Random,
): Promise<Signature[]> {
  const made: Signature[] = [];
  for (const algorithm of ALGORITHMS) {
    made.push(await signatureOf(keys, algorithm, message, random));
  }
  return made;
}

/**
 * Requires a good signature of each algorithm that identities have.
 *
 * @param field what a refusal names
 * @throws {Refused} MISSING_SIGNATURE, UNEXPECTED_SIGNATURE for a second one, WRONG_KEY or
 *     BAD_SIGNATURE
 */
export async function requireSignatures(
  signatures: readonly Signature[],
  identity: Identity,
  message: Uint8Array,
  field: string,
): Promise<void> {
  for (const algorithm of ALGORITHMS) {
    const [made, second] = signatures.filter((one) => one.algorithm === algorithm);
    require(made !== undefined, 'MISSING_SIGNATURE', field);
    require(second === undefined, 'UNEXPECTED_SIGNATURE', field);
    const key = identity.key(algorithm);
    require(made.keyId === key.id, 'WRONG_KEY', field);
    require(await key.verifies(message, made.bytes), 'BAD_SIGNATURE', field);
  }
}

/** As it goes out. */
export function signatureToMap(signature: Signature): Record<string, unknown> {
  return {
    algorithm: signature.algorithm,
    key_id: signature.keyId,
    signature: Base64Text.encode(signature.bytes),
  };
}

/** As it goes out. */
export function messageSignatureToMap(signature: MessageSignature): Record<string, unknown> {
  return { ...signatureToMap(signature), timestamp: WireTime.format(signature.timestamp) };
}

/** Reads a list; signatures of algorithms to come are passed over. */
export function readSignatures(fields: WireFields, name: string): Signature[] {
  return fields
    .objects(name, MOST)
    .filter((one) => isKnown(one.text('algorithm')))
    .map(readSignature);
}

/**
 * Reads a list; unlike on bundles, no algorithm is passed over.
 *
 * @throws {Refused} UNKNOWN_ALGORITHM, and what is wrong with their form
 */
export function readMessageSignatures(fields: WireFields, name: string): MessageSignature[] {
  return fields
    .objects(name, MOST)
    .map((one) => ({ ...readSignature(one), timestamp: one.time('timestamp') }));
}

function readSignature(fields: WireFields): Signature {
  const algorithm = fields.text('algorithm');
  if (!isKnown(algorithm)) {
    throw new Refused('UNKNOWN_ALGORITHM', quoted(algorithm));
  }
  return {
    algorithm,
    keyId: fields.keyId('key_id'),
    bytes: fields.bytes('signature', SIZES[algorithm]),
  };
}

function isKnown(algorithm: string): algorithm is SignatureAlgorithm {
  return Object.hasOwn(SIZES, algorithm);
}
