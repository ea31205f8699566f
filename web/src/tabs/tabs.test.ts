import { describe, expect, it, vi } from 'vitest';
import type { Message, QuantChat, Settings } from '../engine/api';
import { type Emit, lead, type Running } from './leading';
import { GIVEN_UP, openRemoteChat, PATIENCE } from './remoteChat';
import { FakeBus, FakeLocks } from './testing/fakeTabs';

/** What all engines of a test share: the browser's storage. */
class Stored {
  readonly sent = new Map<string, string>();
  running = 0;
  mostRunning = 0;
}

/** An engine that only sends: whose answer may be held back as if its tab had died over it. */
class TestEngine {
  held: Promise<void> | undefined;
  emit: Emit = () => {};
  stopped = false;

  readonly stored: Stored;

  constructor(stored: Stored) {
    this.stored = stored;
  }

  start = async (emit: Emit): Promise<Running> => {
    this.emit = emit;
    this.stored.running++;
    this.stored.mostRunning = Math.max(this.stored.mostRunning, this.stored.running);
    const chat = {
      sendOnce: async (request: string, _contactId: string, text: string) => {
        this.stored.sent.set(request, text);
        await this.held;
        return { id: request, text } as Message;
      },
      settings: async () => {
        await this.held;
        return { textSize: 100 } as Settings;
      },
      register: async () => {
        await this.held;
      },
      addContact: async () => {
        throw { name: 'EngineError', code: 'not_found', detail: 'Nobody has that address.' };
      },
      rotateKeys: async () => {
        throw new RangeError('a fault');
      },
    } as unknown as QuantChat;
    return {
      chat,
      stop: async () => {
        this.stored.running--;
        this.stopped = true;
      },
    };
  };
}

class Browser {
  readonly locks = new FakeLocks();
  readonly bus = new FakeBus();
  readonly stored = new Stored();
  #count = 0;

