import { describe, expect, it } from 'vitest';
import { hue, initials } from './initials';

describe('initials', () => {
  it.each([
    ['Mara Lindqvist', 'ML'],
    ['mara', 'M'],
    ['Jean-Luc van den Berg', 'JB'],
    ['山田 さくら', '山さ'],
    ['ليلى حدّاد', 'لح'],
    ['  ', '?'],
    ['', '?'],
    ['...', '?'],
    ['😀', '😀'],
    ['\u202egnp.exe', 'GE'],
    ['👨‍👩‍👧 Family', '👨‍👩‍👧F'],
  ])('of %j are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it('carry at most two marks', () => {
    expect(initials(`Z${'\u0337'.repeat(50)}`)).toBe('Z\u0337\u0337');
  });

  it('of a very long name are two', () => {
    expect(initials('ab '.repeat(10_000))).toBe('AA');
  });
});

describe('a hue', () => {
  it('is the same for ever and spread over the circle', () => {
    const hues = Array.from({ length: 200 }, (_, at) => hue(`id-${at}`));
    expect(hue('id-7')).toBe(hues[7]);
    expect(new Set(hues).size).toBe(16);
    expect(hues.every((it) => it >= 0 && it < 360)).toBe(true);
  });
});
