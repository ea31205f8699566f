import { loadPostQuantum } from '../crypto';
import { Unreachable } from '../protocol/failures';
import { idIn, type JsonObject } from '../protocol/json';
import type { RelayApi } from '../protocol/relayApi';
import type { Askings } from './askings';
import { isNotLoaded } from './failures';
import type { Opening, Outcome } from './opening';
import type { Shared } from './parts';
import type { RequestsOnDemand } from './requestsOnDemand';
import type { Settling } from './settling';
import type { Streams } from './streams';
import type { Emit } from './told';

/** A walk ends, whatever the server says; the next one goes on. */
const MOST_PAGES = 1_000;

/** Pages that are in memory at once, of 1 MiB at most each. */
const PAGES_AT_ONCE = 10;

/** Messages of one transaction: what was opened is shown soon. */
const BATCH = 25;

/** At once: a server may hand over more than it was asked for. */
const MOST_ACKNOWLEDGED = 100;

/** Milliseconds for which others make way while it is caught up. */
const LONGEST_CALM = 10_000;

/** What was opened with keys that have changed meanwhile is opened again so often. */
const MOST_ROUNDS = 50;

/** Has the relay forget messages, of at most 100 ids. */
export type Acknowledge = (messageIds: string[]) => Promise<void>;

export interface InboxParts {
  shared: Shared;
  relay: Pick<RelayApi, 'pending'>;
  opening: Opening;
  settling: Settling;
  askings: Askings;
  streams: Streams;
  requests: RequestsOnDemand;
  acknowledge: Acknowledge;
  emit: Emit;
}

/**
 * Messages on their way in. Opened, then stored some at a time, each batch in one transaction, then
 * acknowledged; what is refused is kept for a look, not acknowledged, and hinders nothing else. One
 * call at a time.
 */
