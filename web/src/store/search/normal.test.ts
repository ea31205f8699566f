import { expect, it } from 'vitest';
import { normal } from './normal';
import { rangesIn, wordsOf } from './words';

it.each([
  ['STRASSE', 'straße'],
  ['Crème Brûlée', 'creme brulee'],
  ['ＦＵＬＬ　width', 'full width'],
  ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
  ['İstanbul', 'istanbul'],
  ['Łódź', 'lodz'],
  ['مُحَمَّد', 'محمد'],
  ['שָׁלוֹם', 'שלום'],
  ['z̷̡̛a̸l̴g̵o̶', 'zalgo'],
  ['❤️', '❤'],
  ['soft\u00adhyphen', 'softhyphen'],
  ['line\r\n\tbreak', 'line break'],
  ['\u202eabc\u202c', 'abc'],
])('takes %s for %s', (one, other) => {
  expect(normal(one)).toBe(normal(other));
});

it('keeps apart what other vowels and voices make other letters', () => {
  expect(normal('की')).not.toBe(normal('का'));
  expect(normal('が')).not.toBe(normal('か'));
  expect(normal('ที่')).not.toBe(normal('ทา'));
});

it('takes a query apart into words and phrases, the longest first', () => {
  expect(wordsOf('tea "hot  Milk" x "open')).toEqual(['hot milk', 'open', 'tea', 'x']);
  expect(wordsOf('now know')).toEqual(['know']);
  expect(wordsOf(' \u0301 "" \ufe0f ')).toEqual([]);
});

it.each([
  ['Crème brûlée', 'BRULEE', ['brûlée']],
  ['I like Straße and strasse', 'strasse', ['Straße', 'strasse']],
  ['see you\n  soon', '"you soon"', ['you\n  soon']],
  ['東京タワーで会う', 'タワー', ['タワー']],
  ['한국어', '한구', ['한국']],
  ['👍🏽 done 👩‍👩‍👧', '👍', ['👍']],
  ['the ﬁne print', 'f', ['ﬁ']],
  ['one two', 'two three', []],
  ['one two', '', []],
  ['aaa', 'aa', ['aa']],
])('finds in %j by %j', (text, query, pieces) => {
  expect(rangesIn(text, query).map(([start, end]) => text.slice(start, end))).toEqual(pieces);
});

it('maps each unit of any text to where it came from', () => {
  let seed = Date.now() >>> 0;
  console.info(`seed ${seed}`);
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const kinds = [
    [0x20, 0x7f],
    [0xa0, 0x250],
    [0x300, 0x370],
    [0x370, 0x600],
    [0x600, 0x700],
    [0x900, 0xe80],
    [0x1100, 0x1200],
    [0x1e00, 0x2070],
    [0x3040, 0x3100],
    [0xac00, 0xad00],
    [0xd800, 0xe000],
    [0xfb00, 0xfe10],
    [0x1f300, 0x1f600],
  ];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 1 + random(12) }, () => {
      const [from = 0, to = 1] = kinds[random(kinds.length)] ?? [];
      return String.fromCodePoint(from + random(to - from));
    })
      .join('')
      .replace(/["“”„«»]/g, '');
    for (const word of normal(text).split(' ').filter(Boolean)) {
      expect(rangesIn(text, `"${word}"`), JSON.stringify(text)).not.toEqual([]);
    }
  }
});
