import type { Message } from '../../src/engine/api';
import { openRemoteChat } from '../../src/tabs/remoteChat';
import { CHANNEL, type Channel } from '../../src/tabs/wire';

/** A tab without screens, beside one of the client's whose engine it asks: what benches call in it. */

const chat = openRemoteChat({
  channel: new BroadcastChannel(CHANNEL) as unknown as Channel,
  tab: crypto.randomUUID(),
  uuid: () => crypto.randomUUID(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  onLost: () => {},
});

async function idOf(fullName: string): Promise<string> {
  const line = (await chat.conversations()).find((it) => it.fullName === fullName);
  if (!line) {
    throw new Error(`Nobody here is called ${fullName}.`);
  }
  return line.contactId;
}

/** Returns once all have left. */
async function send(fullName: string, count: number): Promise<void> {
  const contactId = await idOf(fullName);
  const isSent = ({ state }: Message) => state !== 'sending';
  let last: Message | undefined;
  for (let at = 0; at < count; at++) {
    last = await chat.send(contactId, `Message ${at}: meet me at the old mill at noon.`, []);
  }
  while (last && !isSent(last)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    [last] = (await chat.messages(contactId, { at: 'end' }, 1)).messages;
  }
}

export interface CaughtUp {
  /** Whose messages could be read first. */
  first: string;
  /** Milliseconds from the connection on. */
  firstAfter: number;
  allAfter: number;
}

/** Waits until so many more are unread. */
async function caughtUp(count: number): Promise<CaughtUp> {
  const unread = new Map<string, number>();
  let online = Number.NaN;
  let first: { name: string; at: number } | undefined;
  return new Promise((resolve) => {
    chat.on('connection', (state) => {
      online = state === 'online' ? performance.now() : online;
    });
    chat.on('conversation', ({ contactId, conversation }) => {
      if (!conversation || conversation.unread === 0) {
        return;
      }
      const at = performance.now();
      first ??= { name: conversation.fullName, at };
      unread.set(contactId, conversation.unread);
      if ([...unread.values()].reduce((sum, it) => sum + it, 0) >= count) {
        resolve({ first: first.name, firstAfter: first.at - online, allAfter: at - online });
      }
    });
  });
}

/** How many are unread of somebody once they are so many. */
async function received(fullName: string, count: number): Promise<void> {
  const contactId = await idOf(fullName);
  const isThere = async () =>
    ((await chat.conversations()).find((it) => it.contactId === contactId)?.unread ?? 0) >= count;
  while (!(await isThere())) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Milliseconds to the first results. */
async function search(query: string): Promise<number> {
  const began = performance.now();
  let next: string | undefined;
  do {
    const page = await chat.search(query, { limit: 20, ...(next === undefined ? {} : { next }) });
    if (page.hits.length > 0) {
      break;
    }
    next = page.next;
  } while (next !== undefined);
  return performance.now() - began;
}

/** Milliseconds of a call that does nothing: the way to the engine and back. */
async function nothing(): Promise<number> {
  const began = performance.now();
  await chat.connection();
  return performance.now() - began;
}

const page = { send, caughtUp, received, search, nothing };

export type ChatPage = typeof page;

Object.assign(globalThis, { page });
