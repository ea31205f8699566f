import type { Change } from '../store';
import type { Block } from './block';
import { type BlockEntry, type Directory, Revision } from './directory';
import type { SearchText } from './types';

/** Has the next search make everything anew. */
export function anew(directory: Directory | undefined): Change[] {
  const revision = new Revision(directory);
  revision.dropAll();
  return revision.changes(false);
}

export function replace(
  revision: Revision,
  entry: BlockEntry,
  block: Block,
  isLeftOut: (message: SearchText) => boolean,
): void {
  const messages = block.messages();
  const left = messages.filter((it) => !isLeftOut(it));
  if (left.length < messages.length) {
    revision.drop(entry.block);
    revision.add(left);
  }
}
