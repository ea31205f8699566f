import { render } from 'preact';
import { keepStored } from './store/quota';
import { openRemoteChat } from './tabs/remoteChat';
import { CHANNEL, type Channel } from './tabs/wire';
import { App } from './ui/App';
import { build } from './window/build';
import { install, installable, offerInstallation } from './window/install';
import { askForNotifications, notifications, notifyOf } from './window/notifications';
import { worker } from './window/ownWorker';
import { applyUpdate, keepOffline, updateReady } from './window/updates';

const chat = openRemoteChat({
  channel: new BroadcastChannel(CHANNEL) as unknown as Channel,
  tab: crypto.randomUUID(),
  uuid: () => crypto.randomUUID(),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
  onLost: () => worker.takeOver(),
});

const root = document.getElementById('app');
if (root) {
  render(
    <App
      chat={chat}
      host={{
        updateReady,
        applyUpdate,
        installable,
        install,
        notifications,
        askForNotifications,
        build,
      }}
    />,
    root,
  );
}

// What is stored here is meant to stay. The browser is asked once somebody has an account: some ask
// the person, who should know what for. Workers can't ask.
let asked = false;
chat.on('phase', (phase) => {
  if (phase.name === 'ready' && !asked) {
    asked = true;
    void keepStored(navigator.storage);
  }
});
// A notification was clicked.
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (typeof data?.open === 'string') {
    location.hash = `#/c/${data.open}`;
  }
});

// Who can't be woken now wakes with the next of these, or by the engine's own tries.
const wake = () => document.hidden || chat.wake().catch(() => undefined);
document.addEventListener('visibilitychange', wake);
window.addEventListener('online', wake);
// What is open is tried then, and found dead in seconds.
window.addEventListener('offline', wake);
notifyOf(chat);
offerInstallation();
// Where that fails, as it does without room, everything but opening offline works.
window.addEventListener('load', () => void keepOffline().catch(() => undefined));
