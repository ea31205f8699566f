import { sha256 } from '@noble/hashes/sha2.js';
import type { Identity } from '../crypto';

/** SHA-256 of an identity's keys, in hexadecimal. */
export function fingerprintOf(identity: Identity): string {
  const { ecdsa, mlDsa } = identity;
  const both = new Uint8Array(ecdsa.encoded.length + mlDsa.encoded.length);
  both.set(ecdsa.encoded);
  both.set(mlDsa.encoded, ecdsa.encoded.length);
  return hex(sha256(both));
}

/** SHA-256 of a JSON value, in which the order of members doesn't count, in hexadecimal. */
export function fingerprintOfJson(value: unknown): string {
  return hex(sha256(new TextEncoder().encode(JSON.stringify(sorted(value)) ?? '')));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return members.map(([name, member]) => [name, sorted(member)]);
  }
  return value;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
