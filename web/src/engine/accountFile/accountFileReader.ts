import type { Search } from '../../store/search/types';
import type { Key, Store } from '../../store/store';
import type { ImportResult } from '../api';
import { putFile } from '../files/fileRows';
import { newFileId } from '../files/received';
import type { Shared } from '../parts';
import { arrange, conversation } from '../stored/conversations';
import * as heard from '../stored/heard';
import { identity, keepCopiedIdentity } from '../stored/identity';
import { isImported, type StoredMessage } from '../stored/message';
import * as messages from '../stored/messages';
import { OwnBundleStore } from '../stored/ownBundles';
import { PeerStore } from '../stored/peers';
import * as receiptKeys from '../stored/receiptKeys';
import * as received from '../stored/received';
import * as sentBefore from '../stored/sentBefore';
import type { Transaction } from '../transaction';
import { BroughtAccount } from './broughtAccount';
import { linesOf } from './lines';
import * as refusals from './refusals';

/** Messages that are looked up at once. */
const AT_ONCE = 1000;

export interface ReadingParts {
  shared: Shared;
  store: Pick<Store, 'getMany'>;
  search: Pick<Search, 'renew'>;
}

/**
 * Brings an account file into a store. Where there is no identity, the file's is the store's from
 * then on, and it has to go on as one that was brought. Where the same one is there, what the store
 * knows stays, and what it doesn't is added.
 *
 * @throws Failure where it isn't whole, is under another passphrase, or of another account or
 *     identity
 */
export async function readAccountFile(
  file: Blob,
  passphrase: string,
  parts: ReadingParts,
): Promise<ImportResult> {
  const brought = await BroughtAccount.read(linesOf(file, passphrase));
  if (brought.userId !== parts.shared.userId) {
    throw refusals.otherAccount(brought.email);
  }
  return parts.shared.transactions.run((transaction) =>
    new AccountFileReader(parts, transaction, brought).keep(),
  );
}

/** What was read goes into the store, in one commit. */
class AccountFileReader {
  readonly #parts: ReadingParts;
  readonly #transaction: Transaction;
  readonly #brought: BroughtAccount;

  constructor(parts: ReadingParts, transaction: Transaction, brought: BroughtAccount) {
    this.#parts = parts;
    this.#transaction = transaction;
    this.#brought = brought;
  }

  async keep(): Promise<ImportResult> {
    await this.#keepIdentity();
    await this.#keepPeers();
    await this.#keepStreams();
    const there = await this.#whatIsThere();
    const added = this.#brought.messages.filter((_, i) => {
      const before = there[i];
      return !before || (isImported(before) && !isImported(this.#message(i)));
    });
    await this.#keepReceiptKeys(there);
    await this.#keepMessages(added.map(({ message }) => message));
    this.#keepFiles(added);
    for (const { contactId, ...arranged } of this.#brought.arranged) {
      const { draft } = await conversation(this.#transaction, contactId);
      await arrange(this.#transaction, contactId, draft === '' ? arranged : { ...arranged, draft });
    }
    // All is read anew: it is too much to be told one by one.
    this.#transaction.told.events.push({ event: 'resumed', told: null });
    const here = this.#brought.messages.length - added.length;
    return { added: added.length, here, unverified: 0, refused: [] };
  }

  #message(i: number): Pick<StoredMessage, 'rank'> {
    return this.#brought.messages[i]?.message ?? { rank: 0 };
  }

  async #keepIdentity(): Promise<void> {
    const transaction = this.#transaction;
    const { bundle, identity: keys } = this.#brought;
    const here = await identity(transaction);
    if (here) {
      if (!here.identity.equals(keys.identity)) {
        throw refusals.otherIdentity();
      }
      return;
    }
    keepCopiedIdentity(transaction, keys);
    if (bundle) {
      const bundles = new OwnBundleStore();
      bundles.keep(transaction, bundle);
      await bundles.published(transaction, bundle.bundle.version);
    }
  }

  async #keepPeers(): Promise<void> {
    const peers = new PeerStore();
    for (const seen of this.#brought.seen) {
      await peers.bringSeen(this.#transaction, seen);
    }
    for (const { peer, verified } of this.#brought.peers) {
      if ((await peers.bring(this.#transaction, peer)) && verified) {
        await arrange(this.#transaction, peer.userId, { verified });
      }
    }
  }

  /** Of somebody of whom something was heard here, what was heard elsewhere is older. */
  async #keepStreams(): Promise<void> {
    const transaction = this.#transaction;
    const isNew = new Map<string, boolean>();
    for (const each of this.#brought.heard) {
      const { senderId } = each;
      if (!isNew.has(senderId)) {
        isNew.set(senderId, (await heard.last(transaction, senderId)) === undefined);
      }
      if (isNew.get(senderId)) {
        await heard.keep(transaction, each);
      }
    }
    await sentBefore.bring(transaction, this.#brought.sent);
    for (const key of this.#brought.received) {
      received.bring(transaction, key);
    }
  }

  /** What is stored of each of the messages. */
  async #whatIsThere(): Promise<(StoredMessage | undefined)[]> {
    const keys = this.#brought.messages.map(({ message }): Key => [message.senderId, message.id]);
    const there: (StoredMessage | undefined)[] = [];
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const rows = await this.#parts.store.getMany('messages', keys.slice(from, from + AT_ONCE));
      there.push(...(rows as unknown as (StoredMessage | undefined)[]));
    }
    return there;
  }

  /** A message that is here has its key, or has no more use for one. */
  async #keepReceiptKeys(there: (StoredMessage | undefined)[]): Promise<void> {
    const here = new Set(
      there.flatMap((row) => (row && !isImported(row) ? [`${row.senderId} ${row.id}`] : [])),
    );
    for (const { key, ...of } of this.#brought.receiptKeys) {
      const isHere = here.has(`${of.senderId} ${of.messageId}`);
      if (!isHere && !(await receiptKeys.find(this.#transaction, of.senderId, of.messageId))) {
        receiptKeys.keep(this.#transaction, of, key);
      }
    }
  }

  async #keepMessages(added: StoredMessage[]): Promise<void> {
    const ofContacts = new Map<string, StoredMessage[]>();
    for (const message of added) {
      const of = ofContacts.get(message.contactId);
      if (of) {
        of.push(message);
      } else {
        ofContacts.set(message.contactId, [message]);
      }
    }
    for (const [contactId, of] of ofContacts) {
      await messages.bring(this.#transaction, contactId, of);
    }
    if (added.length > 0) {
      this.#transaction.apply(await this.#parts.search.renew());
    }
  }

  #keepFiles(added: BroughtAccount['messages']): void {
    const { random } = this.#parts.shared;
    for (const { message, files } of added) {
      const { senderId, id: messageId, contactId } = message;
      this.#transaction.apply(
        files.map((entry, i) =>
          putFile({
            fileId: newFileId(random),
            senderId,
            messageId,
            contactId,
            number: i + 1,
            entry,
          }),
        ),
      );
    }
  }
}
