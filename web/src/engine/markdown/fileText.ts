const BYTE_ORDER_MARK = '\ufeff';

/** A file's text, in whichever encoding an editor has left it. */
export interface FileText {
  text: string;
  /** Whether the encoding is known; else it is a guess, which digests may bear out. */
  isCertain: boolean;
}

export function fileText(file: Uint8Array): FileText {
  const [first, second] = file;
  if (first !== undefined && second !== undefined) {
    // A mark, or the zero beside the first character, which is ASCII.
    if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
      return decodedAs('utf-16be', file, 'utf-16be');
    }
    if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
      return decodedAs('utf-16le', file, 'utf-16le');
    }
  }
  // What editors for Windows call ANSI; Latin-1, as far as that has letters.
  return decodedAs('utf-8', file, 'windows-1252');
}

function decodedAs(encoding: string, file: Uint8Array, guess: string): FileText {
  try {
    return { text: decode(encoding, file, true), isCertain: true };
  } catch (e) {
    if (e instanceof TypeError) {
      return { text: decode(guess, file, false), isCertain: false };
    }
    throw e;
  }
}

function decode(encoding: string, file: Uint8Array, fatal: boolean): string {
  const text = new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(file);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
