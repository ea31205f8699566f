import { type ArchivedMessage, UnreadableError } from './archivedMessage';
import type { Block } from './blocks';
import { BEFORE } from './exportName';
import { FIELD } from './field';
import { readPlain } from './fieldValue';
import { MessageFields } from './messageFields';

/** A line of a text that was escaped. */
const ESCAPED = /(^|\n)\\(\\*---)(?=\n|$)/g;

/** What the original client leaves behind a text; one more line end may follow. */
const INDENTED_END = /\n {2}\n*(?=(?:\r\n|[\n\r\x85\u2028\u2029])?$)/;

/**
 * Reads a message of an export that has no digests, as well as can be. Throws an UnreadableError
 * where it can't be read.
 *
 * @param isCertain whether it is known in which encoding the file is
 */
export function readEarlier(block: Block, self: string, isCertain: boolean): ArchivedMessage {
  const fields = new MessageFields();
  for (const line of block.fields) {
    const colon = line.text.indexOf(': ');
    if (colon < 1) {
      throw new UnreadableError(`line ${line.number} is no field of it`);
    }
    fields.add(line.text.slice(0, colon), readPlain(line.text.slice(colon + 2)));
  }
  const text = textOf(block, fields);
  if (fields.has(FIELD.DIGEST) || fields.has(FIELD.EXACT) || text.includes(BEFORE)) {
    throw new UnreadableError(`the line ${FIELD.EXPORT} of it is missing`);
  }
  if (!isCertain && /[\x80-\uffff]/.test(text)) {
    throw new UnreadableError("the file isn't UTF-8");
  }
  fields.drop(FIELD.IMPORTED);
  return fields.message(text, self);
}

/** Without the empty lines around it. */
function textOf(block: Block, fields: MessageFields): string {
  const body = block.body.map((line) => line.text + line.end).join('');
  const isWindows = block.fields[0]?.end === '\r\n';
  const ended = isWindows ? body.replaceAll('\r\n', '\n') : body;
  const lines = ended.endsWith('\n') ? ended : `${ended}\n`;
  const start = lines.startsWith('\n') ? 1 : 0;
  if (!fields.has(FIELD.STATE) && INDENTED_END.test(lines)) {
    return lines.slice(start).replace(INDENTED_END, '');
  }
  const end = lines.endsWith('\n\n') ? lines.length - 2 : lines.length - 1;
  return lines.slice(start, Math.max(start, end)).replace(ESCAPED, '$1$2');
}
