import type { Schema } from '../store';

/**
 * The search's own tables; the engine's schema takes them in with `...SEARCH_TABLES`.
 *
 * `searchTail`: the messages that were written since the last fold, in rows by the order of writing. `searchBlocks`: about a thousand messages each, never changed: a new block takes the
 * place of an old one. `searchDirectory`: one row, which names the blocks; its key is its revision,
 * so that two changes made on the same ground can't both be stored.
 */
export const SEARCH_TABLES = {
  searchTail: { key: ['order', 'id'], indexes: {} },
  searchBlocks: { key: ['block'], indexes: {} },
  searchDirectory: { key: ['revision'], indexes: {} },
} as const satisfies Schema;
