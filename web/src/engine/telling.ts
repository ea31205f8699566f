import type { Search, SearchText } from '../store/search/types';
import type { Message } from './api';
import type { KeptFile } from './files/entry';
import type { Transfers } from './files/transfers';
import { type StoredMessage, shown } from './stored/message';
import { Table } from './stored/table';
import type { Emit, Told } from './told';
import type { Reads, Transaction, Watch } from './transaction';

export interface TellingParts {
  emit: Emit;
  transfers: Pick<Transfers, 'shown'>;
  search: Pick<Search, 'changesFor' | 'remove'>;
  /** The line of somebody is another. */
  tellLine: (contactId: string) => Promise<void>;
}

/** Keeps the search in step with messages, and tells the screens what was committed, in order. */
export class Telling implements Watch {
  readonly #parts: TellingParts;

  constructor(parts: TellingParts) {
    this.#parts = parts;
  }

  async complete(transaction: Transaction): Promise<void> {
    const { search } = this.#parts;
    const { emptied, removed, added } = transaction.told;
    const gone = [...removed.values()].filter(({ contactId }) => !emptied.has(contactId));
    if (gone.length > 0 || emptied.size > 0) {
      // At once: a commit can't hold two such answers.
      transaction.apply(await search.remove(gone.map(searchTarget), [...emptied]));
    }
    if (added.size > 0) {
      const texts: SearchText[] = [];
      for (const stored of added.values()) {
        texts.push(searchText(stored, await fileNames(transaction, stored)));
      }
      transaction.apply(search.changesFor(texts));
    }
  }

  async tell(told: Told): Promise<void> {
    const { emit } = this.#parts;
    for (const [oldId, stored] of told.reissued) {
      const message = await this.shown(stored);
      emit('reissued', { contactId: stored.contactId, oldId, message });
    }
    for (const contactId of told.emptied) {
      emit('deleted', { contactId });
    }
    for (const [contactId, messages] of byContact(told.removed.values())) {
      const ids = messages.map(({ id }) => id).filter((id) => !told.reissued.has(id));
      if (ids.length > 0 && !told.emptied.has(contactId)) {
        emit('deleted', { contactId, ids });
      }
    }
    for (const [contactId, stored] of byContact(told.changed.values())) {
      emit('messages', {
        contactId,
        messages: await Promise.all(stored.map((it) => this.shown(it))),
      });
    }
    for (const stored of told.received) {
      emit('received', { contactId: stored.contactId, message: await this.shown(stored) });
    }
    for (const { event, told: what } of told.events) {
      (emit as (event: string, told: unknown) => void)(event, what);
    }
    for (const contactId of told.lines) {
      await this.#parts.tellLine(contactId);
    }
  }

  /** A message as the screens have it. */
  async shown(stored: StoredMessage): Promise<Message> {
    const files =
      stored.fileCount === 0 ? [] : await this.#parts.transfers.shown(stored.senderId, stored.id);
    return shown(stored, files);
  }
}

/** What the search knows a message by. */
export function searchTarget({ senderId, id, arrived }: StoredMessage) {
  return { id: `${senderId} ${id}`, time: arrived };
}

export function searchText(stored: StoredMessage, fileNames: string[]): SearchText {
  return {
    ...searchTarget(stored),
    contactId: stored.contactId,
    text: [stored.text, ...fileNames].join('\n'),
  };
}

/** What the files of a message are called. */
export async function fileNames(reads: Reads, stored: StoredMessage): Promise<string[]> {
  if (stored.fileCount === 0) {
    return [];
  }
  const prefix = [stored.senderId, stored.id];
  const files = await new Table<KeptFile>('files').list(reads, { index: 'message', prefix });
  return files.map(({ entry }) => entry.about.name);
}

function byContact(messages: Iterable<StoredMessage>): Map<string, StoredMessage[]> {
  const of = new Map<string, StoredMessage[]>();
  for (const message of messages) {
    of.set(message.contactId, [...(of.get(message.contactId) ?? []), message]);
  }
  return of;
}
