import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licenceOf, packageOf } from './licences';

describe('the licences of a release', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quantchat-licences-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const packed = (licence: string, text = 'LICENSE') => {
    const told = { name: 'kind', version: '1.2.3', license: licence };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify(told));
    if (text !== '') {
      writeFileSync(join(folder, text), '(c) Kim\n');
    }
    return licenceOf(folder);
  };

  it('finds the package of a module, and none for the project itself', () => {
    expect(packageOf('/a/node_modules/idb/build/index.js')).toBe('/a/node_modules/idb');
    expect(packageOf('/a/node_modules/@noble/hashes/x.js')).toBe('/a/node_modules/@noble/hashes');
    expect(packageOf('/a/node_modules/b/node_modules/c/d.js')).toBe(
      '/a/node_modules/b/node_modules/c',
    );
    expect(packageOf('/a/src/main.tsx')).toBeUndefined();
  });

  it('has the text that a licence asks for', () => {
    const kind = { name: 'kind', version: '1.2.3', licence: 'MIT', text: '(c) Kim' };
    expect(packed('MIT')).toEqual(kind);
    expect(packed('MIT', 'license.txt')).toEqual(kind);
    expect(packed('(MIT OR GPL-3.0)').licence).toBe('(MIT OR GPL-3.0)');
  });

  it('stops at a licence that may not allow passing it on', () => {
    expect(() => packed('GPL-3.0')).toThrow("The licence of kind (GPL-3.0) isn't known");
    expect(() => packed('(MIT AND GPL-3.0)')).toThrow("isn't known");
  });

  it('stops where the text is missing', () => {
    expect(() => packed('MIT', '')).toThrow('asks for its text');
  });
});
