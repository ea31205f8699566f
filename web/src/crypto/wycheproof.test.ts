import { describe, expect, it } from 'vitest';
import { Node } from './checks/json';
import { readVectors, vectorNames, vectorsFolder } from './checks/vectors';
import { checkWycheproof, WYCHEPROOF } from './checks/wycheproof';
import { parseJson } from './json';

const folder = vectorsFolder();

describe.skipIf(folder === undefined)("Wycheproof's cases", () => {
  for (const name of Object.keys(WYCHEPROOF)) {
    it(`come out right: ${name}`, async () => {
      const cases = await checkWycheproof(
        name,
        new Node(parseJson(readVectors(folder ?? '', name))),
      );

      expect(cases).toBeGreaterThan(0);
    });
  }

  it('are of no file that is passed over', () => {
    expect(vectorNames(folder ?? '').sort()).toEqual(Object.keys(WYCHEPROOF).sort());
  });
});
