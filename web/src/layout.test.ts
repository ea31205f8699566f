import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each folder may import, besides packages and itself. */
const MAY_KNOW: Record<string, string[]> = {
  crypto: [],
  protocol: ['crypto'],
  store: [],
  engine: ['crypto', 'protocol', 'store'],
  tabs: ['engine/api', 'store/store'],
  ui: ['engine/api'],
};

const SOURCE = import.meta.dirname;

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('the layers', () => {
  for (const [folder, known] of Object.entries(MAY_KNOW)) {
    it(`lets ${folder} know ${known.join(', ') || 'nothing else'}`, () => {
      const broken = sources(join(SOURCE, folder))
        .filter((file) => !/\.test\.tsx?$/.test(file))
        .flatMap((file) =>
          [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
            .map((found) =>
              relative(SOURCE, join(file, '..', found[1] ?? '')).replace(/\.tsx?$/, ''),
            )
            .filter((target) => !target.startsWith(`${folder}/`))
            .filter((target) => !known.some((it) => target === it || target.startsWith(`${it}/`)))
            .map((target) => `${relative(SOURCE, file)} imports ${target}`),
        );

      expect(broken).toEqual([]);
    });
  }
});
