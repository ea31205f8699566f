import { Refused } from '../../crypto/index';
import type { Clock } from '../../protocol/clock';
import { LoginRequired, ServerRefusal, Unreachable } from '../../protocol/failures';
import { Lane } from '../../protocol/lane';
import type { MediaApi } from '../../protocol/mediaApi';
import type { ObjectClient } from '../../protocol/objectClient';
import type { Change, Store } from '../../store/store';
import type { Attachment, MessageFile } from '../api';
import { Retries } from '../link/retries';
import { DUE, isHere, type KeptFile, type SealedFile, waiting } from './entry';
import { deleted, FileError } from './fileError';
import {
  addedFiles,
  deleteFile,
  filesDue,
  filesOf,
  filesWith,
  MovingFiles,
  putFile,
  type Queue,
} from './fileRows';
import { Pieces } from './pieces';
import { shownFile } from './shown';
import type { ArchivedFile, Outgoing, Transfers } from './transfers';

/** Files up to this size are fetched when their message comes. Bytes. */
const FETCHED_AT_ONCE = 16 << 20;

const WHAT_SEALING_ADDS = 64 << 10;

/** How often it is told how far a file is, milliseconds. */
const TOLD = 100;

const NO_FILES = "Their program can't take files: nothing was sent. They have to update it first.";

/** What files need of the rest of the engine. */
export interface TransferParts {
  store: Store;
  /** Work that reads and commits takes its turn in the engine's queue. */
  queue: Queue;
  media: Pick<MediaApi, 'begin' | 'renew' | 'complete' | 'download' | 'delete'>;
  objects: Pick<ObjectClient, 'put' | 'get'>;
  outgoing: Outgoing;
  /** Whether a refusal of this status, of HTTP, stands whenever the same is asked again. */
  isForGood(status: number): boolean;
  clock: Clock;
  random(size: number): Uint8Array;
  /** Tells how far a file is. */
  moved(contactId: string, messageId: string, file: MessageFile): void;
  /** Tells what a person should know, and nobody asked for. */
  failed(failure: unknown): void;
}

/**
 * Files on their way, beside all else: up, before their message goes out; down by themselves where
 * they aren't large. One up and one down at a time.
 */
export class FileTransfers implements Transfers {
  readonly #parts: TransferParts;
  readonly #files: MovingFiles;
  readonly #pieces: Pieces;
  readonly #retries: Retries;
  readonly #up = new Lane();
  readonly #down = new Lane();
  /** What is on its way now, by the files' ids. */
  readonly #moving = new Map<string, AbortController>();
  #isWanted = false;
  #isDue = false;
  #isRunning = false;
  #disarm: () => void = () => {};
  /** When it was last told how far each is, by their ids. */
  readonly #told = new Map<string, number>();

  constructor(parts: TransferParts) {
    this.#parts = parts;
    this.#files = new MovingFiles(parts.store, parts.queue);
    this.#pieces = new Pieces(parts.store, parts.queue);
    this.#retries = new Retries(() => fraction(parts.random(4)));
  }

  // ---- of messages

