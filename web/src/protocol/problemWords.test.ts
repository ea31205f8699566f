import { describe, expect, it } from 'vitest';
import { wordsOf } from './problemWords';

const short = { field: 'password', detail: 'must be 8 to 1024 characters long' };

describe('what a server finds wrong', () => {
  it('is said in sentences where it is in what a person filled in', () => {
    const email = { field: 'email', detail: 'is required' };
    expect(wordsOf({ detail: 'password: …', errors: [short, email] })).toBe(
      'The password must be 8 to 1024 characters long. The address is required.',
    );
  });

  it('stays as it came where another field is named, or none', () => {
    const detail = 'limit: must be a whole number';
    for (const errors of [
      [short, { field: 'limit', detail: 'no' }],
      [{ field: 'constructor', detail: 'no' }],
      [],
      [{}],
      'none',
      undefined,
    ]) {
      expect(wordsOf({ detail, errors })).toBe(detail);
    }
    expect(wordsOf({ detail: 'No.' })).toBe('No.');
  });

  it('may be nothing', () => {
    expect(wordsOf({})).toBeUndefined();
  });
});
