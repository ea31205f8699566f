import { type AttachedFile, fileRefs, type MediaRefs, toHex } from '../../crypto/index';
import type { About, SealedFile } from './entry';

/** For so long the server has a file, milliseconds. */
const ON_SERVER = 7 * 24 * 60 * 60 * 1000;

/** Sets a file's place in tables: 128 random bits. */
export function newFileId(random: (size: number) => Uint8Array): string {
  return toHex(random(16));
}

/**
 * A message's files as they came in, not fetched yet. Of who isn't a contact nothing is fetched that
 * nobody asked for.
 *
 * @param mediaRefs what is said of them outside of the message, in the same order
 * @param created the message's time
 */
export function receivedFiles(
  files: readonly AttachedFile[],
  mediaRefs: MediaRefs,
  of: { created: number; isStranger: boolean },
  random: (size: number) => Uint8Array,
): SealedFile[] {
  const refs = fileRefs(mediaRefs);
  return files.flatMap((file, i) => {
    const ref = refs[i];
    if (ref === undefined) {
      return [];
    }
    return {
      fileId: newFileId(random),
      entry: {
        about: aboutOf(file),
        sealed: { key: file.key.toBytes(), size: ref.size, sha256: ref.sha256, parts: [] },
        way: {
          state: 'on_server',
          mediaId: file.mediaId,
          done: 0,
          until: of.created + ON_SERVER,
          deletionDue: false,
          ...(of.isStranger ? { held: true } : {}),
        },
      },
    };
  });
}

function aboutOf(file: AttachedFile): About {
  const about: About = { name: file.name, type: file.type, size: file.size };
  if (file.pixels !== undefined) {
    about.width = file.pixels.width;
    about.height = file.pixels.height;
  }
  if (file.thumbnail !== undefined) {
    about.thumbnail = file.thumbnail;
  }
  if (file.blurhash !== undefined) {
    about.blurhash = file.blurhash;
  }
  return about;
}
