/** Refusals and faults as a person reads of them. In one place, so that it is one voice. */

const REFUSALS: Record<string, string> = {
  MALFORMED: 'It isn’t of the form that a message must have.',
  MISSING: 'A part of it is missing.',
  UNEXPECTED: 'It holds something that doesn’t belong in a message.',
  TRUNCATED: 'It was cut short on its way.',
  EXTENDED: 'It is longer than a message may be.',
  WRONG_SIZE: 'It has a size that no message has.',
  INVALID_KEY: 'It was made with a key that isn’t valid.',
  UNKNOWN_SUITE: 'It uses encryption that this program doesn’t know. Update QuantChat.',
  MIXED_SUITE: 'It names kinds of encryption that don’t belong together.',
  UNKNOWN_ALGORITHM: 'It uses encryption that this program doesn’t know. Update QuantChat.',
  WRONG_USER: 'It was meant for somebody else.',
  WRONG_KEY: 'It was made with a key that isn’t the one to use.',
  REVOKED_KEY: 'It was made with a key that its owner has withdrawn.',
  UNKNOWN_PREKEY: 'The key for it isn’t here: it was used before, or never was here.',
  REUSED_PREKEY: 'It uses a key that was to be used once only.',
  EXPIRED_PREKEY: 'It uses a key that is past its time.',
  UNKNOWN_BUNDLE: 'It refers to keys that were never published.',
  EXPIRED_BUNDLE: 'Their published keys are past their time. They have to open QuantChat once.',
  FUTURE_BUNDLE: 'It is from the future. Check this computer’s clock.',
  OLDER_BUNDLE: 'The server gave older keys than those that are known.',
  CONFLICTING_BUNDLE: 'The server gave other keys than before under the same number.',
  IDENTITY_CHANGED: 'It comes from another identity than the one you know. Compare safety numbers.',
  MISSING_SIGNATURE: 'It lacks a signature.',
  UNEXPECTED_SIGNATURE: 'It holds a signature that doesn’t belong there.',
  BAD_SIGNATURE: 'Its signature doesn’t fit: it was altered on its way, or isn’t from them.',
  BAD_PROOF: 'It uses a key that its owner never signed.',
  DOWNGRADE: 'It is encrypted more weakly than both of you can.',
  NO_COMMON_SUITE: 'Their program and yours have no encryption in common. Update QuantChat.',
  WRONG_WRAP: 'Its key can’t be opened here.',
  WRONG_COMMITMENT: 'It was encrypted under another key than it says.',
  WRONG_CONTENT: 'It can’t be decrypted.',
  UNKNOWN_CONTENT: 'It is of a kind that this program doesn’t know. Update QuantChat.',
  WRONG_MEDIA: 'What it says of its files isn’t what came.',
  REPLAYED: 'It came before.',
};

const FAULTS: Record<string, string> = {
  recipient_not_found: 'They don’t have an account any more.',
  user_not_found: 'They don’t have an account any more.',
  blocked: 'They don’t take messages from you.',
  stranger_allowance: 'They don’t know you yet, and take a few messages only until they answer.',
  unreachable: 'The server can’t be reached. It is tried again by itself.',
  login_required: 'Sign in again, then try once more.',
  too_long: 'The message is too long. Split it.',
  too_large: 'The file is too large.',
};

/** A server may give any name, `constructor` too. */
function named(words: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** A refusal's name in words; a sentence, or a name that isn't known, as it stands. */
export function reasonWords(reason: string): string {
  return named(REFUSALS, reason) ?? named(FAULTS, reason) ?? reason;
}

/** Why messages to somebody wait. */
export function heldWords(name: string, reason: string): string {
  const why = named(WAITS, reason) ?? reasonWords(reason);
  return `Messages to ${name} wait. ${why}`;
}

const WAITS: Record<string, string> = {
  NO_COMMON_SUITE:
    'Your programs have no encryption in common: one of you has to update QuantChat.',
  UNKNOWN_SUITE: 'Their program is newer than yours. Update QuantChat.',
  UNKNOWN_ALGORITHM: 'Their program is newer than yours. Update QuantChat.',
  EXPIRED_BUNDLE: 'Their keys are past their time; it goes on once they have opened QuantChat.',
  FUTURE_BUNDLE: 'Their keys are from the future. Check this computer’s clock.',
  OLDER_BUNDLE: 'The server offers older keys of theirs than those known here.',
  CONFLICTING_BUNDLE: 'The server offers two sets of their keys under one number.',
  BAD_SIGNATURE: 'The keys that the server offers aren’t signed by them.',
  MISSING:
    'The server has no keys of theirs: it goes on once they open QuantChat, unless their account is gone.',
};
