import type { Schema } from '../../store/store';

/** Who people are, by the server's word: contacts, and others who wrote or are blocked. */
export const PEOPLE_TABLES = {
  people: { key: ['userId'], indexes: {} },
} as const satisfies Schema;
