import { Base64Text } from './base64Text';
import { Hash } from './hash';
import { lp } from './transcript';

/** The name of a key within its account: 1 to 64 characters of base64url's alphabet. */
export type KeyId = string;

const LABEL = 'QuantChat-key-id';
const HASH_BYTES = 16;

/** The id of a key, or of a pair of keys: 16 bytes of a hash of each algorithm and key in turn. */
export function keyIdOf(...algorithmsAndKeys: (string | Uint8Array)[]): KeyId {
  const hash = Hash.SHA_256.of(lp(LABEL, ...algorithmsAndKeys));
  return Base64Text.encodeUrl(hash.subarray(0, HASH_BYTES));
}
