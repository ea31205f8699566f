import type { Change, Row, Store } from '../../store/store';
import { type Due, dueOf, type FileEntry, type KeptFile, type SealedFile } from './entry';

export type Reads = Pick<Store, 'get' | 'list'>;

export const FILES = 'files';
export const PIECES = 'file_pieces';
export const MAKINGS = 'file_makings';

/** A row is as {@link putFile} wrote it: the store authenticates it. */
function kept(row: Row): KeptFile {
  const { due: _, ...file } = row;
  return file as unknown as KeptFile;
}

export function putFile(file: KeptFile): Change {
  return { op: 'put', table: FILES, row: { ...file, due: dueOf(file.entry.way) } };
}

/** A file and its sealed bytes. */
export function deleteFile(fileId: string): Change[] {
  return [{ op: 'delete', table: FILES, key: [fileId] }, deletePieces(fileId)];
}

export function deletePieces(fileId: string): Change {
  return { op: 'deleteAll', table: PIECES, prefix: [fileId] };
}

export async function findFile(reads: Reads, fileId: string): Promise<KeptFile | undefined> {
  const row = await reads.get(FILES, [fileId]);
  return row && kept(row);
}

/** A message's files, in their order. */
export async function filesOf(
  reads: Reads,
  senderId: string,
  messageId: string,
): Promise<KeptFile[]> {
  const prefix = [senderId, messageId];
  return (await reads.list(FILES, { index: 'message', prefix })).map(kept);
}

export async function filesWith(reads: Reads, contactId: string): Promise<KeptFile[]> {
  return (await reads.list(FILES, { index: 'contact', prefix: [contactId] })).map(kept);
}

/** Files for which something is to be done, those that came first, first. */
export async function filesDue(reads: Reads, due: Due): Promise<KeptFile[]> {
  return (await reads.list(FILES, { index: 'due', prefix: [due] })).map(kept);
}

/** Changes of a message's files, in the place of what there was of that id. */
export async function addedFiles(
  reads: Reads,
  of: { senderId: string; messageId: string; contactId: string },
  files: SealedFile[],
): Promise<Change[]> {
  const former = await filesOf(reads, of.senderId, of.messageId);
  return [
    ...former.flatMap((file) => deleteFile(file.fileId)),
    ...files.flatMap(({ fileId, entry }, i): Change[] => [
      putFile({ fileId, entry, ...of, number: i + 1 }),
      { op: 'delete', table: MAKINGS, key: [fileId] },
    ]),
  ];
}

/** Work that reads and commits, while nothing else does. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** Files whose rows change while they move. */
export class MovingFiles {
  readonly #store: Store;
  readonly #queue: Queue;

  constructor(store: Store, queue: Queue) {
    this.#store = store;
    this.#queue = queue;
  }

  find(fileId: string): Promise<KeptFile | undefined> {
    return findFile(this.#store, fileId);
  }

  /** A file as it is then; undefined where it was deleted meanwhile. */
  change(
    fileId: string,
    to: (entry: FileEntry) => FileEntry,
    also: Change[] = [],
  ): Promise<KeptFile | undefined> {
    return this.#queue(async () => {
      const file = await findFile(this.#store, fileId);
      if (file === undefined) {
        return undefined;
      }
      const next = { ...file, entry: to(file.entry) };
      await this.#store.commit([putFile(next), ...also]);
      return next;
    });
  }

  move(
    fileId: string,
    to: (way: FileEntry['way']) => FileEntry['way'],
    also: Change[] = [],
  ): Promise<KeptFile | undefined> {
    return this.change(fileId, (entry) => ({ ...entry, way: to(entry.way) }), also);
  }
}
