/** One character for each byte, as ISO 8859-1 has them. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The bytes of a text in which each character is one. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Whether bytes begin with a text, from a place on. */
export function begins(bytes: Uint8Array, start: string, at = 0): boolean {
  return latin1(bytes.subarray(at, at + start.length)) === start;
}
