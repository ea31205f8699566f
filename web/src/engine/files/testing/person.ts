import { AttachedFile, FileKey, MediaRefs } from '../../../crypto/index';
import { Lane } from '../../../protocol/lane';
import { FakeClock, settled } from '../../../protocol/testing/fakeClock';
import { MemoryDisk, MemoryStore } from '../../../store/memory';
import type { Attachment, MessageFile } from '../../api';
import type { KeptFile } from '../entry';
import { FileTransfers, type TransferParts } from '../fileTransfers';
import { receivedFiles } from '../received';
import { FILE_TABLES } from '../tables';

/** What files are asked of a server, and of the storage under its links. */
export type FileServer = TransferParts['media'] & TransferParts['objects'];

export const ANN = 'ann';
export const BEN = 'ben';

/** Milliseconds. */
const LONGEST_WAIT = 100_000;

/** Bytes of a seed: the same again for the same seed. */
export function seeded(seed: number): (size: number) => Uint8Array<ArrayBuffer> {
  let state = seed | 0;
  return (size) => {
    const bytes = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      bytes[i] = state >>> 24;
    }
    return bytes;
  };
}

/** The files of one person's program, which may die and be opened again on the same disk. */
export class Person {
  readonly id: string;
  readonly server: FileServer;
  readonly clock = new FakeClock();
  readonly disk: MemoryDisk;
  readonly store: MemoryStore;
  readonly parts: TransferParts;
  readonly transfers: FileTransfers;
  readonly ready: string[] = [];
  readonly refused: [messageId: string, reason: string][] = [];
  readonly failures: unknown[] = [];
  readonly told: MessageFile[] = [];
  /** What waits in the outbox. */
  readonly waiting = new Set<string>();
  takesFiles = true;
  readonly #random: (size: number) => Uint8Array<ArrayBuffer>;

  constructor(id: string, server: FileServer, seed: number, disk = new MemoryDisk()) {
    this.id = id;
    this.server = server;
    this.disk = disk;
    this.#random = seeded(seed);
    this.store = new MemoryStore(FILE_TABLES, disk);
    const queue = new Lane();
    this.parts = {
      store: this.store,
      queue: (work) => queue.run(work),
      media: server,
      objects: server,
      outgoing: {
        waits: async (messageId) => this.waiting.has(messageId),
        takesFiles: async () => this.takesFiles,
        ready: (messageId) => this.ready.push(messageId),
        refused: async (messageId, reason) => {
          this.waiting.delete(messageId);
          this.refused.push([messageId, reason]);
        },
      },
      isForGood: (status) => status === 400 || status === 413,
      clock: this.clock,
      random: this.#random,
      moved: (_contactId, _messageId, file) => this.told.push(file),
      failed: (failure) => this.failures.push(failure),
    };
    this.transfers = new FileTransfers(this.parts);
  }

  /** Seals files, and stores their message. */
  async send(messageId: string, attachments: Attachment[]): Promise<void> {
    const files = await this.transfers.seal(attachments);
    const of = { senderId: this.id, messageId, contactId: this.id === ANN ? BEN : ANN };
    await this.store.commit(await this.transfers.added(of, files));
    this.waiting.add(messageId);
    this.transfers.wake();
  }

  /** A message's files as they are sealed into it; undefined while not all are on the server. */
  sent(messageId: string, least = 0): Promise<KeptFile[] | undefined> {
    return this.transfers.whenUp(this.id, messageId, least);
  }

  /** Gets a message with files. */
  async receive(messageId: string, files: KeptFile[], isStranger = false): Promise<void> {
    const attached = files.map(({ entry: { about, sealed, way } }) => {
      const { width, height, thumbnail, blurhash } = about;
      return new AttachedFile({
        mediaId: way.mediaId ?? '',
        key: FileKey.of(sealed.key),
        name: about.name,
        type: about.type,
        size: about.size,
        pixels: width === undefined || height === undefined ? undefined : { width, height },
        thumbnail,
        blurhash,
      });
    });
    const refs = MediaRefs.of(
      attached.map((file, i) => file.ref(files[i]?.entry.sealed.sha256 ?? new Uint8Array())),
    );
    const of = { created: this.clock.now(), isStranger };
    const received = receivedFiles(attached, refs, of, this.#random);
    const contactId = this.id === ANN ? BEN : ANN;
    await this.store.commit(
      await this.transfers.added({ senderId: contactId, messageId, contactId }, received),
    );
    this.transfers.wake();
  }

  /** What is shown of a message's files. */
  shown(senderId: string, messageId: string): Promise<MessageFile[]> {
    return this.transfers.shown(senderId, messageId);
  }

  async states(senderId: string, messageId: string): Promise<string[]> {
    return (await this.shown(senderId, messageId)).map((file) => file.state);
  }

  /** Waits for real work, which takes its time; ends what never comes. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    const end = performance.now() + LONGEST_WAIT;
    while (!(await isSo())) {
      if (performance.now() > end) {
        throw new Error('It never came to that.');
      }
      await settled();
    }
  }

  /** Rows of a table. */
  async count(table: keyof typeof FILE_TABLES): Promise<number> {
    return new MemoryStore(FILE_TABLES, this.disk).count(table);
  }
}

export function attachment(
  name: string,
  content: Uint8Array<ArrayBuffer> | string,
  keepMetadata = false,
): Attachment {
  return { file: new File([content], name), keepMetadata };
}
