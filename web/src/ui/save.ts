/** Long enough for a browser to have begun to read it, in milliseconds. */
const READ_BY_THEN = 60_000;

/** Saves to the folder for downloads, under a name that the browser may change. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_BY_THEN);
}
