import type { WORDS } from './refusedWords';

/** Why a key, a bundle, a prekey or a message isn't accepted. */
export type Refusal = keyof typeof WORDS;

/**
 * Something isn't accepted. Nothing was decrypted, changed or learnt by it; a message refused is
 * kept for a look and hinders no other. What a person is told of it is in `refusedWords.ts`, which
 * is loaded when somebody is.
 */
export class Refused extends Error {
  override name = 'Refused';
  /** Why. */
  readonly refusal: Refusal;
  /** What, such as `encrypted_session_key.mlkem`: a field's path or a thing's name, never its value. */
  readonly field: string;

  constructor(refusal: Refusal, field: string) {
    super(`${field}: ${refusal}`);
    this.refusal = refusal;
    this.field = field;
  }
}

export function require(condition: boolean, refusal: Refusal, field: string): asserts condition {
  if (!condition) {
    throw new Refused(refusal, field);
  }
}

/** Refuses a size that isn't within bounds, as TRUNCATED or EXTENDED. */
export function requireSize(field: string, actual: number, least: number, most = least): void {
  require(actual >= least, 'TRUNCATED', field);
  require(actual <= most, 'EXTENDED', field);
}
