import { strip, stripTrailing } from './strip';

/**
 * What a text may have been before something was done to its lines, the likeliest first. Guesses:
 * the digest decides which of them is right, if any.
 *
 * Without blanks at the ends of lines, which no steady text has; without an empty line behind each,
 * which line ends that were converted twice leave; with lines joined again that were broken behind
 * a blank, RFC 3676; each with composed characters.
 */
export function restoredTexts(lines: string[]): Set<string> {
  const trimmed = strip(lines.map(stripTrailing).join('\n'));
  const guesses = [lines.join('\n'), trimmed, trimmed.replaceAll('\n\n', '\n'), joined(lines)];
  return new Set(guesses.flatMap((text) => [text, text.normalize('NFC')]));
}

function joined(lines: string[]): string {
  const text = lines.map((line) => {
    // A blank at the beginning is there so that the line isn't taken for a quoted one.
    const unstuffed = line.startsWith(' ') ? line.slice(1) : line;
    return unstuffed.endsWith(' ') ? unstuffed : `${unstuffed}\n`;
  });
  return strip(text.join(''));
}
