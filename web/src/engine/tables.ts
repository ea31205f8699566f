import { SEARCH_TABLES } from '../store/search/tables';
import type { Schema } from '../store/store';
import { ACCOUNT_TABLES } from './account/tables';
import { FILE_TABLES } from './files/tables';
import { PEOPLE_TABLES } from './people/tables';

/**
 * What the engine stores. Keys and indexed fields are in clear: ids, times, states, and which of a
 * few things a row is. All that people wrote, and every secret, is in other fields, which are
 * sealed.
 *
 * A field that is there only while something is so (`unreadOf`, `owed`...) makes an index of just
 * those rows. `seq` counts in the order in which rows were made.
 */
export const ENGINE_TABLES = {
  /** Single values by name. */
  state: { key: ['name'], indexes: {} },

  /**
   * A conversation's messages lie in the order in which they came in or were written here, whatever
   * the clocks said: `place` is microseconds since 1970 by the clock here, and always one behind
   * all that are there. What an import brings stands where its time says.
   */
  messages: {
    key: ['senderId', 'id'],
    indexes: {
      place: ['contactId', 'place'],
      /** Received, and not read. */
      unread: ['unreadOf', 'place'],
      /** A receipt is to be sent. */
      owed: ['owed', 'place'],
      /** A receipt was sent while nobody was seen to be there. */
      missed: ['missedBy', 'place'],
    },
  },
  /** What the list shows of each conversation; written with the messages that it is made of. */
  conversations: { key: ['contactId'], indexes: {} },

  /** Messages on their way out, in the order in which they were written. */
  outbox: {
    key: ['position'],
    indexes: { message: ['messageId'], contact: ['contactId', 'position'] },
  },
  /** By contact the epoch of what is sealed for them, and the last number. */
  streams: { key: ['contactId'], indexes: {} },
  /** Under which number each own message was sealed, by the ids under which it went out. */
  sent: {
    key: ['messageId'],
    indexes: {
      place: ['contactId', 'epoch', 'number'],
      current: ['currentId', 'seq'],
      order: ['contactId', 'seq'],
      /** What won't come. */
      void: ['voidOf', 'number'],
    },
  },

  /** What has come of what others have numbered, and what hasn't. */
  heard: {
    key: ['senderId', 'epoch'],
    indexes: { sender: ['senderId', 'seq'], open: ['openSince'] },
  },
  /** Messages that came in and were taken, each once. */
  received: { key: ['senderId', 'messageId'], indexes: {} },
  /** Messages that can't be opened here, and that their senders are asked to seal again. */
  asked: { key: ['senderId', 'messageId'], indexes: {} },
  /** Messages that were refused; `keptOf` where it is kept for a look, too. */
  refusals: {
    key: ['senderId', 'messageId', 'variant'],
    indexes: { sender: ['senderId', 'firstSeen'], kept: ['keptOf', 'firstSeen'] },
  },
  /** When somebody's keys were last asked for because of what came in their name. */
  askings: { key: ['userId'], indexes: { when: ['when'] } },
  /** What receipts are proved by. */
  receipt_keys: { key: ['senderId', 'messageId'], indexes: { contact: ['contactId'] } },

  /** Pins: who people are, and what strength was had with them. */
  peers: { key: ['userId'], indexes: {} },
  /** By its fingerprint, the version of an identity's newest bundle. */
  identities: { key: ['fingerprint'], indexes: {} },
  /** One-time prekeys that the directory handed out; those of no more use have no `unspentOf`. */
  prekeys: { key: ['keyId'], indexes: { unspent: ['unspentOf', 'seq'] } },

  own_keys: {
    key: ['keyId'],
    indexes: { kind: ['kind', 'created'], retired: ['retired'] },
  },
  own_bundles: { key: ['version'], indexes: {} },
  /** Batches of which it isn't known that the directory has them. */
  own_batches: { key: ['batchId'], indexes: {} },

  /** Which message each of the last requests to write one has made. */
  requests: { key: ['requestId'], indexes: { message: ['messageId'], order: ['seq'] } },

  ...ACCOUNT_TABLES,
  ...PEOPLE_TABLES,
  ...FILE_TABLES,
  ...SEARCH_TABLES,
} as const satisfies Schema;
