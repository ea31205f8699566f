import type { AttachedFile } from '../crypto';
import type { SealedFile } from './files/entry';
import { newId } from './ids';
import type { OpenedMessage } from './opening';
import { DAY } from './surroundings';

/** For so long the server has a file. */
const ON_SERVER = 7 * DAY;

/** Files as they came in with a message, not fetched yet. */
export function receivedFiles(
  { envelope, mediaRefs }: Pick<OpenedMessage, 'envelope' | 'mediaRefs'>,
  files: readonly AttachedFile[],
  random: (size: number) => Uint8Array,
): SealedFile[] {
  const refs = mediaRefs.files();
  return files.flatMap((file, i) => {
    const ref = refs[i];
    return ref
      ? [
          {
            fileId: newId(random),
            entry: {
              about: {
                name: file.name,
                type: file.type,
                size: file.size,
                ...(file.pixels ?? {}),
                ...(file.thumbnail ? { thumbnail: file.thumbnail } : {}),
                ...(file.blurhash === undefined ? {} : { blurhash: file.blurhash }),
              },
              sealed: {
                key: file.key.toBytes(),
                size: ref.size,
                sha256: ref.sha256,
                parts: [],
              },
              way: {
                state: 'on_server' as const,
                mediaId: file.mediaId,
                done: 0,
                until: envelope.created + ON_SERVER,
                deletionDue: false,
              },
            },
          },
        ]
      : [];
  });
}
