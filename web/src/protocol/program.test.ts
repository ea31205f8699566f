import { expect, it } from 'vitest';
import { programOf } from './program';

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0',
    'QuantChat (Firefox, Linux)',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
    'QuantChat (Edge, Windows)',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
    'QuantChat (Chrome, Android)',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    'QuantChat (Safari, iOS)',
  ],
  ['', 'QuantChat (browser)'],
  ['Something of tomorrow', 'QuantChat (browser)'],
])('%s is called %s', (userAgent, program) => {
  expect(programOf(userAgent)).toBe(program);
});
