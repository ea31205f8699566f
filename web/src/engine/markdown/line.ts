import { readHead } from './head';
import { strip, stripTrailing } from './strip';

export const RULE = '---';

/** What quoting and indenting put before each line. */
const PREFIX = /^[> \t]+/;

const ANY_RULE = /^(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,})$/;

const BYTE_ORDER_MARK = '\ufeff';

/** One line of a file. */
export interface Line {
  /** From 1 on. */
  number: number;
  /** Without its end. */
  text: string;
  /** What ends it; empty at the end of the file. */
  end: string;
  /** The text without what is invisible around it. */
  bare: string;
}

/** The lines of a file, without what was put before each. */
export function linesOf(file: string): Line[] {
  const lines = split(file);
  const first = lines.find((line) => readHead(line.text.replace(PREFIX, '')) !== undefined);
  const [prefix = ''] = PREFIX.exec(first?.text ?? '') ?? [];
  return prefix === '' ? lines : lines.map((line) => without(line, prefix));
}

function split(file: string): Line[] {
  const lines: Line[] = [];
  for (const [, text = '', end = ''] of file.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (text !== '' || end !== '') {
      lines.push(line(lines.length + 1, text, end));
    }
  }
  return lines;
}

function line(number: number, text: string, end: string): Line {
  const stripped = strip(text);
  const bare = stripped.startsWith(BYTE_ORDER_MARK) ? strip(stripped.slice(1)) : stripped;
  return { number, text, end, bare };
}

function without(from: Line, prefix: string): Line {
  if (from.text.startsWith(prefix)) {
    return line(from.number, from.text.slice(prefix.length), from.end);
  }
  return from.text === stripTrailing(prefix) ? line(from.number, '', from.end) : from;
}

export function isBlankLine(of: Line): boolean {
  return of.bare === '';
}

export function isRule(of: Line): boolean {
  return of.bare === RULE;
}

/** Whether it is a rule, however Markdown may write one. */
export function isAnyRule(of: Line): boolean {
  return ANY_RULE.test(of.bare);
}
