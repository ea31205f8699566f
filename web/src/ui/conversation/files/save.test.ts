import { describe, expect, it } from 'vitest';
import { safeName } from './save';

describe('names of saved files', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\windows\\evil.exe', 'C__windows_evil.exe'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['\u0000', 'file'],
    ['..', 'file'],
    ['', 'file'],
    ['صورة.png', 'صورة.png'],
  ])('of %j are %j', (given, name) => {
    expect(safeName(given)).toBe(name);
  });

  it('keep the ending of a long one', () => {
    expect(safeName(`${'a'.repeat(500)}.pdf`)).toMatch(/^a{176}\.pdf$/);
  });
});
