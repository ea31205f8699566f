import { describe, expect, it } from 'vitest';
import type { Events, Message, MessagePage, PagePlace } from '../../../engine/api';
import { file, message, THEM } from '../testing';
import { History, MOST, PAGE } from './History';

/** A conversation of so many messages, whose pages come when they are let go. */
function source(count: number) {
  let stored = Array.from({ length: count }, (_, i) => message(i + 1));
  const listeners = new Map<string, (told: never) => void>();
  const waiting: (() => void)[] = [];
  let held = false;
  const page = (place: PagePlace, limit: number): MessagePage => {
    let from = stored.length - limit;
    if ('before' in place) {
      const end = stored.findIndex((each) => each.place >= place.before);
      return cut(end - limit, end);
    }
    if ('after' in place) {
      from = stored.findIndex((each) => each.place > place.after);
    } else if ('around' in place) {
      from = stored.findIndex((each) => each.id === place.around) - limit / 2;
    }
    return cut(from, from + limit);
  };
  const cut = (from: number, to: number): MessagePage => ({
    messages: stored.slice(Math.max(0, from), to),
    hasEarlier: from > 0,
    hasLater: to < stored.length,
  });
  return {
    chat: {
      messages: (_: string, place: PagePlace, limit: number) => {
        const answer = page(place, limit);
        return held
          ? new Promise<MessagePage>((resolve) => waiting.push(() => resolve(answer)))
          : Promise.resolve(answer);
      },
      on: (event: string, listener: (told: never) => void) => {
        listeners.set(event, listener);
        return () => listeners.delete(event);
      },
    },
    store: (each: Message) => {
      stored = [...stored.filter((other) => other.id !== each.id), each];
    },
    tell: <K extends keyof Events>(event: K, told: Events[K]) =>
      listeners.get(event)?.(told as never),
    hold: () => {
      held = true;
    },
    release: async () => {
      held = false;
      for (const go of waiting.splice(0)) go();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

const places = (history: History) =>
  history.stretch.value?.messages.map((each) => each.place) ?? [];

describe('the history of a conversation', () => {
  it('opens at the end, and loads page after page on either side', async () => {
    const history = new History(source(1_000).chat, THEM);
    await history.open({ at: 'end' });
    expect(places(history).at(0)).toBe(1_000 - PAGE + 1);

    for (let i = 0; i < 10; i++) await history.earlier();

    expect(places(history)).toHaveLength(MOST);
    expect(places(history).at(0)).toBe(1_000 - 11 * PAGE + 1);
    expect(history.stretch.value?.hasLater).toBe(true);

    for (let i = 0; i < 20; i++) await history.later();

    expect(places(history).at(-1)).toBe(1_000);
    expect(history.stretch.value?.hasLater).toBe(false);
  });

  it('lets go of what comes far below what is read, and has it again further down', async () => {
    const of = source(60);
    const history = new History(of.chat, THEM);
    await history.open({ at: 'end' });
    for (let place = 61; place <= 600; place++) {
      of.store(message(place));
      of.tell('messages', { contactId: THEM, messages: [message(place)] });
      history.trimBelow(40);
    }

    expect(places(history).length).toBeLessThanOrEqual(MOST + PAGE);
    expect(places(history)[0]).toBe(37);
    expect(history.stretch.value?.hasLater).toBe(true);
    const last = places(history).at(-1) ?? 0;
    await history.later();
    expect(places(history).at(-1)).toBe(last + PAGE);
  });

  it('asks for a side once, however often it is wanted', async () => {
    const { chat, hold, release } = source(200);
    const history = new History(chat, THEM);
    await history.open({ at: 'end' });
    hold();

    const first = history.earlier();
    const second = history.earlier();
    await release();
    await Promise.all([first, second]);

    expect(places(history)).toHaveLength(2 * PAGE);
  });

  it('misses nothing that is told while a page is read', async () => {
    const { chat, hold, release, tell } = source(200);
    const history = new History(chat, THEM);
    hold();
    const opening = history.open({ at: 'end' });
    tell('messages', { contactId: THEM, messages: [message(201)] });
    tell('messages', { contactId: THEM, messages: [message(200, { state: 'read' })] });
    tell('deleted', { contactId: THEM, ids: [message(199).id] });

    await release();
    await opening;

    expect(places(history).slice(-3)).toEqual([198, 200, 201]);
    expect(history.stretch.value?.messages.at(-2)?.state).toBe('read');
  });

  it('drops a page beside a place that was left meanwhile', async () => {
    const { chat, hold, release } = source(1_000);
    const history = new History(chat, THEM);
    await history.open({ at: 'end' });
    hold();
    const earlier = history.earlier();
    const jump = history.open({ around: message(100).id });

    await release();
    await Promise.all([earlier, jump]);

    expect(places(history)).toHaveLength(PAGE);
    expect(places(history)).toContain(100);
  });

  it('stays as it is where a place can’t be opened', async () => {
    const { chat } = source(100);
    let fails = false;
    const failing = {
      ...chat,
      messages: (...args: Parameters<typeof chat.messages>) =>
        fails ? Promise.reject(new Error('not found')) : chat.messages(...args),
    };
    const history = new History(failing, THEM);
    await history.open({ at: 'end' });
    fails = true;

    await expect(history.open({ around: 'unknown' })).rejects.toThrow('not found');
    fails = false;
    await history.earlier();

    expect(places(history)).toHaveLength(2 * PAGE);
  });

  it('follows what is told of its own conversation, and of no other', async () => {
    const { chat, tell } = source(3);
    const history = new History(chat, THEM);
    await history.open({ at: 'end' });

    tell('messages', { contactId: 'another', messages: [message(9)] });
    tell('reissued', { contactId: THEM, oldId: message(2).id, message: message(2, { id: 'new' }) });
    tell('messages', { contactId: THEM, messages: [message(4, { files: [file(1)] })] });
    tell('fileMoved', {
      contactId: THEM,
      messageId: message(4).id,
      file: file(1, { state: 'gone' }),
    });

    expect(history.stretch.value?.messages.map((each) => each.id)).toEqual([
      message(1).id,
      'new',
      message(3).id,
      message(4).id,
    ]);
    expect(history.stretch.value?.messages[3]?.files[0]?.state).toBe('gone');

    tell('deleted', { contactId: THEM });
    expect(places(history)).toEqual([]);
  });

  it('hears nothing after it was closed', async () => {
    const { chat, tell } = source(3);
    const history = new History(chat, THEM);
    await history.open({ at: 'end' });
    history.close();

    tell('messages', { contactId: THEM, messages: [message(4)] });

    expect(places(history)).toEqual([1, 2, 3]);
  });
});
