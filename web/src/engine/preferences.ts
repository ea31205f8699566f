import type { Settings } from './api';
import { keepValue, valueNamed } from './stored/state';
import type { Emit } from './told';
import type { Transactions } from './transaction';

export const DEFAULT_SETTINGS: Settings = {
  receipts: true,
  typing: true,
  notifications: 'without_content',
  theme: 'system',
  textSize: 100,
  enterSends: true,
  lockAfter: 0,
  hintsClosed: [],
};

/** What a person has set. */
export class Preferences {
  readonly #transactions: Transactions;
  readonly #emit: Emit;

  constructor(transactions: Transactions, emit: Emit) {
    this.#transactions = transactions;
    this.#emit = emit;
  }

  /** What an earlier release didn't know is as it is by itself. */
  async settings(): Promise<Settings> {
    return { ...DEFAULT_SETTINGS, ...(await valueNamed(this.#transactions.reads, 'settings')) };
  }

  async change(change: Partial<Settings>): Promise<void> {
    await this.#transactions.run(async (transaction) => {
      const settings = {
        ...DEFAULT_SETTINGS,
        ...(await valueNamed(transaction, 'settings')),
        ...change,
      };
      keepValue(transaction, 'settings', settings);
      transaction.afterwards(() => this.#emit('settings', settings));
    });
  }
}
