import { type Bytes, concat } from './bytes';
import { CanonicalJson } from './canonicalJson';
import { CONTENT_LIMITS, type Content, type TextContent } from './content';
import { Numbers } from './numbers';
import { LONGEST_TEXT } from './padding';
import { placeToMap, readPlace, readReplaced, replacedToMap } from './placeForm';
import { Refused, require } from './refused';
import { quoted, strictText, tolerantText, utf8 } from './texts';
import { WireFields } from './wireFields';
import { WireTime } from './wireTime';

// What few messages have, files and requests, is loaded with the first of them.

export const FIELD = 'content';
/** What no UTF-8 holds: it begins and ends the header. */
const MARK = 0xff;
/** Bytes of a header, its mark included: more is nobody's. */
const MOST_HEADER = 8 * 1024;
/** The same with files: their thumbnails alone are up to 21,848 characters. */
const MOST_HEADER_WITH_FILES = 48 * 1024;

/**
 * A plain text in UTF-8, which every program reads.
 *
 * @throws {Refused} MALFORMED for half a surrogate pair
 */
export function encodePlain(text: string): Bytes {
  return utf8(FIELD, text);
}

/**
 * As it is sealed; nothing where that is longer than a message may be: then it goes plain. What has
 * files can't: it has to be split.
 *
 * @throws {Refused} MALFORMED for half a surrogate pair, a place or a file twice; EXTENDED for too
 *     many of something, and for a text with files that is too long
 */
export async function encodeText(content: TextContent): Promise<Bytes | undefined> {
  requireFew(content.noMore.spans.length, CONTENT_LIMITS.noMore);
  requireFew(content.replaces.length, CONTENT_LIMITS.replaces);
  const hasFiles = content.files.length > 0;
  const files = hasFiles && (await import('./filesForm')).filesToList(content.files);
  const header = {
    kind: 'text',
    stream: {
      ...placeToMap(content.place),
      ...(!content.noMore.isEmpty && { void: content.noMore.spans }),
    },
    ...(content.replaces.length > 0 && { replaces: content.replaces.map(replacedToMap) }),
    ...(content.written !== undefined && { written: WireTime.format(content.written) }),
    ...(files && { files }),
  };
  const whole = joined(header, utf8(FIELD, content.text));
  const isShortEnough = whole.length <= LONGEST_TEXT;
  require(isShortEnough || !hasFiles, 'EXTENDED', FIELD);
  return isShortEnough ? whole : undefined;
}

/**
 * Reads what was sealed.
 *
 * @throws {Refused} MALFORMED, MISSING, EXTENDED or UNEXPECTED; UNKNOWN_CONTENT for a kind of a
 *     program to come
 */
export async function decodeContent(plaintext: Uint8Array): Promise<Content> {
  if (plaintext[0] !== MARK) {
    return { kind: 'plain', text: tolerantText(plaintext) };
  }
  const end = plaintext.indexOf(MARK, 1);
  require(end > 0, 'MALFORMED', FIELD);
  require(end <= MOST_HEADER_WITH_FILES, 'EXTENDED', FIELD);
  const json = CanonicalJson.read(FIELD, plaintext.subarray(1, end));
  const header = new WireFields(json, `${FIELD}.`);
  require(end <= MOST_HEADER || header.has('files'), 'EXTENDED', FIELD);
  const text = plaintext.subarray(end + 1);
  const kind = header.text('kind');
  switch (kind) {
    case 'text':
      return readText(header, text);
    case 'again':
      return (await import('./againForm')).readAgain(header, text);
    default:
      throw new Refused('UNKNOWN_CONTENT', `${FIELD} of the kind ${quoted(kind)}`);
  }
}

async function readText(header: WireFields, text: Uint8Array): Promise<TextContent> {
  require(text.length > 0 || header.has('files'), 'MISSING', FIELD);
  const stream = header.object('stream');
  return {
    kind: 'text',
    text: strictText(FIELD, text),
    place: readPlace(stream),
    noMore: stream.has('void')
      ? Numbers.from(stream.list('void', CONTENT_LIMITS.noMore))
      : Numbers.NONE,
    replaces: header.has('replaces')
      ? header.objects('replaces', CONTENT_LIMITS.replaces).map(readReplaced)
      : [],
    written: header.has('written') ? header.time('written') : undefined,
    files: header.has('files') ? (await import('./filesForm')).readFiles(header) : [],
  };
}

export function requireFew(count: number, most: number): void {
  require(count <= most, 'EXTENDED', FIELD);
}

/** A header, and what follows it. */
export function joined(header: Record<string, unknown>, text: Uint8Array): Bytes {
  const mark = Uint8Array.of(MARK);
  return concat(mark, CanonicalJson.write(FIELD, header), mark, text);
}
