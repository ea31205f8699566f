import { AttachedFile, type Bytes, FileKey, MediaRefs } from '../../crypto/index';
import { Unsendable } from '../sealing';
import type { KeptFile } from './entry';

const GONE =
  "A file of it isn't here: send the message from where its files are, or write it anew.";

export interface Attached {
  files: AttachedFile[];
  mediaRefs: MediaRefs;
}

/**
 * A message's files as they are sealed into it, and what is said of them outside.
 *
 * @throws Unsendable where one isn't here any more
 */
export function attached(kept: KeptFile[]): Attached {
  const files = kept.map(attachedFile);
  return { files, mediaRefs: MediaRefs.of(files.map((file, i) => file.ref(shaOf(kept[i])))) };
}

/** A file as it is sealed into its message. */
function attachedFile({ entry }: KeptFile): AttachedFile {
  const { about, sealed, way } = entry;
  const { width, height } = about;
  if (way.state === 'gone') {
    throw new Unsendable(GONE);
  }
  if (way.mediaId === undefined) {
    throw new Error('A file is sent before it is on the server.');
  }
  return new AttachedFile({
    mediaId: way.mediaId,
    key: FileKey.of(sealed.key),
    name: about.name,
    type: about.type,
    size: about.size,
    pixels: width === undefined || height === undefined ? undefined : { width, height },
    thumbnail: about.thumbnail,
    blurhash: about.blurhash,
  });
}

function shaOf(file: KeptFile | undefined): Bytes {
  return file?.entry.sealed.sha256 ?? new Uint8Array();
}
