import { signal } from '@preact/signals';
import { render } from 'preact';
import type { Phase, Settings } from '../../engine/api';
import { App } from '../App';
import type { Host } from '../host';
import { createFakeChat, type FakeChat, OWN_ACCOUNT } from './fakeChat';

/**
 * The screens over an engine in memory, to look at and for tests. The address says what is shown:
 * `?phase=locked`, `?people=1000`, `?theme=dark`, `?text=150`, `?dir=rtl`; `window.fake` is the engine.
 */
declare global {
  interface Window {
    fake: FakeChat;
    host: ReturnType<typeof createFakeHost>;
  }
}

const PHASES: Record<string, Phase> = {
  starting: { name: 'starting' },
  signed_out: { name: 'signed_out' },
  session_ended: { name: 'signed_out', email: OWN_ACCOUNT.email, reason: 'session_ended' },
  locked: { name: 'locked', email: OWN_ACCOUNT.email },
  identity_needed: { name: 'identity_needed', account: OWN_ACCOUNT },
  login_required: { name: 'ready', account: OWN_ACCOUNT, loginRequired: true },
  unverified: {
    name: 'ready',
    account: { ...OWN_ACCOUNT, emailVerified: false },
    loginRequired: false,
  },
  missing: { name: 'unusable', reason: 'missing' },
  blocked: { name: 'unusable', reason: 'blocked' },
  newer: { name: 'unusable', reason: 'newer' },
  damaged: { name: 'unusable', reason: 'damaged' },
  full: { name: 'unusable', reason: 'full' },
  unopened: { name: 'unusable', reason: 'unopened' },
};

function createFakeHost() {
  return {
    updateReady: signal(false),
    applyUpdate: () => {},
    installable: signal(false),
    install: async () => {},
    notifications: signal<NotificationPermission | 'missing'>('default'),
    askForNotifications: async () => {},
    build: async () => 'f3a1c9d27be04415a6c8',
  } satisfies Host;
}

const asked = new URLSearchParams(window.location.search);
const phase = PHASES[asked.get('phase') ?? ''];
const text = Number(asked.get('text'));
const settings: Partial<Settings> = {
  ...(asked.get('theme') === 'dark' && { theme: 'dark' }),
  ...(asked.get('theme') === 'light' && { theme: 'light' }),
  ...((text === 90 || text === 115 || text === 130 || text === 150) && { textSize: text }),
  ...(asked.has('no-hints') && { hintsClosed: ['switcher', 'account-file'] }),
};
if (asked.get('dir') === 'rtl') {
  document.documentElement.dir = 'rtl';
}
window.fake = createFakeChat({
  conversations: Number(asked.get('people') ?? 15),
  settings,
  now: () => Date.now(),
  ...(phase !== undefined && { phase }),
});
window.host = createFakeHost();
const root = document.getElementById('app');
if (root !== null) {
  render(<App chat={window.fake} host={window.host} />, root);
}
