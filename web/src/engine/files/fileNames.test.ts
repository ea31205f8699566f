import { describe, expect, it } from 'vitest';
import { harmlessName } from './fileNames';

describe('a harmless name', () => {
  it.each([
    'a.txt',
    'Photo 1.jpg',
    'Zoë.pdf',
    '漢字.png',
    'שלום.doc',
    '❤️.gif',
    'a.tar.gz',
    'con'.repeat(2),
  ])('is the same where it was: %s', (name) => {
    expect(harmlessName(name)).toBe(name);
  });

  it.each([
    ['', 'file'],
    [' ', 'file'],
    ['...', 'file'],
    ['../../etc/passwd', '_.._.._etc_passwd'],
    ['C:\\Windows\\a.dll', 'C__Windows_a.dll'],
    ['.bashrc', '_.bashrc'],
    ['-rf', '_-rf'],
    ['~root', '_~root'],
    ['photo\u202egpj.exe', 'photo_gpj.exe'],
    ['a\u200b.txt', 'a_.txt'],
    ['a\u00a0.txt', 'a_.txt'],
    ['a\nb\0c', 'a_b_c'],
    ['half \ud83e', 'half _'],
    [' a.txt . ', 'a.txt '],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com¹.log', '_com¹.log'],
    ['LPT9 .x', '_LPT9 .x'],
    ['a?b*c"d<e>f|g', 'a_b_c_d_e_f_g'],
  ])('is made of %j: %j', (name, harmless) => {
    expect(harmlessName(name)).toBe(harmless);
  });

  it('is no longer than file systems take, and keeps what it is by its name', () => {
    const name = harmlessName(`${'🦊'.repeat(100)}.jpeg`);

    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^(🦊)+\.jpeg$/u);
    expect(harmlessName(name)).toBe(name);
  });
});
