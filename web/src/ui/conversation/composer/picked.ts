import type { Attachment } from '../../../engine/api';

/** Bytes of the largest file that a message takes. */
const LARGEST = 100 * 2 ** 20;

/** So many files go with one message. */
export const MOST_FILES = 10;

export interface Picked extends Attachment {
  id: number;
}

let count = 0;

/** Adds files to those that were picked, and says what was left out and why. */
export function withFiles(
  picked: readonly Picked[],
  files: readonly File[],
): { picked: Picked[]; fault?: string } {
  const large = files.find((file) => file.size > LARGEST);
  const fitting = files.filter((file) => file.size <= LARGEST);
  const room = MOST_FILES - picked.length;
  const added = fitting.slice(0, room).map((file) => ({ id: ++count, file, keepMetadata: false }));
  const all = [...picked, ...added];
  if (large) return { picked: all, fault: `“${large.name}” is too large: at most 100 MB.` };
  if (fitting.length > room) {
    return { picked: all, fault: `One message takes ${MOST_FILES} files. Send the rest after it.` };
  }
  return { picked: all };
}

/**
 * The files of a paste or a drop that are meant. A page or a table brings a picture of itself
 * along with its text; then the text is meant.
 */
export function filesOf(data: DataTransfer | null): File[] {
  const files = [...(data?.files ?? [])];
  const isText = data?.types.includes('text/html') && data.getData('text/plain') !== '';
  return isText ? [] : files;
}
