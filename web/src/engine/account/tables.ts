import type { Schema } from '../../store/store';

/** Whose store it is: what is known by these names, see {@link StoredAccount}. */
export const ACCOUNT_TABLES = {
  account: { key: ['name'], indexes: {} },
} as const satisfies Schema;
