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

/**
 * That an account file is saved.
 *
 * @param leftOut what it doesn't have, as it can't be read any more
 */
export function savedSaid(leftOut: number): string {
  const saved = 'The account file is saved. Keep it safe.';
  return leftOut === 0
    ? saved
    : `${saved} ${leftOut === 1 ? 'One entry' : `${leftOut.toLocaleString()} entries`} can’t be read any more, and ${leftOut === 1 ? 'is' : 'are'} not in it.`;
}

function counted(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString()} messages`;
}
