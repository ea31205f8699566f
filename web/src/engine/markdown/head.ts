import { encodeBase64url } from './base64url';
import { FIELD, type Field } from './field';
import { asciiJson } from './json';
import { strip } from './strip';

const VERSION = '2';

const BLANK = '[ \\t\\n\\v\\f\\r]';
const LINE = new RegExp(
  `^${FIELD.EXPORT}:${BLANK}*${VERSION}${BLANK}+([0-9a-f]{16})${BLANK}+([0-9]{1,9})/([0-9]{1,9})$`,
);

const DIGESTED = `quantchat export ${VERSION}`;

/** The first line of a message in an export, and what its digest is made over. */
export interface Head {
  /** What the export calls itself: 64 random bits, in hexadecimal. */
  exportName: string;
  /** Of the message in the export, from 1 on. */
  number: number;
  count: number;
}

export function writeHead(head: Head): string {
  return `${FIELD.EXPORT}: ${VERSION} ${head.exportName} ${head.number}/${head.count}`;
}

/** What a line says, whatever blanks are around it; undefined where it is no such line. */
export function readHead(line: string): Head | undefined {
  if (!line.includes(FIELD.EXPORT)) {
    return undefined;
  }
  const [, exportName, number, count] = LINE.exec(strip(line)) ?? [];
  return exportName === undefined
    ? undefined
    : { exportName, number: Number(number), count: Number(count) };
}

/** Over all that a message is; two that differ in anything have different ones. */
export async function digestOf(
  head: Head,
  fields: readonly Field[],
  text: string,
): Promise<string> {
  const all = [
    DIGESTED,
    head.exportName,
    head.number,
    head.count,
    ...fields.flatMap((field) => [field.name, field.value]),
    text,
  ];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(asciiJson(all)));
  return encodeBase64url(String.fromCharCode(...new Uint8Array(digest)));
}
