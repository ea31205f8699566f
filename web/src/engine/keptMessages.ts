import type { Message, MessageSecurity, SearchHit, SearchPage } from './api';
import type { Conversing, ConversingParts } from './conversing';
import { Failure } from './failures';
import type { Shared } from './parts';
import { conversation, emptied } from './stored/conversations';
import { RANK, type StoredMessage } from './stored/message';
import { find } from './stored/messageRows';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import * as ownStreams from './stored/ownStreams';
import * as receiptKeys from './stored/receiptKeys';
import { fileNames, searchText } from './telling';

/** What a person does with messages that are there: sends them again, deletes and searches them. */
export class KeptMessages {
  readonly #parts: ConversingParts;
  readonly #conversing: Conversing;
  readonly #shared: Shared;

  constructor(parts: ConversingParts, conversing: Conversing) {
    this.#parts = parts;
    this.#conversing = conversing;
    this.#shared = parts.shared;
  }

  /** A message that failed goes out again, under a new id. */
  async retry(messageId: string): Promise<Message> {
    const { userId, clock } = this.#shared;
    const { work, telling } = this.#parts;
    const failed = await find(this.#reads, userId, messageId);
    const again =
      failed?.rank === RANK.failed && !failed.details.damaged
        ? await work.outbox.reissue(failed, clock.now())
        : undefined;
    if (!again) {
      throw new Failure('not_found', 'No message of this id has failed.');
    }
    work.written();
    return telling.shown(again);
  }

  async delete(contactId: string, ids: string[]): Promise<void> {
    const { transfers } = this.#parts;
    await this.#shared.transactions.run(async (transaction) => {
      const found: StoredMessage[] = [];
      for (const id of new Set(ids)) {
        const message = await this.#conversing.find(contactId, id);
        if (message) {
          found.push(message);
        }
      }
      for (const { senderId, id, fileCount } of found) {
        if (await outbox.find(transaction, id)) {
          await outbox.remove(transaction, id);
          await ownStreams.neverComes(transaction, id);
        }
        receiptKeys.forget(transaction, senderId, id);
        if (fileCount > 0) {
          transaction.apply(await transfers.deletion(senderId, id));
        }
      }
      await messages.remove(transaction, found);
    });
  }

  /**
   * Deletes all messages with a contact, also those that wait to be sent to them. Which were
   * received is kept in mind: none of them comes in again.
   */
  async deleteAll(contactId: string): Promise<void> {
    await this.#shared.transactions.run(async (transaction) => {
      outbox.removeAll(transaction, contactId);
      receiptKeys.forgetAll(transaction, contactId);
      transaction.apply(await this.#parts.transfers.deletionOfConversation(contactId));
      messages.removeAll(transaction, contactId);
      await emptied(transaction, contactId);
    });
  }

  async security(contactId: string, messageId: string): Promise<MessageSecurity> {
    const { securityOf } = await import('./securitySheet');
    const message = await this.#conversing.found(contactId, messageId);
    const { verified } = await conversation(this.#reads, contactId);
    return securityOf(message, message.details.one_time_keys_on_offer, verified);
  }

  async search(
    query: string,
    options: { contactId?: string; limit: number; next?: string },
  ): Promise<SearchPage> {
    const { rangesIn } = await import('../store/search/words');
    const { ids, next, progress } = await this.#parts.search.find(query, options);
    const hits: SearchHit[] = [];
    for (const key of ids) {
      const [senderId = '', id = ''] = key.split(' ');
      const stored = await find(this.#reads, senderId, id);
      if (stored) {
        const { text } = searchText(stored, await fileNames(this.#reads, stored));
        const ranges = rangesIn(text, query).filter(([, end]) => end <= stored.text.length);
        hits.push({ message: await this.#parts.telling.shown(stored), ranges });
      }
    }
    return { hits, progress, ...(next === undefined ? {} : { next }) };
  }

  get #reads() {
    return this.#shared.transactions.reads;
  }
}
