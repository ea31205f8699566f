import type { Clock } from '../protocol/clock';
import type { Surroundings } from './surroundings';
import type { Transactions } from './transaction';

/** What every part of one account's engine is given. */
export interface Shared {
  userId: string;
  transactions: Transactions;
  clock: Clock;
  random: Surroundings['random'];
  step: Surroundings['step'];
  fault: Surroundings['fault'];
}
