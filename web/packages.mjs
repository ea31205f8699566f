// Says by its exit code whether node_modules holds what package-lock.json names: every package in the version that
// stands there, but for those that this system doesn't need.
import { readFileSync } from 'node:fs';

function packages(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

const named = Object.entries(packages('package-lock.json')).filter(([folder]) => folder !== '');
const installed = packages('node_modules/.package-lock.json');
const isThere = ([folder, { optional, integrity }]) =>
  folder in installed ? installed[folder].integrity === integrity : optional === true;
const isNamed = new Set(named.map(([folder]) => folder));
const isWhole =
  named.length > 0 &&
  named.every(isThere) &&
  Object.keys(installed).every((folder) => isNamed.has(folder));
process.exit(isWhole ? 0 : 1);
