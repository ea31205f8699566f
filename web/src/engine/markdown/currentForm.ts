import { type ArchivedMessage, UnreadableError } from './archivedMessage';
import type { Block } from './blocks';
import { FIELD, type Field, STRUCTURE } from './field';
import { decoded, readText, readValue } from './fieldValue';
import { digestOf, type Head } from './head';
import { isAnyRule } from './line';
import { MessageFields } from './messageFields';
import { restoredTexts } from './restored';
import { strip } from './strip';

/** No steady text has it. */
const PART_OF_RULE = '--';

/**
 * Reads a message that has a digest: exactly as it was written, or not at all. Throws an
 * UnreadableError where that can't be shown.
 */
export async function readCurrent(
  head: Head,
  block: Block,
  self: string,
): Promise<ArchivedMessage> {
  const fields = fieldsOf(block);
  const last = fields.pop();
  if (last?.name !== FIELD.DIGEST) {
    throw new UnreadableError('its fields are incomplete');
  }
  for (const text of candidates(fields, block)) {
    if ((await digestOf(head, fields, text)) === last.value) {
      return messageOf(fields, text, self);
    }
  }
  throw new UnreadableError("it isn't as it was when it was exported");
}

function* candidates(fields: Field[], block: Block): Generator<string, void, void> {
  const exact = fields.find((field) => field.name === FIELD.EXACT);
  const text = exact === undefined ? undefined : readText(exact.value);
  if (text !== undefined) {
    yield text;
  }
  yield* restoredTexts(textOf(block));
}

/**
 * What is written for people holds no rule, and no part of one: behind it is a message that lost
 * its beginning.
 */
function textOf(block: Block): string[] {
  const end = block.body.findIndex((line) => isAnyRule(line) || line.text.includes(PART_OF_RULE));
  return block.body.slice(0, end < 0 ? undefined : end).map((line) => line.text);
}

function fieldsOf(block: Block): Field[] {
  const fields: Field[] = [];
  for (const line of block.fields) {
    if (line.bare === '') {
      continue;
    }
    const colon = line.bare.indexOf(':');
    if (colon < 1) {
      throw new UnreadableError(`line ${line.number} is no field of it`);
    }
    const name = strip(line.bare.slice(0, colon));
    const value = strip(line.bare.slice(colon + 1));
    if (name !== FIELD.MORE) {
      fields.push({ name, value });
      continue;
    }
    const above = fields.at(-1);
    if (above !== undefined) {
      above.value += value;
    }
  }
  return fields;
}

function messageOf(written: Field[], text: string, self: string): ArchivedMessage {
  const fields = new MessageFields();
  for (const { name, value } of written) {
    if (name === FIELD.EXACT || name === FIELD.IMPORTED) {
      continue;
    }
    if (STRUCTURE.has(name)) {
      fields.add(name, value);
    } else if (name === FIELD.DETAIL) {
      const [detail, said] = decoded(value, 2);
      if (typeof detail !== 'string' || STRUCTURE.has(detail)) {
        throw new UnreadableError('a detail of it has no name');
      }
      fields.add(detail, said);
    } else {
      fields.add(name, readValue(value));
    }
  }
  return fields.message(text, self);
}
