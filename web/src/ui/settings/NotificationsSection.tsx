import { Button } from '../parts/Button';
import { Choice } from '../parts/Choice';
import { Notice } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { useAppState } from '../state';
import { Card } from './Card';
import { change } from './change';

const OPTIONS = [
  { value: 'off', label: 'Off' },
  { value: 'without_content', label: 'Without name and text' },
  { value: 'with_content', label: 'With name and text' },
] as const;

export function NotificationsSection() {
  const { chat, settings, host } = useAppState();
  return (
    <Card title="Notifications" note="They come while QuantChat is open in a tab or a window.">
      <Choice
        label="Notify of new messages"
        note="What a notification says can be seen on the lock screen, and by the system it is shown by."
        value={settings.value.notifications}
        options={OPTIONS}
        onChange={(notifications) => change(chat, { notifications })}
      />
      {settings.value.notifications !== 'off' && (
        <Permission
          state={host.notifications.value}
          onAsk={() => void host.askForNotifications()}
        />
      )}
    </Card>
  );
}

function Permission({
  state,
  onAsk,
}: {
  state: NotificationPermission | 'missing';
  onAsk: () => void;
}) {
  switch (state) {
    case 'granted':
      return null;
    case 'default':
      return (
        <Notice
          icon={moreIcons.bell}
          actions={
            <Button kind="primary" onClick={onAsk}>
              Allow
            </Button>
          }
        >
          <p>Your browser asks you once whether QuantChat may notify you.</p>
        </Notice>
      );
    case 'denied':
      return (
        <Notice kind="caution" icon={icons.bellOff}>
          <p>
            Your browser doesn’t let QuantChat notify you. Allow it in the browser’s settings for
            this site.
          </p>
        </Notice>
      );
    case 'missing':
      return (
        <Notice icon={icons.bellOff}>
          <p>This browser has no notifications.</p>
        </Notice>
      );
  }
}
