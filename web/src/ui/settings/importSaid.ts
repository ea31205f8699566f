import type { ImportResult } from '../../engine/api';

/** What an import has done, in one or a few sentences. */
export function importSaid({ added, here, unverified, refused }: ImportResult): string {
  const sentences = [`${counted(added)} added.`];
  if (here > 0) {
    sentences.push(`${counted(here)} ${here === 1 ? 'was' : 'were'} here already.`);
  }
  if (unverified > 0) {
    sentences.push(`${counted(unverified)} can’t be proven to be from who they say.`);
  }
  if (refused.length > 0) {
    sentences.push(`${counted(refused.length)} refused:`);
  }
  return sentences.join(' ');
}

function counted(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString()} messages`;
}
