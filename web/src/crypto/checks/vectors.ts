import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');
const PREFIX = 'wycheproof_';
const SUFFIX = '_test.json';

/** Wycheproof's files, in a folder that isn't this project's: nothing where it isn't there. */
export function vectorsFolder(): string | undefined {
  const named = process.env.QUANTCHAT_VECTORS;
  const places = named ? [named] : ['../shared/vectors', '../../shared/vectors'];
  const folder = places.map((place) => resolve(ROOT, place)).find(existsSync);
  if (folder !== undefined) {
    return folder;
  }
  console.log("Wycheproof: skipped. Run with QUANTCHAT_VECTORS=FOLDER, from the project's root.");
  return undefined;
}

/** What stands between the beginning and the end of the names of the folder's files. */
export function vectorNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(PREFIX) && file.endsWith(SUFFIX))
    .map((file) => file.slice(PREFIX.length, -SUFFIX.length));
}

export function readVectors(folder: string, name: string): string {
  return readFileSync(join(folder, PREFIX + name + SUFFIX), 'utf8');
}

export function readKnownAnswers(): string {
  return readFileSync(join(ROOT, 'crypto/known-answers.json'), 'utf8');
}
