import { isWhole, LONGEST_TEXT } from '../crypto';
import type { Search } from '../store/search/types';
import type { Attachment, Message, MessagePage, PagePlace } from './api';
import type { AtWork } from './atWork';
import { Failure } from './failures';
import type { SealedFile } from './files/entry';
import type { Transfers } from './files/transfers';
import type { KeptMessages } from './keptMessages';
import type { Shared } from './parts';
import { arrange, conversation } from './stored/conversations';
import { isIncoming, RANK, type StoredMessage } from './stored/message';
import { beside, find, unread } from './stored/messageRows';
import * as messages from './stored/messages';
import * as outbox from './stored/outbox';
import * as requests from './stored/requests';
import type { Telling } from './telling';

/** Bytes. */
const LONGEST_TEXT_WITH_FILES = 20_000;
const MOST_FILES = 10;

const BROKEN = 'This text holds half of a character, such as a part of an emoji. Write it again.';

export interface ConversingParts {
  shared: Shared;
  work: AtWork;
  transfers: Transfers;
  telling: Telling;
  search: Search;
  /** Whether others are told that their messages were read. */
  tellsRead: () => Promise<boolean>;
}

/** What a person does in conversations. */
export class Conversing {
  readonly #parts: ConversingParts;
  readonly #shared: Shared;

  constructor(parts: ConversingParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
  }

  async page(contactId: string, place: PagePlace, limit: number): Promise<MessagePage> {
    const most = Math.max(1, Math.floor(limit));
    if ('at' in place) {
      const { firstUnread } = await this.#line(contactId);
      return place.at === 'first_unread' && firstUnread !== undefined
        ? this.#around(contactId, firstUnread, most)
        : this.#before(contactId, undefined, most);
    }
    if ('around' in place) {
      return this.#around(contactId, place.around, most);
    }
    return 'before' in place
      ? this.#before(contactId, place.before, most)
      : this.#after(contactId, place.after, most);
  }

