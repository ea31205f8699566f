import { render } from 'preact';
import { openRemoteChat } from './tabs/remoteChat';
import { CHANNEL, type Channel } from './tabs/wire';
import { App } from './ui/App';
import { build } from './window/build';
import { EngineWorker } from './window/engineWorker';
import { install, installable, offerInstallation } from './window/install';
import { askForNotifications, notifications, notifyOf } from './window/notifications';
import { applyUpdate, keepOffline, updateReady } from './window/updates';

const worker = new EngineWorker();
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

const wake = () => document.hidden || chat.wake().catch(() => {});
document.addEventListener('visibilitychange', wake);
window.addEventListener('online', wake);
// What is open is tried then, and found dead in seconds.
window.addEventListener('offline', wake);
notifyOf(chat);
offerInstallation();
window.addEventListener('load', () => void keepOffline().catch(() => {}));
