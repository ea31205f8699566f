import { describe, expect, it } from 'vitest';
import { groups, spoken } from './digits';

describe('the digits of a safety number', () => {
  it('are twelve groups of five, however they came', () => {
    const digits = '0123456789'.repeat(6);

    expect(groups(digits)).toHaveLength(12);
    expect(groups(digits.replace(/(.{5})/g, '$1 '))).toEqual(groups(digits));
    expect(groups(digits)[1]).toBe('56789');
  });

  it('are said one by one', () => {
    expect(spoken('01234')).toBe('0 1 2 3 4');
  });
});
