import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Chat, Connection, Conversation, Phase, Settings } from '../engine/api';
import type { Host } from './host';
import type { Router } from './router';

/** What is so now, as the engine tells it. The screens read it, and call `chat` to change it. */
export interface AppState {
  readonly chat: Chat;
  readonly router: Router;
  readonly host: Host;
  readonly phase: ReadonlySignal<Phase>;
  readonly connection: ReadonlySignal<Connection>;
  /** By the contact's id; `undefined` until they have been read. */
  readonly conversations: ReadonlySignal<ReadonlyMap<string, Conversation> | undefined>;
  /** All of them, pinned ones first, then by their last activity. */
  readonly sorted: ReadonlySignal<readonly Conversation[]>;
  /** Those of who is signed in; `INITIAL_SETTINGS` until they have been read. */
  readonly settings: ReadonlySignal<Settings>;
  /** How far this computer's clock is ahead, in milliseconds. */
  readonly clockAhead: ReadonlySignal<number>;
  /** How many messages are still to be caught up. */
  readonly catchingUp: ReadonlySignal<number>;
  /** How many messages were refused; `undefined` until that has been read. */
  readonly quarantined: ReadonlySignal<number | undefined>;
  /** Ends all that it listens to. */
  close(): void;
}

/** Before the engine has told its own. */
export const INITIAL_SETTINGS: Settings = {
  receipts: true,
  typing: true,
  notifications: 'without_content',
  theme: 'system',
  textSize: 100,
  enterSends: true,
  lockAfter: 0,
  hintsClosed: [],
};

export function createState(chat: Chat, router: Router, host: Host): AppState {
  const phase = signal<Phase>({ name: 'starting' });
  const connection = signal<Connection>('connecting');
  const conversations = signal<ReadonlyMap<string, Conversation> | undefined>(undefined);
  const settings = signal(INITIAL_SETTINGS);
  const clockAhead = signal(0);
  const catchingUp = signal(0);
  const quarantined = signal<number | undefined>(undefined);
  /** Whose conversations are shown, and which lines came by events while they were being read. */
  let reader: { userId: string; told?: Map<string, Conversation | undefined> } | undefined;

  /** After a start, until the list is there: who is ready is shown with it at once. */
  let held: Phase | undefined;

  const enter = (next: Phase) => {
    if (next.name !== 'ready') {
      reader = undefined;
      conversations.value = undefined;
      quarantined.value = undefined;
      catchingUp.value = 0;
    } else if (reader?.userId !== next.account.userId) {
      readAll(next.account.userId)
        .catch(failed)
        .then(() => show(held));
    }
    if (next.name === 'ready' && phase.peek().name === 'starting') {
      held = next;
    } else {
      show(next);
    }
  };
  const show = (next: Phase | undefined) => {
    held = undefined;
    if (next) {
      phase.value = next;
    }
  };
  const readAll = async (userId: string) => {
    const told = new Map<string, Conversation | undefined>();
    const mine: typeof reader = { userId, told };
    reader = mine;
    chat.quarantine().then((refused) => {
      if (reader === mine) {
        quarantined.value = refused.length;
      }
    }, failed);
    const [all, own] = await Promise.all([chat.conversations(), chat.settings()]);
    if (reader === mine) {
      settings.value = own;
      conversations.value = withLines(new Map(all.map((it) => [it.contactId, it])), told);
      delete mine.told;
    }
  };
  const failed = () => {
    // What can't be read is told by the phase, or by the event of its own.
  };

  const endings = [
    chat.on('phase', enter),
    chat.on('connection', (told) => {
      connection.value = told;
    }),
    chat.on('conversation', (told) => {
      const lines = conversations.peek();
      reader?.told?.set(told.contactId, told.conversation);
      if (lines !== undefined) {
        conversations.value = withLines(lines, [[told.contactId, told.conversation]]);
      }
    }),
    chat.on('resumed', () => {
      void chat.phase().then((next) => {
        reader = undefined;
        enter(next);
      }, failed);
    }),
    chat.on('settings', (told) => {
      settings.value = told;
    }),
    chat.on('clockOff', ({ ahead }) => {
      clockAhead.value = ahead;
    }),
    chat.on('catchingUp', ({ left }) => {
      catchingUp.value = left;
    }),
    chat.on('quarantine', ({ count }) => {
      quarantined.value = count;
    }),
  ];
  askedFirst(chat.phase(), () => (held ?? phase.peek()).name === 'starting', enter).catch(failed);
  askedFirst(
    chat.connection(),
    () => connection.peek() === 'connecting',
    (told) => {
      connection.value = told;
    },
  ).catch(failed);

  return {
    chat,
    router,
    host,
    phase,
    connection,
    conversations,
    sorted: computed(() => sortedLines(conversations.value?.values() ?? [])),
    settings,
    clockAhead,
    catchingUp,
    quarantined,
    close: () => {
      for (const end of endings) {
        end();
      }
    },
  };
}

/** Takes an answer unless an event was quicker: that is newer. */
async function askedFirst<T>(
  answer: Promise<T>,
  untold: () => boolean,
  take: (value: T) => void,
): Promise<void> {
  const value = await answer;
  if (untold()) {
    take(value);
  }
}

function withLines(
  lines: ReadonlyMap<string, Conversation>,
  changes: Iterable<[string, Conversation | undefined]>,
): ReadonlyMap<string, Conversation> {
  const next = new Map(lines);
  for (const [contactId, line] of changes) {
    if (line === undefined) {
      next.delete(contactId);
    } else {
      next.set(contactId, line);
    }
  }
  return next;
}

export function sortedLines(lines: Iterable<Conversation>): readonly Conversation[] {
  return [...lines].sort(
    (one, other) =>
      Number(other.pinned) - Number(one.pinned) ||
      other.lastActivity - one.lastActivity ||
      (one.contactId < other.contactId ? -1 : 1),
  );
}

const Context = createContext<AppState | undefined>(undefined);

/** Gives the state to all screens within. */
export const StateProvider = Context.Provider;

export function useAppState(): AppState {
  const state = useContext(Context);
  if (state === undefined) {
    throw new Error('A screen was shown outside of the program');
  }
  return state;
}
