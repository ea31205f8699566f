import type { ImportResult } from './api';
import { Failure } from './failures';
import type { ArchivedFile, Transfers } from './files/transfers';
import type { ArchivedMessage } from './markdown/archivedMessage';
import type { ReadMessage } from './markdown/reading';
import type { Shared } from './parts';
import { RANK, type StoredMessage, stateOf } from './stored/message';
import { beside, find } from './stored/messageRows';
import * as messages from './stored/messages';
import type { Transaction } from './transaction';

/** Messages that are read at once. */
const AT_ONCE = 1000;

/** Messages that one transaction brings in. */
const BATCH = 200;

/** Brings conversations out of the store, and back, as Markdown. */
export class Archive {
  readonly #shared: Shared;
  readonly #transfers: Pick<Transfers, 'archived'>;

  constructor(shared: Shared, transfers: Pick<Transfers, 'archived'>) {
    this.#shared = shared;
    this.#transfers = transfers;
  }

  async export(contactId: string): Promise<Blob> {
    const { writeMarkdown } = await import('./markdown/markdownExport');
    const all: ArchivedMessage[] = [];
    for await (const rows of this.#rows(contactId)) {
      for (const row of rows) {
        all.push(archived(row, await this.#filesOf(row)));
      }
    }
    const text = await writeMarkdown(all, this.#shared.userId, this.#shared.random);
    return new Blob([text], { type: 'text/markdown;charset=utf-8' });
  }

  /** What is said of its files stands in the text, with their hashes. */
  async #filesOf(row: StoredMessage): Promise<ArchivedFile[]> {
    return row.fileCount === 0 ? [] : this.#transfers.archived(row.senderId, row.id);
  }

  async *#rows(contactId: string): AsyncGenerator<StoredMessage[]> {
    let after = -1;
    for (;;) {
      const { reads } = this.#shared.transactions;
      const rows = await beside(reads, contactId, { after }, AT_ONCE);
      if (rows.length === 0) {
        return;
      }
      yield rows;
      after = rows.at(-1)?.place ?? after;
    }
  }

  /** Adds messages of an export; those that are here stay as they are. */
  async import(file: Blob): Promise<ImportResult> {
    const { readMarkdown } = await import('./markdown/markdownImport');
    const { fileText } = await import('./markdown/fileText');
    const { NoExportError } = await import('./markdown/archivedMessage');
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      const { read, refused } = await readMarkdown(fileText(bytes), this.#shared.userId);
      const result: ImportResult = { added: 0, here: 0, unverified: 0, refused: [...refused] };
      for (let from = 0; from < read.length; from += BATCH) {
        await this.#add(read.slice(from, from + BATCH), result);
      }
      return result;
    } catch (failure) {
      throw failure instanceof NoExportError ? new Failure('no_export', failure.message) : failure;
    }
  }

  async #add(read: ReadMessage[], result: ImportResult): Promise<void> {
    const counted = await this.#shared.transactions.run(async (transaction) => {
      const counts = { added: 0, here: 0, unverified: 0 };
      const refused: ImportResult['refused'] = [];
      for (const each of read) {
        const hindrance = await hindranceOf(transaction, each.message);
        if (hindrance !== undefined) {
          const { number, line, message } = each;
          refused.push({ number, line, messageId: message.id, reason: hindrance });
        } else if (await messages.addImported(transaction, claimed(each.message))) {
          counts.added++;
          counts.unverified += Number(!each.isVerified);
        } else {
          counts.here++;
        }
      }
      return { ...counts, refused };
    });
    result.added += counted.added;
    result.here += counted.here;
    result.unverified += counted.unverified;
    result.refused.push(...counted.refused);
  }
}

function archived(row: StoredMessage, files: ArchivedFile[]): ArchivedMessage {
  const { id, senderId, contactId, created, rank, text, details } = row;
  const withFiles =
    files.length > 0 && rank !== RANK.imported ? { ...details, files } : { ...details };
  return { id, senderId, contactId, created, state: stateOf(rank), text, details: withFiles };
}

/** The one place in which something becomes imported: no file can say that it isn't. */
function claimed(message: ArchivedMessage): Omit<StoredMessage, 'place'> {
  const { id, senderId, contactId, created, state, text, details } = message;
  return {
    id,
    senderId,
    contactId,
    created,
    arrived: created,
    rank: RANK.imported,
    text,
    details: { claimed: { state, ...details } },
    times: {},
    fileCount: 0,
  };
}

/** Why a message can't come in; nothing where it can, or is here. */
async function hindranceOf(
  transaction: Transaction,
  message: ArchivedMessage,
): Promise<string | undefined> {
  const there = await find(transaction, message.senderId, message.id);
  if (!there) {
    return message.text === '' && 'damaged' in message.details
      ? "it couldn't be read any more when it was exported"
      : undefined;
  }
  const isSame =
    there.contactId === message.contactId &&
    there.created === message.created &&
    there.text === message.text;
  return isSame ? undefined : 'another message of its id is here, and stays as it is';
}
