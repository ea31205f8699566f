import { describe, expect, it } from 'vitest';
import type { Conversation } from '../engine/api';
import { matchFuzzily } from './filter';
import { filterByName } from './list/filter';
import { lineOf } from './testing/fakeData';

function called(fullName: string, email = 'x@example.org'): Conversation {
  return { ...lineOf(20, []), fullName, username: 'x', email };
}

const names = (lines: readonly Conversation[]) => lines.map((it) => it.fullName);

describe('the filter of the list', () => {
  const lines = [called('José Ibáñez'), called('Anna Lind', 'a.berg@example.net'), called('ليلى')];

  it('leaves out marks and capitals', () => {
    expect(names(filterByName(lines, 'IBANEZ jose'))).toEqual(['José Ibáñez']);
  });

  it('looks at the address too', () => {
    expect(names(filterByName(lines, 'berg'))).toEqual(['Anna Lind']);
  });

  it('finds names of other scripts', () => {
    expect(names(filterByName(lines, 'ليل'))).toEqual(['ليلى']);
  });

  it('keeps all for nothing, and nobody for what nobody has', () => {
    expect(filterByName(lines, '  ')).toBe(lines);
    expect(filterByName(lines, '(.*')).toEqual([]);
  });
});

describe('the switcher', () => {
  const lines = [
    called('Mona Atal'),
    called('Tomas Nord'),
    called('Anna Tolstaya'),
    called('Otto Frank'),
    called('Nobody', 'to@example.org'),
  ];

  it('puts beginnings first, then words, then middles, then addresses', () => {
    expect(names(matchFuzzily(lines, 'to'))).toEqual([
      'Tomas Nord',
      'Anna Tolstaya',
      'Otto Frank',
      'Nobody',
    ]);
  });

  it('lets letters be left out', () => {
    expect(names(matchFuzzily(lines, 'tmn'))).toEqual(['Tomas Nord']);
  });

  it('takes what a pattern would be for what it says', () => {
    expect(matchFuzzily(lines, '.*')).toEqual([]);
  });
});
