import { isBlank, strip } from './strip';

/** Mail programs break longer lines, RFC 5322. */
const LONGEST_LINE = 76;

/**
 * What is quoted, stuffed, escaped, collapsed or taken for markup: at the beginnings and ends of
 * lines, and anywhere. Letters, digits, other marks, and symbols stay as they are.
 */
const FRAGILE = /^(?:From |[-.#*+~|:'" ])| $|\n\n\n| {2}|--|\.\.\.|[\\<>&=`*_[\]^$@\t]/m;

/** What may begin a message of an earlier export. */
export const RULES = /-{3,}/g;

const LINES = /[^\n\r\u2028\u2029]+/g;
const HEADS = /quantchat/gi;
const DIGITS = /[0-9a-f]{16,}/gi;

/** What has no shape of its own, wherever it stands; of all that ends lines, all but a line feed. */
const UNPRINTABLE = /[^\n\P{C}]|[^ \P{Z}]/u;

/**
 * Tells texts that usually come through an editor or a mail program unchanged. It decides no more
 * than whether a text is written down twice: whether it came through, the digest decides.
 */
export function isSteady(text: string): boolean {
  return (
    !isBlank(text) &&
    text === strip(text) &&
    !UNPRINTABLE.test(text) &&
    !FRAGILE.test(text) &&
    !hasHead(text) &&
    text.split('\n').every((line) => line.length <= LONGEST_LINE) &&
    text === text.normalize('NFC')
  );
}

function hasHead(text: string): boolean {
  return withoutHeads(text, '') !== text;
}

/**
 * A text in which something else stands for what looks like the first line of a message: the
 * product's name, where sixteen hexadecimal digits are somewhere behind it in its line. In a time
 * that grows with the text, however many of them there are.
 */
export function withoutHeads(text: string, by: string): string {
  return text.replace(LINES, (line) => {
    const last = [...line.matchAll(DIGITS)].at(-1);
    const lastDigits = last === undefined ? -1 : last.index + last[0].length - 16;
    return line.replace(HEADS, (name, at: number) => (at + name.length <= lastDigits ? by : name));
  });
}
