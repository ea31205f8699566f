import { describe, expect, it } from 'vitest';
import { systemClock } from '../protocol/clock';
import { RELAY, webSocket } from './account/testing/relayPerson';
import type { QuantChat } from './api';
import { openEngine, type Running } from './engine';
import type { Surroundings } from './surroundings';
import { MemoryBrowser, MemoryShelf } from './testing/memoryShelf';

/** Somebody with a program at a relay that runs. */
class RealPerson {
  readonly email = `${crypto.randomUUID()}@example.org`;
  readonly faults: unknown[] = [];
  userId = '';
  #browser = new MemoryBrowser();
  #running: Running | undefined;

  get chat(): QuantChat {
    if (!this.#running) {
      throw new Error('It is not running.');
    }
    return this.#running.chat;
  }

  async start(): Promise<void> {
    this.#running = await openEngine(this.#surroundings(), () => undefined);
  }

  async register(): Promise<void> {
    await this.start();
    await this.chat.register(this.email, PASSWORD, '', '');
    const phase = await this.chat.phase();
    if (phase.name === 'ready') {
      this.userId = phase.account.userId;
    }
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** In another browser, where nothing is stored. */
  async elsewhere(): Promise<void> {
    await this.stop();
    this.#browser = new MemoryBrowser();
    await this.start();
    await this.chat.login(this.email, PASSWORD);
  }

  async texts(contact: RealPerson): Promise<string[]> {
    const { messages } = await this.chat.messages(contact.userId, { at: 'end' }, 1000);
    return messages.map(({ text }) => text);
  }

  async states(contact: RealPerson): Promise<string[]> {
    const { messages } = await this.chat.messages(contact.userId, { at: 'end' }, 1000);
    return messages.filter((it) => it.senderId === this.userId).map(({ state }) => state);
  }

  #surroundings(): Surroundings {
    return {
      clock: systemClock,
      random: (size) => crypto.getRandomValues(new Uint8Array(size)),
      fetch: globalThis.fetch,
      WebSocket: webSocket as Surroundings['WebSocket'],
      origin: new URL(RELAY).origin,
      accounts: async () =>
        new MemoryShelf(this.#browser, { opened: () => undefined, committing: () => undefined }),
      batchSize: 20,
      step: () => undefined,
      fault: (failure) => this.faults.push(failure),
    };
  }
}

const PASSWORD = 'correct horse battery staple';

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe.skipIf(RELAY === '')('at a real relay', () => {
  it('two people write to each other, over restarts, and begin anew elsewhere', async () => {
    const [ann, ben] = [new RealPerson(), new RealPerson()];
    await Promise.all([ann.register(), ben.register()]);
    await ann.chat.addContact(ben.email);
    await ben.chat.addContact(ann.email);
    const texts = Array.from({ length: 20 }, (_, i) => `${i} ${'x'.repeat(i * 3000)}`);

    for (const [i, text] of texts.entries()) {
      await ann.chat.send(ben.userId, text, []);
      if (i % 7 === 6) {
        await ann.stop();
        await ann.start();
      }
      if (i % 5 === 4) {
        await ben.stop();
        await ben.start();
      }
    }
    await until(async () => (await ben.texts(ann)).length === texts.length);
    expect(await ben.texts(ann)).toEqual(texts);
    await ben.chat.markRead(ann.userId);
    await until(async () => (await ann.states(ben)).every((state) => state === 'read'));
    await ben.chat.send(ann.userId, 'and back', []);
    await until(async () => (await ann.texts(ben)).includes('and back'));

    await ben.elsewhere();
    expect(await ben.chat.phase()).toMatchObject({ name: 'identity_needed' });
    await ben.chat.beginAnew();
    expect(await ben.chat.phase()).toMatchObject({ name: 'ready' });
    await until(async () => ann.chat.checkIdentity(ben.userId));
    const { digits } = await ann.chat.safetyNumber(ben.userId);
    expect((await ben.chat.safetyNumber(ann.userId)).digits).toBe(digits);
    await ann.chat.acceptIdentity(ben.userId, digits);
    await ann.chat.send(ben.userId, 'to who you are now', []);
    await until(async () => (await ben.texts(ann)).includes('to who you are now'));

    expect(await ann.chat.quarantine()).toEqual([]);
    expect(await ben.chat.quarantine()).toEqual([]);
    await ann.chat.deleteAccount(PASSWORD);
    expect(await ann.chat.phase()).toMatchObject({ name: 'signed_out', reason: 'account_deleted' });
    await ben.chat.logout({ deleteStored: true });
    expect(await ben.chat.phase()).toEqual({ name: 'signed_out' });
    expect([...ann.faults, ...ben.faults]).toEqual([]);
    await Promise.all([ann.stop(), ben.stop()]);
  });
});
