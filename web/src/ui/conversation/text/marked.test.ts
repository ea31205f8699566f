import { describe, expect, it } from 'vitest';
import { marked } from './marked';

describe('marks in a text', () => {
  it('are cut out of plain text', () => {
    expect(
      marked(
        [{ text: 'one two one' }],
        [
          [0, 3],
          [8, 11],
        ],
      ),
    ).toEqual([{ text: 'one', marked: true }, { text: ' two ' }, { text: 'one', marked: true }]);
  });

  it('go through links, which stay links', () => {
    const href = 'https://a.example/';

    expect(
      marked(
        [{ text: 'see ' }, { text: 'https://a.example', href, leadsTo: 'x' }, { text: ' now' }],
        [[2, 12]],
      ),
    ).toEqual([
      { text: 'se' },
      { text: 'e ', marked: true },
      { text: 'https://', href, marked: true },
      { text: 'a.example', href, leadsTo: 'x' },
      { text: ' now' },
    ]);
  });

  it('leave a text alone where there are none, and end with a shortened one', () => {
    expect(marked([{ text: 'abc' }], [])).toEqual([{ text: 'abc' }]);
    expect(
      marked(
        [{ text: 'abc' }],
        [
          [2, 50],
          [60, 70],
        ],
      ),
    ).toEqual([{ text: 'ab' }, { text: 'c', marked: true }]);
  });
});
