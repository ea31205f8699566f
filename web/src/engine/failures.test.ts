import { describe, expect, it, vi } from 'vitest';
import { Refused } from '../crypto';
import { failureOf } from './failures';

describe('a part of the program that can’t be loaded', () => {
  it.each([
    'Failed to fetch dynamically imported module: https://example.org/assets/archive-1a2b.js',
    'error loading dynamically imported module: https://example.org/assets/archive-1a2b.js',
    'Importing a module script failed.',
  ])('is no fault of the program: %s', async (message) => {
    const fault = vi.fn();
    expect(await failureOf(new TypeError(message), fault)).toMatchObject({
      code: 'unreachable',
      detail: expect.stringMatching(/^A part of this program can’t be loaded now\./),
    });
    expect(fault).not.toHaveBeenCalled();
  });

  it('is told from other errors of a type', async () => {
    const fault = vi.fn();
    const { code } = await failureOf(new TypeError('x is not a function'), fault);
    expect(code).toBe('internal');
    expect(fault).toHaveBeenCalledOnce();
  });
});

describe('what isn’t accepted', () => {
  it('is said in words', async () => {
    const failure = await failureOf(new Refused('BAD_SIGNATURE', 'bundle'), () => undefined);

    expect(failure).toMatchObject({
      code: 'BAD_SIGNATURE',
      detail: 'bundle is not what the signature was made over',
    });
  });
});