  async seal(attachments: Attachment[]): Promise<SealedFile[]> {
    const { OutgoingFiles } = await import('./outgoingFiles');
    return new OutgoingFiles(this.#pieces, this.#parts.random).seal(attachments);
  }

  drop(files: SealedFile[]): Promise<void> {
    return this.#pieces.drop(files.map((file) => file.fileId));
  }

  sweep(): Promise<void> {
    return this.#pieces.sweep();
  }

  added(
    of: { senderId: string; messageId: string; contactId: string },
    files: SealedFile[],
  ): Promise<Change[]> {
    return addedFiles(this.#parts.store, of, files);
  }

  async shown(senderId: string, messageId: string): Promise<MessageFile[]> {
    const files = await filesOf(this.#parts.store, senderId, messageId);
    return Promise.all(files.map(async (file) => shownFile(file, await this.#movedOf(file))));
  }

  async #movedOf(file: KeptFile): Promise<number> {
    const { state, done } = file.entry.way;
    return state === 'fetching' ? this.#pieces.size(file.fileId) : done;
  }

  async archived(senderId: string, messageId: string): Promise<ArchivedFile[]> {
    const files = await filesOf(this.#parts.store, senderId, messageId);
    return files.map(({ entry: { about } }) => {
      const { name, type, size, digest } = about;
      return { name, type, size, ...(digest === undefined ? {} : { sha256: digest }) };
    });
  }

  async whenUp(
    senderId: string,
    messageId: string,
    least: number,
  ): Promise<KeptFile[] | undefined> {
    const { store } = this.#parts;
    const files = await filesOf(store, senderId, messageId);
    const late = files.filter(
      ({ entry: { way } }) => way.state === 'sent' && way.until !== undefined && way.until < least,
    );
    if (late.length > 0) {
      await store.commit(late.map((file) => putFile(anew(file))));
    }
    const isUp = files.every(({ entry: { way } }) => way.state === 'sent');
    if (isUp && late.length === 0) {
      return files;
    }
    this.wake();
    return undefined;
  }

  async deletion(senderId: string, messageId: string): Promise<Change[]> {
    return this.#deletion(await filesOf(this.#parts.store, senderId, messageId));
  }

  async deletionOfConversation(contactId: string): Promise<Change[]> {
    return this.#deletion(await filesWith(this.#parts.store, contactId));
  }

  #deletion(files: KeptFile[]): Change[] {
    for (const { fileId } of files) {
      this.#moving.get(fileId)?.abort(deleted());
    }
    return files.flatMap((file) => deleteFile(file.fileId));
  }

  async reissued(
    senderId: string,
    oldId: string,
    newId: string,
    mayHaveLeft: boolean,
  ): Promise<Change[]> {
    const files = await filesOf(this.#parts.store, senderId, oldId);
    return files.map((file) => {
      const isAnew = mayHaveLeft && file.entry.way.state === 'sent';
      return putFile({ ...(isAnew ? anew(file) : file), messageId: newId });
    });
  }

  // ---- on their way

  start(): void {
    this.#isWanted = true;
    this.wake();
  }

  stop(): void {
    this.#isWanted = false;
    this.#disarm();
    for (const moving of this.#moving.values()) {
      moving.abort(new Stopped());
    }
  }

  wake(): void {
    if (this.#isWanted) {
      this.#isDue = true;
      this.#disarm();
      this.#run();
    }
  }

  #run(): void {
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#worked().catch((failure) => this.#parts.failed(failure));
    }
  }

  async #worked(): Promise<void> {
    try {
      while (this.#isDue && this.#isWanted) {
        this.#isDue = false;
        const [isUp, isDown] = await Promise.all([this.#upload(), this.#fetch()]);
        if (isUp && isDown) {
          this.#retries.reset();
        } else if (!this.#isDue && this.#isWanted) {
          this.#disarm = this.#parts.clock.after(this.#retries.next(), () => this.wake());
        }
      }
    } catch (failure) {
      // Where the password is needed again, the link says so.
      if (!(failure instanceof LoginRequired)) {
        throw failure;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** Brings to the server what is to go out; whether nothing is left that another try may help. */
  #upload(): Promise<boolean> {
    return this.#up.run(() =>
      this.#heeded(async () => {
        const held = new Set<string>();
        for (const file of await filesDue(this.#parts.store, DUE.UPLOAD)) {
          const isNext =
            this.#isWanted &&
            !held.has(file.messageId) &&
            (await this.#parts.outgoing.waits(file.messageId));
          if (isNext && !(await this.#isUp(file))) {
            held.add(file.messageId);
          }
        }
        return held.size === 0;
      }),
    );
  }

  async #isUp(file: KeptFile): Promise<boolean> {
    const { outgoing, isForGood, failed } = this.#parts;
    try {
      if (file.entry.way.mediaId === undefined && !(await outgoing.takesFiles(file.contactId))) {
        await outgoing.refused(file.messageId, NO_FILES);
        return true;
      }
      const { Uploads } = await import('./uploads');
      const uploads = new Uploads(this.#moves());
      await this.#moved(file, (signal) => uploads.upload(file, signal));
      if (await this.#areUp(file)) {
        outgoing.ready(file.messageId);
      }
      return true;
    } catch (failure) {
      if (failure instanceof Stopped || failure instanceof Cancelled) {
        return true;
      }
      if (failure instanceof FileError) {
        await outgoing.refused(file.messageId, failure.message);
        return true;
      }
      if (failure instanceof ServerRefusal && isForGood(failure.status)) {
        await outgoing.refused(file.messageId, failure.message);
        return true;
      }
      if (failure instanceof ServerRefusal) {
        failed(failure);
        this.#retries.heed(failure);
        return false;
      }
      if (failure instanceof Refused) {
        // The outbox says why, for the message waits there.
        return false;
      }
      throw failure;
    }
  }

  async #areUp(of: KeptFile): Promise<boolean> {
    const files = await filesOf(this.#parts.store, of.senderId, of.messageId);
    return files.every(({ entry: { way } }) => way.state === 'sent');
  }

  /** Fetches what has come and isn't large, and has the server forget what is here. */
  #fetch(): Promise<boolean> {
    return this.#down.run(() =>
      this.#heeded(async () => {
        let isDone = true;
        for (const file of await filesDue(this.#parts.store, DUE.FETCH)) {
          if (this.#isWanted && goesByItself(file)) {
            isDone = (await this.#isFetched(file)) && isDone;
          }
        }
        const { Downloads } = await import('./downloads');
        for (const file of await filesDue(this.#parts.store, DUE.DELETION)) {
          if (this.#isWanted) {
            await new Downloads(this.#moves()).forget(file);
          }
        }
        return isDone;
      }),
    );
  }

  /** Where there is no room, it is tried when something else wakes it, not again and again. */
  async #isFetched(file: KeptFile): Promise<boolean> {
    try {
      await this.#fetched(file);
      return true;
    } catch (failure) {
      if (failure instanceof Stopped || failure instanceof Cancelled) {
        return true;
      }
      if (failure instanceof FileError) {
        if (failure.code !== 'not_found') {
          this.#parts.failed(failure);
        }
        return true;
      }
      if (failure instanceof ServerRefusal) {
        this.#parts.failed(failure);
        this.#retries.heed(failure);
        return false;
      }
      throw failure;
    }
  }

  async #fetched(file: KeptFile): Promise<KeptFile | undefined> {
    const { Downloads } = await import('./downloads');
    return this.#moved(file, (signal) => new Downloads(this.#moves()).fetch(file, signal));
  }

  async #heeded(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (failure) {
      if (failure instanceof Unreachable) {
        this.#retries.heed(failure);
        return false;
      }
      throw failure;
    }
  }

  // ---- on demand

  async open(senderId: string, messageId: string, number: number): Promise<Blob> {
    const found = await this.#find(senderId, messageId, number);
    const file = isHere(found.entry.way.state)
      ? found
      : await this.#down.run(() => this.#here(senderId, messageId, number));
    const { open } = await import('./opening');
    return open(await this.#pieces.blob(file.fileId), file.entry);
  }

  async #here(senderId: string, messageId: string, number: number): Promise<KeptFile> {
    let file = await this.#find(senderId, messageId, number);
    if (file.entry.way.state === 'on_server' || file.entry.way.state === 'fetching') {
      const fetched = await this.#fetched(file);
      if (fetched === undefined) {
        throw deleted();
      }
      file = fetched;
      this.wake();
    }
    if (!isHere(file.entry.way.state)) {
      const fault = file.entry.way.fault ?? 'it is gone';
      throw new FileError('not_found', `The file isn't here: ${fault}.`);
    }
    return file;
  }

  async #find(senderId: string, messageId: string, number: number): Promise<KeptFile> {
    const files = await filesOf(this.#parts.store, senderId, messageId);
    const file = files.find((each) => each.number === number);
    if (file === undefined) {
      throw new FileError('not_found', 'There is no such file.');
    }
    return file;
  }

  async cancel(senderId: string, messageId: string, number: number): Promise<void> {
    const file = await this.#find(senderId, messageId, number);
    const { state } = file.entry.way;
    if (state === 'waiting' || state === 'uploading') {
      await this.#parts.outgoing.refused(messageId, 'You stopped sending its file.');
      this.#moving.get(file.fileId)?.abort(new Cancelled());
    } else if (state === 'on_server' || state === 'fetching') {
      this.#moving.get(file.fileId)?.abort(new Cancelled());
      const held = await this.#files.move(file.fileId, (way) =>
        way.state === 'on_server' || way.state === 'fetching'
          ? { ...way, state: 'on_server', held: true }
          : way,
      );
      if (held !== undefined) {
        this.#parts.moved(held.contactId, messageId, shownFile(held, 0));
      }
    }
  }

  // ---- how it moves

  #moves() {
    const { media, objects } = this.#parts;
    const moved = (file: KeptFile, bytes: number) => this.#tell(file, bytes);
    return { files: this.#files, pieces: this.#pieces, media, objects, moved };
  }

  async #moved<T>(file: KeptFile, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const moving = new AbortController();
    this.#moving.set(file.fileId, moving);
    try {
      return await work(moving.signal);
    } finally {
      this.#moving.delete(file.fileId);
      this.#told.delete(file.fileId);
    }
  }

  #tell(file: KeptFile, bytes: number): void {
    const now = this.#parts.clock.elapsed();
    const isWhole = bytes === 0 || bytes >= file.entry.sealed.size;
    if (isWhole || now - (this.#told.get(file.fileId) ?? Number.NEGATIVE_INFINITY) > TOLD) {
      this.#told.set(file.fileId, now);
      this.#parts.moved(file.contactId, file.messageId, shownFile(file, bytes));
    }
  }
}

/** What isn't large, and nobody has held back. */
function goesByItself({ entry: { sealed, way } }: KeptFile): boolean {
  return sealed.size <= FETCHED_AT_ONCE + WHAT_SEALING_ADDS && way.held !== true;
}

function anew(file: KeptFile): KeptFile {
  return { ...file, entry: { ...file.entry, way: waiting() } };
}

/** From 0 to 1, without 1. */
function fraction(bytes: Uint8Array): number {
  return bytes.reduce((sum, octet) => (sum + octet) / 256, 0);
}

/** The program has enough for now. */
class Stopped extends Error {
  override name = 'Stopped';
}

/** A person doesn't want it. */
class Cancelled extends FileError {
  constructor() {
    super('cancelled', 'It was cancelled.');
  }
}