  tab(steal = false) {
    const name = `tab-${++this.#count}`;
    const engine = new TestEngine(this.stored);
    const end = new AbortController();
    const lost = vi.fn();
    const timers: { at: number; then: () => void }[] = [];
    let now = 0;
    let uuids = 0;
    const over = lead(
      {
        locks: this.locks.of(name),
        channel: this.bus.open(name),
        id: `${name}-leader`,
        start: engine.start,
        steal,
      },
      end.signal,
    );
    const chat = openRemoteChat({
      channel: this.bus.open(name),
      tab: name,
      uuid: () => `${name}-${++uuids}`,
      after: (milliseconds, then) => {
        const timer = { at: now + milliseconds, then };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
      onLost: lost,
    });
    const pass = async (milliseconds: number) => {
      now += milliseconds;
      for (const timer of timers.filter((it) => it.at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.then();
      }
      await settled();
    };
    const crash = () => {
      this.bus.cut(name);
      this.stored.running--;
      this.locks.crash(name);
    };
    return { name, engine, chat, end, over, lost, pass, crash };
  }
}

/** All that was said has been heard. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

function never(): Promise<void> {
  return new Promise(() => {});
}

describe('several tabs', () => {
  it('have one engine, which all of them ask', async () => {
    const browser = new Browser();
    const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];

    expect(await third.chat.settings()).toEqual({ textSize: 100 });
    expect(await second.chat.send('ben', 'Hello', [])).toMatchObject({ text: 'Hello' });
    expect(browser.locks.holder).toBe(first.name);
    expect(browser.stored.mostRunning).toBe(1);
  });

  it('are told the same', async () => {
    const browser = new Browser();
    const tabs = [browser.tab(), browser.tab(), browser.tab()];
    const heard: string[] = [];
    for (const tab of tabs) {
      tab.chat.on('connection', (told) => heard.push(told));
    }
    await settled();

    tabs[0]?.engine.emit('connection', 'online');
    await settled();

    expect(heard).toEqual(['online', 'online', 'online']);
  });

  it('stop hearing what they no longer listen to', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    const listener = vi.fn();
    const stop = tab.chat.on('connection', listener);
    await settled();
    stop();

    tab.engine.emit('connection', 'online');
    await settled();

    expect(listener).not.toHaveBeenCalled();
  });

  it('get refusals and faults as plain values', async () => {
    const browser = new Browser();
    const tab = browser.tab();

    await expect(tab.chat.addContact('nobody@example.org')).rejects.toEqual({
      name: 'EngineError',
      code: 'not_found',
      detail: 'Nobody has that address.',
    });
    await expect(tab.chat.rotateKeys()).rejects.toMatchObject({ code: 'internal' });
    await expect(tab.chat.saveDraft('ben', (() => {}) as never)).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('refuse calls that the engine has not', async () => {
    const browser = new Browser();
    browser.tab();
    await settled();
    const heard: unknown[] = [];
    const stranger = browser.bus.open('stranger');
    stranger.addEventListener('message', ({ data }) => heard.push(data));

    for (const method of ['constructor', '__proto__', 'hasOwnProperty', 'nothing']) {
      stranger.postMessage({
        kind: 'call',
        leader: 'tab-1-leader',
        tab: 'stranger',
        id: 1,
        method: method as never,
        args: [],
      });
    }
    stranger.postMessage('odd' as never);
    stranger.postMessage(null as never);
    await settled();

    expect(heard).toHaveLength(4);
    expect(heard.every((it) => (it as { kind: string }).kind === 'refusal')).toBe(true);
  });

  it('go on with the next leader when one closes', async () => {
    const browser = new Browser();
    const [first, second] = [browser.tab(), browser.tab()];
    const resumed = vi.fn();
    second.chat.on('resumed', resumed);
    await second.chat.settings();

    first.end.abort();
    await first.over;

    expect(await second.chat.settings()).toEqual({ textSize: 100 });
    expect(first.engine.stopped).toBe(true);
    expect(browser.stored.mostRunning).toBe(1);
    expect(resumed).toHaveBeenCalledOnce();
  });

  it('send once what a leader that crashed had stored and not answered', async () => {
    const browser = new Browser();
    const [first, second] = [browser.tab(), browser.tab()];
    await settled();
    first.engine.held = never();
    const sent = second.chat.send('ben', 'Once', []);
    await settled();
    expect([...browser.stored.sent.values()]).toEqual(['Once']);

    first.crash();

    expect(await sent).toMatchObject({ text: 'Once' });
    expect([...browser.stored.sent.values()]).toEqual(['Once']);
    expect(browser.stored.mostRunning).toBe(1);
  });

  it('do not ask twice for what may be done once only', async () => {
    const browser = new Browser();
    const [first, second] = [browser.tab(), browser.tab()];
    await settled();
    first.engine.held = never();
    const registered = second.chat.register('ann@example.org', 'a password', 'ann', 'Ann');
    await settled();

    first.crash();

    await expect(registered).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('call for a new leader when the old one holds its lock and answers nobody', async () => {
    const browser = new Browser();
    const [first, second] = [browser.tab(), browser.tab()];
    await settled();
    browser.bus.cut(first.name);
    const asked = second.chat.settings();
    await second.pass(PATIENCE);
    expect(second.lost).not.toHaveBeenCalled();
    await second.pass(GIVEN_UP);
    expect(second.lost).toHaveBeenCalledOnce();

    browser.tab(true);

    expect(await asked).toEqual({ textSize: 100 });
    await first.over;
    expect(first.engine.stopped).toBe(true);
  });

  it('leave a leader in peace that is only slow', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    await settled();
    let done = () => {};
    tab.engine.held = new Promise((resolve) => {
      done = resolve;
    });
    const asked = tab.chat.settings();
    for (let i = 0; i < 10; i++) {
      await tab.pass(PATIENCE);
    }
    done();

    expect(await asked).toEqual({ textSize: 100 });
    expect(tab.lost).not.toHaveBeenCalled();
  });

  it('are not led by one that left before its turn', async () => {
    const browser = new Browser();
    const [first, second, third] = [browser.tab(), browser.tab(), browser.tab()];
    second.end.abort();
    await second.over;

    first.end.abort();
    await first.over;
    await settled();

    expect(browser.locks.holder).toBe(third.name);
  });
});
