import { describe, expect, it } from 'vitest';
import { refusalBy } from './checks/expect';
import { parseJson } from './json';

describe('JSON that comes in', () => {
  it.each([
    'null',
    ' [1, -2, 0,\t[ ],\r\n{ } , true,false ] ',
    '{"a":{"b":["c\\u00e9\\n\\"\\\\",""]},"ü 😀":9007199254740991}',
    '"\\ud83d\\ude00 \\ud83d"',
  ])('is read as any other reader does: %s', (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    '',
    ' ',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '01',
    '+1',
    '-',
    '.5',
    '1.',
    'NaN',
    'truer',
    '"a',
    '"\\',
    '"\\x"',
    '"\\u12g4"',
    '"\n"',
    '[1] [2]',
    '[',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '\u00a01',
    '['.repeat(100_000),
  ])('is refused where it is none: %s', async (text) => {
    expect(await refusalBy(() => parseJson(text))).toBe('MALFORMED');
  });

  it('has no number that is not whole, however it is written', () => {
    expect(parseJson('[1.0, 1e2, 1.5, 1E+2, -0]')).toEqual([NaN, NaN, NaN, NaN, -0]);
  });

  it('may name a member like what every object has', () => {
    const read = parseJson('{"__proto__":{"a":1},"constructor":2}');

    expect(Object.entries(read ?? {})).toEqual([
      ['__proto__', expect.objectContaining({ a: 1 })],
      ['constructor', 2],
    ]);
  });
});
