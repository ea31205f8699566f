import type { ComponentChildren } from 'preact';
import type { Chat, Settings } from '../../engine/api';
import { IconButton } from './Button';
import { Icon } from './Icon';
import * as icons from './icons';
import './notes.css';

/** Told once to somebody new. Closed, it stays closed: the settings remember its name. */
export function Hint({
  name,
  chat,
  settings,
  children,
}: {
  name: string;
  chat: Pick<Chat, 'changeSettings'>;
  settings: Settings;
  children: ComponentChildren;
}) {
  if (settings.hintsClosed.includes(name)) {
    return null;
  }
  const close = () =>
    void chat.changeSettings({ hintsClosed: [...settings.hintsClosed, name] }).catch(() => {
      // Nothing is lost: the hint is there again next time.
    });
  return (
    <div class="notice notice-hint">
      <Icon path={icons.info} />
      <div class="notice-text">{children}</div>
      <IconButton icon={icons.close} label="Close this hint" onClick={close} />
    </div>
  );
}
