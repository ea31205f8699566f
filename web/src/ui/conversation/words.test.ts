import { describe, expect, it } from 'vitest';
import { heldWords, reasonWords } from './reasonWords';
import { message } from './testing';
import { remarks } from './words';

describe('words', () => {
  it('say a refusal without its name', () => {
    expect(reasonWords('BAD_SIGNATURE')).toMatch(/signature doesn’t fit/);
    expect(heldWords('Mara', 'EXPIRED_BUNDLE')).toMatch(/^Messages to Mara wait\. Their keys/);
    expect(heldWords('Mara', 'WRONG_WRAP')).toMatch(/^Messages to Mara wait\. Its key/);
  });

  it('leave a sentence as it is, and a name of a program to come', () => {
    expect(reasonWords('It couldn’t be sent.')).toBe('It couldn’t be sent.');
    expect(reasonWords('NEW_REASON')).toBe('NEW_REASON');
    expect(reasonWords('constructor')).toBe('constructor');
    expect(heldWords('Mara', '__proto__')).toBe('Messages to Mara wait. __proto__');
  });

  it('remark on what is unproven, imported or damaged, and on nothing else', () => {
    expect(remarks(message(1), false)).toEqual([]);
    expect(remarks(message(1, { details: { unproven: true } }), true)).toEqual([
      'Delivered, says the server; their program hasn’t proved it.',
    ]);
    expect(remarks(message(1, { details: { unproven: true } }), false)).toEqual([]);
    expect(remarks(message(1, { state: 'imported' }), false)[0]).toMatch(/imported/);
    expect(remarks(message(1, { details: { damaged: true }, text: '' }), false)[0]).toMatch(
      /damaged/,
    );
  });
});
