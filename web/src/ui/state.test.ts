import { effect, signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Host } from './host';
import type { Router } from './router';
import { createState, INITIAL_SETTINGS, sortedLines } from './state';
import { createFakeChat, type FakeOptions, OWN_ACCOUNT } from './testing/fakeChat';
import { idOf, lineOf } from './testing/fakeData';

const router: Router = { route: signal({ name: 'list' }), go: () => {} };
const host: Host = {
  updateReady: signal(false),
  applyUpdate: () => {},
  installable: signal(false),
  install: async () => {},
  notifications: signal('missing'),
  askForNotifications: async () => {},
  build: async () => undefined,
};

/** All that was asked of a fake has been answered after it: nothing in it waits for a clock. */
const answered = () => new Promise((resolve) => setTimeout(resolve, 0));

function started(options: FakeOptions = {}) {
  const fake = createFakeChat({ conversations: 4, ...options });
  return { fake, state: createState(fake, router, host) };
}

const FIRST = idOf('contact', 0);

describe('the state of the screens', () => {
  it('is what the engine says at the start', async () => {
    const { state } = started({ settings: { theme: 'dark' } });
    expect(state.phase.value.name).toBe('starting');
    expect(state.conversations.value).toBeUndefined();

    await answered();

    expect(state.phase.value.name).toBe('ready');
    expect(state.conversations.value?.size).toBe(4);
    expect(state.settings.value.theme).toBe('dark');
    expect(state.quarantined.value).toBe(1);
  });

  it('keeps what was told while the answer was on its way', async () => {
    const { fake, state } = started();
    const release = fake.delay('settings');
    await answered();
    fake.change(FIRST, { draft: 'newer' });
    fake.tell('conversation', { contactId: idOf('contact', 1), conversation: undefined });
    release();
    await answered();

    expect(state.conversations.value?.get(FIRST)?.draft).toBe('newer');
    expect(state.conversations.value?.has(idOf('contact', 1))).toBe(false);
  });

  it('takes a phase that was told before the answer came for the newer one', async () => {
    const { fake, state } = started();
    fake.tell('phase', { name: 'locked', email: OWN_ACCOUNT.email });
    await answered();

    expect(state.phase.value.name).toBe('locked');
    expect(state.conversations.value).toBeUndefined();
  });

  it('takes who was told to be ready for newer than the answer, also before it is shown', async () => {
    const { fake, state } = started();
    fake.tell('phase', { name: 'ready', account: OWN_ACCOUNT, loginRequired: true });
    await answered();

    expect(state.phase.value).toMatchObject({ name: 'ready', loginRequired: true });
  });

  it('shows who is ready together with their list', async () => {
    const { fake, state } = started();
    const release = fake.delay('settings');
    const seen: string[] = [];
    const end = effect(() => {
      seen.push(`${state.phase.value.name} ${state.conversations.value?.size}`);
    });

    await answered();
    expect(seen).toEqual(['starting undefined']);
    release();
    await answered();
    expect(seen).not.toContain('ready undefined');
    expect(seen.at(-1)).toBe('ready 4');
    end();
  });

  it('shows who is ready also where their list can’t be read', async () => {
    const { fake, state } = started();
    fake.fail('conversations', { code: 'storage_damaged', detail: 'It can’t be read.' });

    await answered();

    expect(state.phase.value.name).toBe('ready');
    expect(state.conversations.value).toBeUndefined();
  });

  it('shows what has come of who was ready, and not who was', async () => {
    const { fake, state } = started();
    const release = fake.delay('settings');
    await answered();
    fake.tell('phase', { name: 'locked', email: OWN_ACCOUNT.email });

    expect(state.phase.value.name).toBe('locked');
    release();
    await answered();
    expect(state.phase.value.name).toBe('locked');
    expect(state.conversations.value).toBeUndefined();
  });

  it('forgets the conversations of who signs out, and reads those of who signs in', async () => {
    const { fake, state } = started();
    await answered();
    fake.enter({ name: 'signed_out' });
    expect(state.conversations.value).toBeUndefined();
    expect(state.sorted.value).toEqual([]);

    fake.enter({
      name: 'ready',
      account: { ...OWN_ACCOUNT, userId: idOf('contact', 99) },
      loginRequired: false,
    });
    await answered();
    expect(state.conversations.value?.size).toBe(4);
  });

  it('does not read all anew when only the session ends', async () => {
    const { fake, state } = started();
    await answered();
    fake.enter({ name: 'ready', account: OWN_ACCOUNT, loginRequired: true });
    await answered();

    expect(state.conversations.value?.size).toBe(4);
    expect(fake.calls.filter((it) => it.name === 'conversations')).toHaveLength(1);
  });

  it('reads all anew when another tab leads, and shows the old until then', async () => {
    const { fake, state } = started();
    await answered();
    fake.tell('resumed', null);
    expect(state.conversations.value?.size).toBe(4);
    await answered();

    expect(fake.calls.filter((it) => it.name === 'conversations')).toHaveLength(2);
  });

  it('leaves the look alone before the settings of anybody are known', async () => {
    const { state } = started({ phase: { name: 'signed_out' } });
    await answered();
    expect(state.settings.value).toBe(INITIAL_SETTINGS);
  });

  it('hears nothing any more once it is closed', async () => {
    const { fake, state } = started();
    await answered();
    state.close();
    fake.enter({ name: 'signed_out' });
    expect(state.phase.value.name).toBe('ready');
  });
});

describe('the order of the list', () => {
  it('is pinned ones first, then by last activity, and never by chance', () => {
    const line = (number: number, pinned: boolean, lastActivity: number) => ({
      ...lineOf(20 + number, []),
      pinned,
      lastActivity,
    });
    const lines = [line(1, false, 5), line(2, true, 1), line(3, false, 9), line(4, false, 5)];
    const order = (of: typeof lines) => sortedLines(of).map((it) => it.contactId);

    expect(order(lines)).toEqual([22, 23, 21, 24].map((it) => idOf('contact', it)));
    expect(order([...lines].reverse())).toEqual(order(lines));
  });
});
