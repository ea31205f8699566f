import type { Refused } from './refused';

/** Why a key, a bundle, a prekey or a message isn't accepted, as a person is told. */
export const WORDS = {
  MALFORMED: 'is not of the form that it must have',
  MISSING: 'is missing',
  UNEXPECTED: 'does not belong here',
  TRUNCATED: 'is shorter than it must be',
  EXTENDED: 'is longer than it may be',
  WRONG_SIZE: "is of a size that it can't have",
  INVALID_KEY: 'is not a valid key',
  UNKNOWN_SUITE: 'names a suite that this program does not know: update it',
  MIXED_SUITE: "names algorithms that don't belong together",
  UNKNOWN_ALGORITHM: 'names an algorithm that this program does not know: update it',
  WRONG_USER: 'is of or for somebody else',
  WRONG_KEY: 'is not the key to use here',
  REVOKED_KEY: 'is a key that its owner has revoked',
  UNKNOWN_PREKEY: 'is a prekey whose private part is not here: unknown, or used already',
  REUSED_PREKEY: 'is a one-time prekey that was used before: ask for another',
  EXPIRED_PREKEY: 'is a one-time prekey past its time: ask for another',
  UNKNOWN_BUNDLE: 'names a bundle that was never published',
  EXPIRED_BUNDLE: 'is past its time: ask for a newer bundle',
  FUTURE_BUNDLE: 'is from the future: check the clock',
  OLDER_BUNDLE: 'is older than the bundle that is known already',
  CONFLICTING_BUNDLE: 'is another bundle of the same version as the known one',
  IDENTITY_CHANGED: 'is of another identity than the pinned one: compare safety numbers',
  MISSING_SIGNATURE: 'lacks a signature that its suite requires',
  UNEXPECTED_SIGNATURE: "holds a signature that its suite doesn't have",
  BAD_SIGNATURE: 'is not what the signature was made over',
  BAD_PROOF: 'is not in the batch that was signed',
  DOWNGRADE: 'is weaker than what both sides can',
  NO_COMMON_SUITE: 'has no suite in common with this program',
  WRONG_WRAP: "can't be unwrapped",
  WRONG_COMMITMENT: 'is committed to another key',
  WRONG_CONTENT: "can't be decrypted",
  UNKNOWN_CONTENT: 'is not known to this program: update it',
  WRONG_MEDIA: 'does not agree with the files in the message',
  REPLAYED: 'was received before',
} as const;

/** What isn't accepted, and why. */
export function inWords({ field, refusal }: Refused): string {
  return `${field} ${WORDS[refusal]}`;
}
