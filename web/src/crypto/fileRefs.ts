import type { AttachedFile } from './attachedFile';
import { HASH_SIZE } from './hash';
import { type MediaRef, MediaRefs } from './mediaRefs';
import { require, requireSize } from './refused';
import { WireFields } from './wireFields';

const FIELD = 'media_refs';
/** The last character holds the last four bits: the two others of it are 0. */
const ID_FORM = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** @throws {Refused} MALFORMED */
export function requireMediaId(field: string, mediaId: string): void {
  require(ID_FORM.test(mediaId), 'MALFORMED', field);
}

/**
 * What is said of a message's files.
 *
 * @throws {Refused} where they are not all of files: MISSING, MALFORMED, TRUNCATED or EXTENDED
 */
export function fileRefs({ values }: MediaRefs): MediaRef[] {
  return new WireFields({ [FIELD]: values }).objects(FIELD, MediaRefs.MOST).map(readRef);
}

/**
 * Refuses what isn't said of the same files as inside, in the same order.
 *
 * @throws {Refused} WRONG_MEDIA, or what `fileRefs` says
 */
export function requireRefsOf(files: readonly AttachedFile[], mediaRefs: MediaRefs): void {
  require(mediaRefs.values.length === files.length, 'WRONG_MEDIA', FIELD);
  const refs = fileRefs(mediaRefs);
  for (const [i, file] of files.entries()) {
    const ref = refs[i];
    const isOfFile = ref?.mediaId === file.mediaId && ref.size === file.sealedSize;
    require(isOfFile, 'WRONG_MEDIA', `${FIELD}[${i}]`);
  }
}

function readRef(fields: WireFields): MediaRef {
  const ref = {
    mediaId: fields.text('id'),
    size: fields.number('size'),
    sha256: fields.bytes('sha256', HASH_SIZE),
  };
  requireMediaId(`${FIELD}.id`, ref.mediaId);
  requireSize(`${FIELD}.size`, ref.size, 1, Number.MAX_SAFE_INTEGER);
  return ref;
}
