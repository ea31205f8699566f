import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('./mlKemNoble');
  vi.doUnmock('./mlDsaNoble');
  vi.doUnmock('./mlKemNative');
  vi.doUnmock('./mlDsaNative');
  vi.resetModules();
});

it('post-quantum functions that can’t be loaded now are loaded by the next who needs them', async () => {
  vi.resetModules();
  let isThere = false;
  const away = () => {
    if (!isThere) {
      throw new TypeError('Failed to fetch dynamically imported module');
    }
    return { nobleMlKem: 'noble’s', nobleMlDsa: 'noble’s' };
  };
  const without = { key: () => Promise.reject(new Error('This browser has none.')) };
  vi.doMock('./mlKemNative', () => ({ nativeMlKem: without }));
  vi.doMock('./mlDsaNative', () => ({ nativeMlDsa: without }));
  vi.doMock('./mlKemNoble', away);
  vi.doMock('./mlDsaNoble', away);
  const { mlKem } = await import('./mlKem');
  const { mlDsa } = await import('./mlDsa');
  const { loadPostQuantum } = await import('./postQuantum');

  await expect(loadPostQuantum()).rejects.toThrow();
  await expect(mlKem()).rejects.toThrow();
  isThere = true;

  expect(await mlKem()).toBe('noble’s');
  expect(await mlDsa()).toBe('noble’s');
});
