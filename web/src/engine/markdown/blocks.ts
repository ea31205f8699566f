import { endedBy } from './exportName';
import { FIELD } from './field';
import { type Head, readHead } from './head';
import { isAnyRule, isBlankLine, isRule, type Line } from './line';

const DIGEST = new RegExp(`^${FIELD.DIGEST}:[^\\n\\r\\x85\\u2028\\u2029]*$`);

const ID = new RegExp(
  `^${FIELD.ID}: [0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}[ \\t\\n\\v\\f\\r]*$`,
);

/** The lines of one message. */
export interface Block {
  /** Undefined in an earlier export. */
  head: Head | undefined;
  /** Of the message in its export; in an earlier one, in the file. */
  number: number;
  /** On which it begins. */
  line: number;
  fields: Line[];
  /** The lines of the text, and blank ones around it. */
  body: Line[];
}

/**
 * Finds the messages of a file. From the first line of a message on, until its export ends, only
 * lines with the export's name begin another: whatever texts hold is text.
 */
export function blocksOf(lines: Line[]): Block[] {
  return new BlockReader(lines).read();
}

class BlockReader {
  readonly #lines: Line[];
  readonly #heads: (Head | undefined)[];
  readonly #ends: (string | undefined)[];
  readonly #trusted: Set<string>;
  readonly #blocks: Block[] = [];
  #at = 0;

  constructor(lines: Line[]) {
    this.#lines = lines;
    this.#heads = lines.map((line) => readHead(line.text));
    this.#ends = lines.map((line) => endedBy(line.bare));
    this.#trusted = repeated(lines.map((_, i) => this.#heads[i]?.exportName ?? this.#ends[i]));
  }

  read(): Block[] {
    while (this.#at < this.#lines.length) {
      const head = this.#heads[this.#at];
      const line = this.#lines[this.#at];
      if (head !== undefined) {
        this.#export(head);
      } else if (line !== undefined && this.#beginsEarlier(this.#at)) {
        this.#earlier(line);
      } else {
        this.#at++;
      }
    }
    return this.#blocks;
  }

  /** All of one export. */
  #export(first: Head): void {
    let next: Head | undefined = first;
    while (next !== undefined) {
      next = this.#message(next);
    }
  }

  /** One message; the head of the next one of its export, at which the reader then is. */
  #message(head: Head): Head | undefined {
    const line = this.#lines[this.#at]?.number ?? 0;
    let end = this.#at + 1;
    while (end < this.#lines.length && !this.#isEdge(end, head.exportName)) {
      end++;
    }
    const all = this.#lines.slice(this.#at + 1, end);
    const fields = countOfFields(all);
    const found = this.#heads[end];
    const next = found?.exportName === head.exportName ? found : undefined;
    this.#blocks.push({
      head,
      number: head.number,
      line,
      fields: all.slice(0, fields),
      body: withoutRules(all.slice(fields), next !== undefined),
    });
    this.#at = found !== undefined ? end : Math.min(end + 1, this.#lines.length);
    return next;
  }

  #isEdge(index: number, exportName: string): boolean {
    const head = this.#heads[index];
    return (
      this.#ends[index] === exportName ||
      (head !== undefined && (head.exportName === exportName || !this.#trusted.has(exportName)))
    );
  }

  /** A rule, and an id below it, in lines that end alike. */
  #beginsEarlier(index: number): boolean {
    const rule = this.#lines[index];
    const id = this.#lines[index + 1];
    return (
      rule !== undefined &&
      id !== undefined &&
      isRule(rule) &&
      rule.end === id.end &&
      ID.test(id.text)
    );
  }

  /**
   * A message of an earlier export. Its texts may hold any other line end, so only lines that end
   * as its first one does are its structure.
   */
  #earlier(first: Line): void {
    const style = first.end;
    let fields = this.#at + 1;
    while (fields < this.#lines.length && !this.#isRuleOf(fields, style)) {
      fields++;
    }
    const from = Math.min(fields + 1, this.#lines.length);
    let to = from;
    while (to < this.#lines.length && !this.#isNextEarlier(to, style)) {
      to++;
    }
    this.#blocks.push({
      head: undefined,
      number: this.#blocks.length + 1,
      line: first.number,
      fields: this.#lines.slice(Math.min(this.#at + 1, fields), fields),
      body: this.#lines.slice(from, to),
    });
    this.#at = to;
  }

  #isNextEarlier(index: number, style: string): boolean {
    return (
      this.#isRuleOf(index, style) &&
      (this.#beginsEarlier(index) || this.#heads[index + 1] !== undefined)
    );
  }

  #isRuleOf(index: number, style: string): boolean {
    const line = this.#lines[index];
    if (line === undefined || !isRule(line)) {
      return false;
    }
    const isLast = index === this.#lines.length - 1;
    const isBehindAnother = index === 0 || this.#lines[index - 1]?.end === style;
    return isBehindAnother && (line.end === style || isLast);
  }
}

/** Names that stand more than once. One that doesn't is damaged, or of a damaged export. */
function repeated(names: (string | undefined)[]): Set<string> {
  const once = new Set<string>();
  const repeatedly = new Set<string>();
  for (const name of names) {
    if (name !== undefined) {
      (once.has(name) ? repeatedly : once).add(name);
    }
  }
  return repeatedly;
}

/** Up to the digest, and the lines that go on with it. */
function countOfFields(all: Line[]): number {
  const digest = all.findIndex((line) => DIGEST.test(line.bare));
  let fields = digest < 0 ? all.length : digest + 1;
  while (all[fields]?.bare.startsWith(`${FIELD.MORE}: `)) {
    fields++;
  }
  return fields;
}

/** Without the rule that ends the head, and the one that begins the next. */
function withoutRules(body: Line[], hasNext: boolean): Line[] {
  const first = body.findIndex((line) => !isBlankLine(line));
  let from = first < 0 ? body.length : first;
  const begin = body[from];
  from = begin !== undefined && isAnyRule(begin) ? from + 1 : from;
  let to = Math.max(from, body.findLastIndex((line) => !isBlankLine(line)) + 1);
  const end = body[to - 1];
  to = hasNext && to > from && end !== undefined && isAnyRule(end) ? to - 1 : to;
  return body.slice(from, to);
}
