import type { MessageState } from '../../engine/api';
import { Icon } from './Icon';
import * as icons from './icons';
import './stateIcon.css';

const SHOWN: Record<MessageState, { icon: string; words: string }> = {
  sending: { icon: icons.clock, words: 'Sending' },
  failed: { icon: icons.alert, words: 'Not sent' },
  sent: { icon: icons.check, words: 'Sent' },
  delivered: { icon: icons.checks, words: 'Delivered' },
  read: { icon: icons.checks, words: 'Read' },
  imported: { icon: icons.inbox, words: 'Imported' },
};

/** How far a message of one's own is: a sign to see, a word to hear. */
export function StateIcon({ state, size = 1 }: { state: MessageState; size?: number }) {
  const { icon, words } = SHOWN[state];
  return (
    <span class={`state-icon state-${state}`} title={words}>
      <Icon path={icon} size={size} />
      <span class="unseen">{words}</span>
    </span>
  );
}
