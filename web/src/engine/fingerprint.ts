import { Base64Text, Hash, type Identity, toHex } from '../crypto';

/** SHA-256 of an identity's keys, base64url: the name that account files have for it, too. */
export function fingerprintOf(identity: Identity): string {
  return Base64Text.encodeUrl(identity.fingerprint(Hash.SHA_256));
}

/** SHA-256 of a JSON value, in which the order of members doesn't count, in hexadecimal. */
export function fingerprintOfJson(value: unknown): string {
  return toHex(Hash.SHA_256.of(new TextEncoder().encode(JSON.stringify(sorted(value)) ?? '')));
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
