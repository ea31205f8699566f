import type { Clock } from '../protocol/clock';
import type { Store, StoreError } from '../store/store';

/** All that an engine is given besides its store: time, patience, randomness, ways to the server. */
export interface Surroundings {
  clock: Clock;
  random(size: number): Uint8Array<ArrayBuffer>;
  fetch: typeof fetch;
  /** Says how far an upload is; absent where there is none, as in Node. */
  XMLHttpRequest?: new () => XMLHttpRequest;
  /** Opens a socket. */
  WebSocket: typeof WebSocket;
  /** Where the server is, without a slash at the end: `https://relay.example.org`. */
  origin: string;
  /** Opens what is stored here. */
  accounts(): Promise<AccountShelf>;
  /** One-time prekeys of a batch, at most 128. */
  batchSize: number;
  /** Is told each step before the next; what it throws ends the work there. */
  step(step: Step): void;
  /** A fault in this program, for who mends it. */
  fault(failure: unknown): void;
}

/** Which accounts are stored here, and what opens them. All fails with a StoreError. */
export interface AccountShelf {
  current(): Promise<ShelvedAccount | undefined>;
  all(): Promise<ShelvedAccount[]>;
  /** `undefined` where nobody is signed in. */
  setCurrent(userId: string | undefined): Promise<void>;
  /**
   * An account's rows; made where there are none.
   *
   * @param lost is told once when they can't be used any more
   */
  open(
    account: { userId: string; email: string; passphrase?: string },
    lost: (fault: StoreError) => void,
  ): Promise<Store>;
  changePassphrase(
    userId: string,
    current: string | undefined,
    next: string | undefined,
  ): Promise<void>;
  changeEmail(userId: string, email: string): Promise<void>;
  deleteStored(userId: string): Promise<void>;
  quota(): Promise<{ usage: number; quota: number; persisted: boolean }>;
}

export interface ShelvedAccount {
  userId: string;
  email: string;
  hasPassphrase: boolean;
}

/** Where a crash must neither lose a message nor show it twice, nor leave a key without its owner. */
export type Step =
  /** A message to send is in the store. */
  | 'written'
  /** One-time prekeys of the recipient's were handed out; nobody knows yet. */
  | 'taken'
  /** It was sealed; nobody knows yet. */
  | 'sealed'
  /** Its sealed bytes are in the store. */
  | 'seal_kept'
  /** They have left. */
  | 'left'
  /** The relay has answered; nobody knows yet. */
  | 'answered'
  /** The answer is in the store. */
  | 'answer_kept'
  /** A message has come in. */
  | 'arrived'
  /** It was opened; nothing of it is in the store. */
  | 'opened'
  /** It is in the store. */
  | 'settled'
  /** It was acknowledged. */
  | 'acknowledged'
  /** A request to seal messages again is in the outbox. */
  | 'asked'
  /** An account file is in the store; nothing follows from it yet. */
  | 'brought'
  /** What a copy may have used is dropped. */
  | 'recovery_kept'
  /** A bundle and the private parts of its prekeys are in the store. */
  | 'bundle_kept'
  /** The directory has it; nobody knows yet. */
  | 'bundle_published'
  /** A batch of one-time prekeys and their private parts are in the store. */
  | 'batch_kept'
  /** The directory has it; nobody knows yet. */
  | 'batch_uploaded'
  /** All prekeys were taken back: their private parts are gone, others are in the store. */
  | 'keys_wiped';

/** A while from now on, that no clock shortens. */
export interface Pause {
  isOver(): boolean;
  /** Milliseconds. */
  left(): number;
}

export const OVER: Pause = { isOver: () => true, left: () => 0 };

export function pause(clock: Pick<Clock, 'elapsed'>, milliseconds: number): Pause {
  const end = clock.elapsed() + milliseconds;
  const left = () => Math.max(0, end - clock.elapsed());
  return { isOver: () => left() === 0, left };
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
