import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Names what a release consists of: for the service worker, which keeps it, and in `build.json`,
 * from which anybody can tell whether what a server hands out is what these sources make.
 */
export function release(publicFolder: string): Plugin {
  let folder = '';
  return {
    name: 'quantchat-release',
    enforce: 'post',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const contents = new Map<string, string | Uint8Array>();
        for (const file of filesOf(publicFolder)) {
          contents.set(`/${file}`, readFileSync(join(publicFolder, file)));
        }
        for (const file of Object.values(bundle)) {
          if (file.fileName !== 'sw.js') {
            contents.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);
          }
        }
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') {
          this.error('There is no service worker among what was built.');
        }
        const names = [...contents.keys()].sort();
        const hash = createHash('sha256');
        for (const name of names) {
          hash.update(`${name}\0`).update(sha256(contents.get(name) ?? ''));
        }
        worker.code = worker.code
          .replaceAll('__FILES__', JSON.stringify(names))
          .replaceAll('__RELEASE__', JSON.stringify(hash.digest('hex').slice(0, 16)));
      },
    },
    closeBundle() {
      writeFileSync(join(folder, 'build.json'), JSON.stringify(summary(folder), null, 2));
    },
  };
}

/**
 * `files` has SHA-256 of each file, in hexadecimal; `build` is SHA-256 of the lines `HASH  FILE`,
 * sorted by file, each with a line feed: what `sha256sum` prints of them.
 */
function summary(folder: string): { build: string; files: Record<string, string> } {
  const files: Record<string, string> = {};
  let lines = '';
  for (const file of filesOf(folder)) {
    if (file !== 'build.json' && !file.endsWith('.gz')) {
      const hash = sha256(readFileSync(join(folder, file)));
      files[file] = hash;
      lines += `${hash}  ${file}\n`;
    }
  }
  return { build: sha256(lines), files };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function sha256(of: string | Uint8Array): string {
  return createHash('sha256').update(of).digest('hex');
}
