import { save } from '../../save';

/** Saves a file that somebody sent. */
export function saveSafely(bytes: Blob, name: string): void {
  // A type of its own could have the browser show it, as a page of this program's origin.
  save(new Blob([bytes], { type: 'application/octet-stream' }), safeName(name));
}

/** A name that says what the file is: no path, nothing that hides or turns a part of it. */
export function safeName(name: string): string {
  const plain = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return plain.slice(-180) || 'file';
}
