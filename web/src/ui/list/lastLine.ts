import type { Conversation, LastMessage } from '../../engine/api';

/** What stands under a name in the list. */
export type LastLine =
  | { kind: 'typing' }
  | { kind: 'draft'; text: string }
  | { kind: 'mine'; state: LastMessage['state']; text: string }
  | { kind: 'theirs'; text: string }
  | { kind: 'note'; text: string };

/** A draft wins over what was said last: it is what is to be gone on with. */
export function lastLineOf(line: Conversation): LastLine {
  if (line.blocked) {
    return { kind: 'note', text: 'Blocked' };
  }
  if (line.typing) {
    return { kind: 'typing' };
  }
  const draft = oneLine(line.draft);
  if (draft !== '') {
    return { kind: 'draft', text: draft };
  }
  if (line.last === undefined) {
    return { kind: 'note', text: 'No messages yet' };
  }
  const { mine, state, text, files } = line.last;
  const said = oneLine(text) || filesSaid(files);
  return mine ? { kind: 'mine', state, text: said } : { kind: 'theirs', text: said };
}

function filesSaid(files: number): string {
  return files === 0 ? 'Empty message' : files === 1 ? 'A file' : `${files} files`;
}

/** More than a row shows. */
const LONGEST = 200;

function oneLine(text: string): string {
  return text.slice(0, LONGEST).replace(/\s+/gu, ' ').trim();
}

/** What a badge says: beyond this nobody counts. */
export function unreadSaid(unread: number): string {
  return unread > 999 ? '999+' : String(unread);
}
