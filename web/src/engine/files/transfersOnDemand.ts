import type { Change } from '../../store/store';
import type { Attachment, MessageFile } from '../api';
import type { KeptFile, SealedFile } from './entry';
import type { FileTransfers, TransferParts } from './fileTransfers';
import type { ArchivedFile, Transfers } from './transfers';

/** What files need, with the routes that they take loaded as late as they are. */
export interface OnDemandParts extends Omit<TransferParts, 'media' | 'objects'> {
  routes: () => Promise<Pick<TransferParts, 'media' | 'objects'>>;
}

/** Files of messages, whose code is loaded with the first of them. */
export class TransfersOnDemand implements Transfers {
  readonly #parts: OnDemandParts;
  #loading: Promise<FileTransfers> | undefined;
  #loaded: FileTransfers | undefined;
  #isWanted = false;

  constructor(parts: OnDemandParts) {
    this.#parts = parts;
  }

  #load(): Promise<FileTransfers> {
    this.#loading ??= this.#made().catch((failure) => {
      // Without a network, and a new release since: the next call tries again.
      this.#loading = undefined;
      throw failure;
    });
    return this.#loading;
  }

  async #made(): Promise<FileTransfers> {
    const { routes, ...parts } = this.#parts;
    const [{ FileTransfers }, found] = await Promise.all([import('./fileTransfers'), routes()]);
    this.#loaded = new FileTransfers({ ...parts, ...found });
    if (this.#isWanted) {
      this.#loaded.start();
    }
    return this.#loaded;
  }

  /** Undefined where no message has a file. */
  async #ifAny(): Promise<FileTransfers | undefined> {
    const { store } = this.#parts;
    const isAny =
      this.#loaded !== undefined ||
      (await store.count('files')) > 0 ||
      (await store.count('file_makings')) > 0;
    return isAny ? this.#load() : undefined;
  }

  async seal(attachments: Attachment[]): Promise<SealedFile[]> {
    return (await this.#load()).seal(attachments);
  }

  async drop(files: SealedFile[]): Promise<void> {
    if (files.length > 0) {
      await (await this.#load()).drop(files);
    }
  }

  async sweep(): Promise<void> {
    await (await this.#ifAny())?.sweep();
  }

  start(): void {
    this.#isWanted = true;
    if (this.#loaded !== undefined) {
      this.#loaded.start();
    } else {
      this.#ifAny().catch((failure) => this.#parts.failed(failure));
    }
  }

  stop(): void {
    this.#isWanted = false;
    this.#loaded?.stop();
  }

  wake(): void {
    this.#loaded?.wake();
  }

  async open(senderId: string, messageId: string, number: number): Promise<Blob> {
    return (await this.#load()).open(senderId, messageId, number);
  }

  async cancel(senderId: string, messageId: string, number: number): Promise<void> {
    return (await this.#load()).cancel(senderId, messageId, number);
  }

  async added(
    of: { senderId: string; messageId: string; contactId: string },
    files: SealedFile[],
  ): Promise<Change[]> {
    const transfers = files.length > 0 ? await this.#load() : await this.#ifAny();
    return transfers === undefined ? [] : transfers.added(of, files);
  }

  async shown(senderId: string, messageId: string): Promise<MessageFile[]> {
    return (await this.#ifAny())?.shown(senderId, messageId) ?? [];
  }

  async archived(senderId: string, messageId: string): Promise<ArchivedFile[]> {
    return (await this.#ifAny())?.archived(senderId, messageId) ?? [];
  }

  async whenUp(
    senderId: string,
    messageId: string,
    least: number,
  ): Promise<KeptFile[] | undefined> {
    return (await this.#load()).whenUp(senderId, messageId, least);
  }

  async deletion(senderId: string, messageId: string): Promise<Change[]> {
    return (await this.#ifAny())?.deletion(senderId, messageId) ?? [];
  }

  async deletionOfConversation(contactId: string): Promise<Change[]> {
    return (await this.#ifAny())?.deletionOfConversation(contactId) ?? [];
  }

  async reissued(
    senderId: string,
    oldId: string,
    newId: string,
    mayHaveLeft: boolean,
  ): Promise<Change[]> {
    return (await this.#ifAny())?.reissued(senderId, oldId, newId, mayHaveLeft) ?? [];
  }
}