export class Inbox {
  readonly #parts: InboxParts;
  readonly #shared: Shared;
  #answered = false;
  #catchingUp: Promise<unknown> | undefined;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.#shared = parts.shared;
  }

  /**
   * Takes all that the relay has.
   *
   * @returns whether something is left that another try may help
   */
  async catchUp(): Promise<boolean> {
    const catchingUp = this.#catchUp();
    this.#catchingUp = catchingUp;
    try {
      return await catchingUp;
    } finally {
      this.#catchingUp = undefined;
    }
  }

  get isCatchingUp(): boolean {
    return this.#catchingUp !== undefined;
  }

  /** Is done when nothing is caught up, or after a while: until then what isn't urgent makes way. */
  async calm(): Promise<void> {
    const { clock } = this.#shared;
    let disarm = (): void => undefined;
    const patience = new Promise<void>((resolve) => {
      disarm = clock.after(LONGEST_CALM, resolve);
    });
    await Promise.race([this.#catchingUp?.catch(() => undefined), patience]);
    disarm();
  }

  async #catchUp(): Promise<boolean> {
    // Where it has to be loaded, that goes on beside what is asked for here.
    void loadPostQuantum().catch(() => undefined);
    this.#parts.askings.beginLook();
    let isComplete = true;
    let cursor: string | undefined;
    let pages = 0;
    do {
      const messages: JsonObject[] = [];
      const most = pages + PAGES_AT_ONCE;
      do {
        const page = await this.#parts.relay.pending(cursor);
        messages.push(...page.messages);
        cursor = page.nextCursor;
        pages++;
      } while (cursor !== undefined && pages < most);
      isComplete = (await this.#take(newestConversationFirst(messages), false)) && isComplete;
    } while (cursor !== undefined && pages < MOST_PAGES);
    this.#parts.streams.hasNewGap();
    if (isComplete && cursor === undefined) {
      await this.#parts.requests.lookedAtAll();
      return false;
    }
    return true;
  }

  /**
   * Takes messages that were pushed.
   *
   * @throws Unreachable where a sender's keys can't be asked for now
   */
  async take(messages: JsonObject[]): Promise<void> {
    if (!(await this.#take(messages, true))) {
      throw new Unreachable('Not all that came in could be opened now.');
    }
  }

  /** Whether something goes out for what came in, since this was last asked. */
  hasAnswered(): boolean {
    const since = this.#answered;
    this.#answered = false;
    return since;
  }

  /** Whether all is to be looked at, since this was last asked: a push has shown a gap. */
  isLookDue(): boolean {
    return this.#parts.streams.hasNewGap();
  }

  /**
   * While a batch is stored, the next one is opened already.
   *
   * @returns whether nothing is left that couldn't be looked at
   */
  async #take(messages: JsonObject[], pushed: boolean): Promise<boolean> {
    let isComplete = true;
    let opening = this.#opened(messages.slice(0, BATCH));
    for (let from = 0; from < messages.length; from += BATCH) {
      this.#tellLeft(messages.length - from, pushed);
      const outcomes = await opening;
      opening = this.#opened(messages.slice(from + BATCH, from + 2 * BATCH));
      isComplete = (await this.#takeOutcomes(outcomes, pushed)) && isComplete;
    }
    if (messages.length > 0) {
      this.#tellLeft(0, pushed);
    }
    return isComplete;
  }

  #tellLeft(left: number, pushed: boolean): void {
    if (!pushed) {
      this.#parts.emit('catchingUp', { left });
    }
  }

  /** All at once, for most of it waits; in their order. */
  #opened(wires: JsonObject[]): Promise<(Outcome | undefined)[]> {
    const opened = Promise.all(wires.map((wire) => this.#open(wire))).finally(() =>
      this.#parts.opening.rest(),
    );
    // What is wrong is said where it is waited for, unless what was stored before went wrong.
    opened.catch(() => undefined);
    return opened;
  }

  async #takeOutcomes(opened: (Outcome | undefined)[], pushed: boolean): Promise<boolean> {
    let isComplete = true;
    let outcomes = opened;
    for (let rounds = 0; outcomes.length > 0 && rounds < MOST_ROUNDS; rounds++) {
      const known = outcomes.filter((outcome) => outcome !== undefined);
      isComplete = isComplete && known.length === outcomes.length;
      const { done, again, answered } = await this.#parts.settling.settle(known, pushed);
      this.#answered ||= answered;
      await this.#acknowledge(done);
      outcomes = await this.#opened(again.map(({ of }) => of.wire));
    }
    return isComplete && outcomes.length === 0;
  }

  /**
   * Nothing where the sender's keys can't be asked for now, or a part of this program be loaded that
   * it needs: it hinders no other.
   */
  async #open(wire: JsonObject): Promise<Outcome | undefined> {
    try {
      return await this.#parts.opening.open(wire);
    } catch (failure) {
      if (failure instanceof Unreachable || isNotLoaded(failure)) {
        return undefined;
      }
      throw failure;
    }
  }

  /** By then the keys that opened them are gone. */
  async #acknowledge(messageIds: string[]): Promise<void> {
    for (let from = 0; from < messageIds.length; from += MOST_ACKNOWLEDGED) {
      await this.#parts.acknowledge(messageIds.slice(from, from + MOST_ACKNOWLEDGED));
      this.#shared.step('acknowledged');
    }
  }
}

/**
 * Each sender's messages in the order of their ids, whatever order the relay handed them over in;
 * of the senders the one who wrote last comes first. What has no id comes last.
 */
export function newestConversationFirst(messages: JsonObject[]): JsonObject[] {
  const bySender = new Map<string, JsonObject[]>();
  for (const message of messages) {
    const sender = idIn(message, 'sender_id') ?? '';
    bySender.set(sender, [...(bySender.get(sender) ?? []), message]);
  }
  const idOf = (message: JsonObject | undefined) =>
    (message && (idIn(message, 'message_id') ?? idIn(message, 'id'))) ?? '~';
  const inOrder = [...bySender.values()].map((of) =>
    of.sort((one, other) => compare(idOf(one), idOf(other))),
  );
  const newest = (of: JsonObject[]) => of.map(idOf).findLast((id) => id !== '~') ?? '';
  return inOrder.sort((one, other) => compare(newest(other), newest(one))).flat();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
