/**
 * Finds the web addresses in a text. A link is shown as it was written, and where its spelling
 * could pass for another place, the place that it really leads to is shown beside it.
 */
export interface Piece {
  text: string;
  /** Where it leads, if it is a link: always http or https. */
  href?: string;
  /** The host that it leads to, where the text doesn't show it plainly. */
  leadsTo?: string;
}

/** Ends a link: white space, controls, what browsers refuse, and all that changes the direction. */
const ADDRESS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what ends a link
  /https?:\/\/[^\s<>"'`\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/giu;

/** Marks that end a sentence more often than an address. */
const TRAILING = '.,;:!?…。，、；：！？»”’*_~';

const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Longer ones are no links: nothing that a person would follow. */
const LONGEST = 2_048;

/** Cut into links and what is between them; joined, the pieces are the text. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match[0].length > LONGEST) continue;
    const address = withoutTrailing(match[0]);
    const link = asLink(address);
    if (!link) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push(link);
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

function asLink(address: string): Piece | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || !url.hostname) return undefined;
  const written = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? '';
  const plain = written.toLowerCase().replace(/:\d*$/, '') === url.hostname;
  return plain && !url.hostname.includes('xn--')
    ? { text: address, href: url.href }
    : { text: address, href: url.href, leadsTo: url.hostname };
}

/** Takes marks off that belong to the sentence, and brackets that weren't opened inside. */
function withoutTrailing(address: string): string {
  const unopened = new Map(
    Object.entries(OPENING).map(([closing, opening]) => [
      closing,
      count(address, closing) - count(address, opening),
    ]),
  );
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const left = unopened.get(last) ?? 0;
    if (left > 0) unopened.set(last, left - 1);
    else if (!TRAILING.includes(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
