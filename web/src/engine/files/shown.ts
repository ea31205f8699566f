import type { MessageFile } from '../api';
import type { KeptFile } from './entry';
import { harmlessName } from './fileNames';

/**
 * A file as it is shown.
 *
 * @param moved bytes of it that have moved, while it is on its way
 */
export function shownFile(file: KeptFile, moved: number): MessageFile {
  const { about, sealed, way } = file.entry;
  const shown: MessageFile = {
    number: file.number,
    name: harmlessName(about.name),
    type: about.type,
    size: about.size,
    state: way.state,
    done: doneOf(file, moved),
    total: sealed.size,
  };
  if (about.width !== undefined && about.height !== undefined) {
    shown.width = about.width;
    shown.height = about.height;
  }
  if (about.blurhash !== undefined) {
    shown.blurhash = about.blurhash;
  }
  if (about.thumbnail !== undefined) {
    const type = about.thumbnail[0] === 0xff ? 'image/jpeg' : 'image/png';
    shown.thumbnail = new Blob([about.thumbnail], { type });
  }
  if (way.until !== undefined) {
    shown.until = way.until;
  }
  if (way.fault !== undefined) {
    shown.fault = way.fault;
  }
  return shown;
}

function doneOf(file: KeptFile, moved: number): number {
  switch (file.entry.way.state) {
    case 'uploading':
    case 'fetching':
      return moved;
    case 'sent':
    case 'here':
      return file.entry.sealed.size;
    default:
      return 0;
  }
}