  async #before(
    contactId: string,
    before: number | undefined,
    limit: number,
  ): Promise<MessagePage> {
    const side = before === undefined ? {} : { before };
    const rows = await beside(this.#reads, contactId, side, limit + 1);
    const hasEarlier = rows.length > limit;
    return this.#pageOf(hasEarlier ? rows.slice(1) : rows, hasEarlier, before !== undefined);
  }

  async #after(contactId: string, after: number, limit: number): Promise<MessagePage> {
    const rows = await beside(this.#reads, contactId, { after }, limit + 1);
    return this.#pageOf(rows.slice(0, limit), true, rows.length > limit);
  }

  async #around(contactId: string, id: string, limit: number): Promise<MessagePage> {
    const middle = await this.find(contactId, id);
    if (!middle) {
      return this.#before(contactId, undefined, limit);
    }
    const half = Math.floor(limit / 2);
    const { place } = middle;
    const earlier = await beside(this.#reads, contactId, { before: place }, half + 1);
    const later = await beside(this.#reads, contactId, { after: place }, limit - half);
    return this.#pageOf(
      [...earlier.slice(-half || earlier.length), middle, ...later.slice(0, limit - half - 1)],
      earlier.length > half,
      later.length > limit - half - 1,
    );
  }

  async #pageOf(
    rows: StoredMessage[],
    hasEarlier: boolean,
    hasLater: boolean,
  ): Promise<MessagePage> {
    return { messages: await this.#shown(rows), hasEarlier, hasLater };
  }

  #shown(rows: StoredMessage[]): Promise<Message[]> {
    return Promise.all(rows.map((row) => this.#parts.telling.shown(row)));
  }

  get #reads() {
    return this.#shared.transactions.reads;
  }

  #line(contactId: string) {
    return conversation(this.#reads, contactId);
  }

  /** One of a conversation, whoever has sent it. */
  async find(contactId: string, id: string): Promise<StoredMessage | undefined> {
    const own = await find(this.#reads, this.#shared.userId, id);
    const found = own ?? (await find(this.#reads, contactId, id));
    return found?.contactId === contactId ? found : undefined;
  }

  async found(contactId: string, id: string): Promise<StoredMessage> {
    const found = await this.find(contactId, id);
    if (!found) {
      throw new Failure('not_found', 'That message is not here any more.');
    }
    return found;
  }

  /** What is done with messages that are there is loaded when it is. */
  async kept(): Promise<KeptMessages> {
    const { KeptMessages } = await import('./keptMessages');
    return new KeptMessages(this.#parts, this);
  }

  /**
   * Writes a message; it goes out as soon as it can.
   *
   * @param request asked again, it gives the message that it made
   */
  async send(
    contactId: string,
    text: string,
    attachments: Attachment[],
    request?: string,
  ): Promise<Message> {
    requireSendable(text, attachments.length);
    // Where it was done, the files need not be there any more.
    const done = request === undefined ? undefined : await this.#done(request);
    if (done) {
      return this.#parts.telling.shown(done);
    }
    const { transfers, work } = this.#parts;
    const files = attachments.length === 0 ? [] : await transfers.seal(attachments);
    let isKept = false;
    try {
      const kept = await this.#keep(contactId, text, files, request);
      isKept = kept.isNew;
      if (isKept) {
        this.#shared.step('written');
        work.written();
      }
      return this.#parts.telling.shown(kept.message);
    } finally {
      if (!isKept && files.length > 0) {
        await transfers.drop(files);
      }
    }
  }

  async #done(request: string): Promise<StoredMessage | undefined> {
    const id = await requests.messageOf(this.#reads, request);
    return id === undefined ? undefined : find(this.#reads, this.#shared.userId, id);
  }

  async #keep(
    contactId: string,
    text: string,
    files: SealedFile[],
    request: string | undefined,
  ): Promise<{ message: StoredMessage; isNew: boolean }> {
    const { userId, clock, transactions } = this.#shared;
    const { work, transfers } = this.#parts;
    const known = await work.serverTime();
    return transactions.run(async (transaction) => {
      const before =
        request === undefined ? undefined : await requests.messageOf(transaction, request);
      const done = before && (await find(transaction, userId, before));
      if (done) {
        return { message: done, isNew: false };
      }
      const now = clock.now();
      const id = work.mintId(now);
      const message = await messages.add(transaction, {
        senderId: userId,
        id,
        contactId,
        created: now,
        arrived: now,
        rank: RANK.sending,
        text,
        details: {},
        times: {},
        fileCount: files.length,
      });
      if (!message) {
        throw new Error('An id was minted twice.');
      }
      if (files.length > 0) {
        const of = { senderId: userId, messageId: id, contactId };
        transaction.apply(await transfers.added(of, files));
      }
      await outbox.add(transaction, {
        messageId: id,
        contactId,
        ...(known === undefined ? {} : { known }),
      });
      await arrange(transaction, contactId, { draft: '' });
      if (request !== undefined) {
        await requests.keep(transaction, request, id);
      }
      return { message, isNew: true };
    });
  }

  async markRead(contactId: string, shown: string[] | undefined): Promise<void> {
    const { transactions, clock } = this.#shared;
    const owe = await this.#parts.tellsRead();
    await transactions.run(async (transaction) => {
      const rows = shown
        ? (await Promise.all(shown.map((id) => find(transaction, contactId, id)))).flatMap((row) =>
            row ? [row] : [],
          )
        : await unread(transaction, contactId);
      const fresh = rows.filter((row) => isIncoming(row) && row.rank < RANK.read);
      await messages.read(transaction, fresh, clock.now(), owe);
      await arrange(transaction, contactId, { markedUnread: false });
    });
    this.#parts.work.tellReceipts();
  }
}

function requireSendable(text: string, files: number): void {
  if (!isWhole(text)) {
    throw new Failure('broken_text', BROKEN);
  }
  const size = new TextEncoder().encode(text).length;
  const longest = files === 0 ? LONGEST_TEXT : LONGEST_TEXT_WITH_FILES;
  if (size > longest) {
    throw new Failure(
      'too_long',
      `This text is too long: a message has at most ${longest} bytes. Split it.`,
    );
  }
  if (size === 0 && files === 0) {
    throw new Failure('too_short', 'There is nothing to send. Write something first.');
  }
  if (files > MOST_FILES) {
    throw new Failure('too_many_files', `A message has at most ${MOST_FILES} files.`);
  }
}
