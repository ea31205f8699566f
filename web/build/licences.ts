import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Those that let a copy be passed on with their text beside it. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const TEXT = /^licen[cs]e(\.(md|txt))?$/i;

/** The folder of the package that a module belongs to; none for a module of this project. */
export function packageOf(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0];
}

/** @throws Error if the package may not be passed on, or its licence's text is missing */
export function licenceOf(folder: string): Licence {
  const told: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = told as Record<string, unknown>;
  const licence = String(license);
  const choices = licence.replace(/^\((.*)\)$/, '$1').split(' OR ');
  if (!choices.some((choice) => ALLOWED.has(choice))) {
    throw new Error(`The licence of ${name} (${licence}) isn't known to allow passing it on.`);
  }
  const file = readdirSync(folder).find((each) => TEXT.test(each));
  if (file === undefined) {
    throw new Error(`The licence of ${name} asks for its text, which isn't there.`);
  }
  const text = readFileSync(join(folder, file), 'utf8').trim();
  return { name: String(name), version: String(version), licence, text };
}

/**
 * Writes `licences.txt`: whose code a release holds, and the texts that their licences ask to be
 * passed on with it. Its workers are built apart and before it: one instance sees both.
 */
export function licences(): { page: () => Plugin; worker: () => Plugin } {
  const folders = new Set<string>();
  const collect = (bundle: Rolldown.OutputBundle) => {
    for (const file of Object.values(bundle)) {
      const modules = file.type === 'chunk' ? Object.keys(file.modules) : [];
      for (const folder of modules.map(packageOf)) {
        if (folder !== undefined) {
          folders.add(folder);
        }
      }
    }
  };
  return {
    worker: () => ({
      name: 'quantchat-worker-licences',
      generateBundle: (_options, bundle) => collect(bundle),
    }),
    page: () => ({
      name: 'quantchat-licences',
      apply: 'build',
      generateBundle(_options, bundle) {
        collect(bundle);
        const all = [...folders].map(licenceOf).sort((a, b) => (a.name < b.name ? -1 : 1));
        const parts = all.map(
          ({ name, version, licence, text }) => `${name} ${version}  ${licence}\n\n${text}\n`,
        );
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: parts.join('\n\n') });
      },
    }),
  };
}
