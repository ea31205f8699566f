import { AttachedFile, MOST_THUMBNAIL } from './attachedFile';
import { Base64Text } from './base64Text';
import { CONTENT_LIMITS } from './content';
import { FileKey } from './fileKey';
import { require } from './refused';
import type { WireFields } from './wireFields';

const FIELD = 'content.files';

/**
 * The files of a message as they stand in its header.
 *
 * @throws {Refused} EXTENDED, or MALFORMED for a file twice
 */
export function filesToList(files: readonly AttachedFile[]): Record<string, unknown>[] {
  requireTogether(files);
  return files.map((file) => ({
    id: file.mediaId,
    key: Base64Text.encode(file.key.toBytes()),
    name: file.name,
    type: file.type,
    size: file.size,
    ...file.pixels,
    ...(file.thumbnail && { thumbnail: Base64Text.encode(file.thumbnail) }),
    ...(file.blurhash !== undefined && { blurhash: file.blurhash }),
  }));
}

/** One at least. */
export function readFiles(header: WireFields): AttachedFile[] {
  const files = header.objects('files', CONTENT_LIMITS.files).map(readFile);
  require(files.length > 0, 'TRUNCATED', FIELD);
  requireTogether(files);
  return files;
}

/**
 * What files of one message must be beside each other.
 *
 * @throws {Refused} EXTENDED, or MALFORMED for a file twice
 */
function requireTogether(files: readonly AttachedFile[]): void {
  require(files.length <= CONTENT_LIMITS.files, 'EXTENDED', FIELD);
  const ids = new Set(files.map((file) => file.mediaId));
  require(ids.size === files.length, 'MALFORMED', FIELD);
  const thumbnails = files.reduce((sum, file) => sum + (file.thumbnail?.length ?? 0), 0);
  require(thumbnails <= MOST_THUMBNAIL, 'EXTENDED', `${FIELD}.thumbnail`);
}

function readFile(fields: WireFields): AttachedFile {
  return new AttachedFile({
    mediaId: fields.text('id'),
    key: FileKey.of(fields.bytes('key', FileKey.SIZE)),
    name: fields.text('name'),
    type: fields.text('type'),
    size: fields.number('size'),
    pixels: readPixels(fields),
    thumbnail: fields.has('thumbnail') ? fields.bytes('thumbnail', 1, MOST_THUMBNAIL) : undefined,
    blurhash: fields.has('blurhash') ? fields.text('blurhash') : undefined,
  });
}

/** Both or neither. */
function readPixels(fields: WireFields): { width: number; height: number } | undefined {
  return fields.has('width') || fields.has('height')
    ? { width: fields.number('width'), height: fields.number('height') }
    : undefined;
}
