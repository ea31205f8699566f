/** What file systems take, in bytes of UTF-8. */
const LONGEST = 255;

/** A name that names nothing else. */
const NAMELESS = 'file';

/** Of folders, drives and streams, and what Windows lets nothing be called by. */
const RESERVED = /[/\\:*?"<>|]/g;

/** Windows takes these for devices, whatever follows a point; superscripts, too. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[ .]|$)/i;

/**
 * Controls, formats (bidirectional ones among them), spaces but the ordinary, no characters, and
 * letters and marks that have no width.
 */
const UNSEEN =
  /[\p{C}\p{Zl}\p{Zp}]|[^ \P{Zs}]|[\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0e]|[\u{e0100}-\u{e01ef}]/gu;

/** A command line, a folder or Windows would take these for something else. */
const ODD_BEGINNING = /^[.\-~]/;

/**
 * A name that somebody else gave, as it is shown and saved under: it names a file in a folder, on
 * any system, and looks like what it is. What would deceive or climb is replaced by `_`.
 */
export function harmlessName(name: string): string {
  const seen = name.replace(UNSEEN, '_').replace(RESERVED, '_');
  const within = shortened(seen.trim().replace(/\.+$/, ''));
  if (within.trim() === '') {
    return NAMELESS;
  }
  return ODD_BEGINNING.test(within) || DEVICE.test(within) ? `_${shortened(within, 1)}` : within;
}

/** Cut at the end of a character, and before what it is by its name. */
function shortened(name: string, taken = 0): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  if (bytes(name) + taken <= LONGEST) {
    return name;
  }
  const point = name.lastIndexOf('.');
  const extension = point > 0 && name.length - point <= 12 ? name.slice(point) : '';
  const characters = [...name.slice(0, name.length - extension.length)];
  while (bytes(characters.join('') + extension) + taken > LONGEST) {
    characters.pop();
  }
  return characters.join('') + extension;
}
