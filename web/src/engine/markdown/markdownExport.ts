import { type ArchivedMessage, CLAIMED } from './archivedMessage';
import { drawName, endOf } from './exportName';
import { FIELD, type Field, RESERVED } from './field';
import { encoded, writeValue } from './fieldValue';
import { digestOf, type Head, writeHead } from './head';
import { RULE } from './line';
import { writeTime } from './messageTime';
import { isSteady, RULES, withoutHeads } from './steadyText';

/** Characters of a value that stand in one line. */
const LINE = 60;

const FIELD_NAME = /^[a-z][a-z0-9_]{0,20}$/;

/** Whatever ends a line somewhere. */
const LINE_ENDS = /\r\n|[\n\v\f\r\x85\u2028\u2029]/g;

/** What can't be seen, or changes how other text is seen. */
const HARMFUL = /[\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[^\n\t\P{Cc}]|\p{Cs}/gu;

/**
 * Writes messages as Markdown, as the Java client does.
 *
 * @param self whose messages these are
 * @param random what nobody can foresee
 */
export async function writeMarkdown(
  messages: readonly ArchivedMessage[],
  self: string,
  random: (size: number) => Uint8Array,
): Promise<string> {
  const name = drawName(
    messages.map((message) => message.text),
    random,
  );
  return writeNamed(messages, self, name);
}

/** The same under a name that is known. */
export async function writeNamed(
  messages: readonly ArchivedMessage[],
  self: string,
  exportName: string,
): Promise<string> {
  const written: string[] = [];
  for (const [i, message] of messages.entries()) {
    const head = { exportName, number: i + 1, count: messages.length };
    written.push(await writeMessage(message, head, self));
  }
  return messages.length === 0 ? '' : `${written.join('')}${endOf(exportName)}\n`;
}

async function writeMessage(message: ArchivedMessage, head: Head, self: string): Promise<string> {
  const fields = fieldsOf(message, self);
  const digest = await digestOf(head, fields, message.text);
  const lines = [
    RULE,
    writeHead(head),
    ...fields.flatMap(linesOf),
    ...linesOf({ name: FIELD.DIGEST, value: digest }),
    RULE,
    '',
    forPeople(message.text),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function fieldsOf(message: ArchivedMessage, self: string): Field[] {
  const isIncoming = message.senderId === message.contactId;
  const isImported = message.state === 'imported';
  const { state, details } = claimsOf(message);
  const fields = [
    { name: FIELD.ID, value: message.id },
    { name: FIELD.FROM, value: message.senderId },
    { name: FIELD.TO, value: isIncoming ? self : message.contactId },
    { name: FIELD.TIMESTAMP, value: writeTime(message.created) },
    { name: FIELD.STATE, value: state },
    ...(isImported ? [{ name: FIELD.IMPORTED, value: writeValue(true) }] : []),
    ...details.map(([name, value]) => detailOf(name, value)),
  ];
  return isSteady(message.text)
    ? fields
    : [...fields, { name: FIELD.EXACT, value: encoded([message.text]) }];
}

/** Its details and its state; of an imported message what the file said that it came from. */
function claimsOf(message: ArchivedMessage): { state: string; details: [string, unknown][] } {
  if (message.state !== 'imported') {
    return {
      state: message.state,
      details: Object.entries(message.details).filter(([name]) => name !== FIELD.STATE),
    };
  }
  const said = message.details[CLAIMED];
  const claimed: Record<string, unknown> =
    typeof said === 'object' && said !== null && !Array.isArray(said)
      ? (said as Record<string, unknown>)
      : {};
  const state = claimed[FIELD.STATE];
  return {
    state: typeof state === 'string' ? state : 'imported',
    details: Object.entries(claimed).filter(([name]) => name !== FIELD.STATE),
  };
}

function detailOf(name: string, value: unknown): Field {
  return FIELD_NAME.test(name) && !RESERVED.has(name)
    ? { name, value: writeValue(value) }
    : { name: FIELD.DETAIL, value: encoded([name, value]) };
}

function linesOf({ name, value }: Field): string[] {
  const lines = [`${name}: ${value.slice(0, LINE)}`];
  for (let from = LINE; from < value.length; from += LINE) {
    lines.push(`${FIELD.MORE}: ${value.slice(from, from + LINE)}`);
  }
  return lines;
}

/**
 * A text as people see it: what ends a line does, and what can't be seen, or changes how other text
 * is seen, is a mark. It has nothing that begins a message, not even in a file that lacks its
 * beginning.
 */
function forPeople(text: string): string {
  const harmless = text.replace(LINE_ENDS, '\n').replace(HARMFUL, '\ufffd').replace(RULES, '· · ·');
  return withoutHeads(harmless, 'quant·chat');
}
