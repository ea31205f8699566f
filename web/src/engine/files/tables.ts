import type { Schema } from '../../store/store';

/**
 * Files of messages. A file is sealed before it is stored; its sealed bytes are pieces, which lie
 * beside each other by their offset.
 *
 * Each piece is of a file that has a row in `files`, or in `file_makings` while its message isn't
 * stored yet: what dies in between is swept when the store is opened. A file's row and its pieces
 * are deleted in one commit.
 */
export const FILE_TABLES = {
  /** A message's file: what it is, its key, and how far it is. */
  files: {
    key: ['fileId'],
    indexes: {
      message: ['senderId', 'messageId', 'number'],
      contact: ['contactId'],
      /** What is still to be done: see {@link Due}. */
      due: ['due', 'messageId', 'number'],
    },
  },
  /** Sealed bytes, as they go to the server and come from there: `bytes` is a Blob. */
  file_pieces: { key: ['fileId', 'offset'], indexes: {} },
  /** Files that are being sealed, and have no message yet. */
  file_makings: { key: ['fileId'], indexes: {} },
} as const satisfies Schema;
