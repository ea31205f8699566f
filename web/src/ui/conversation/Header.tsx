import type { Connection, Conversation } from '../../engine/api';
import { Avatar } from '../parts/Avatar';
import { IconButton } from '../parts/Button';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';

export interface HeaderProps {
  conversation: Conversation;
  connection: Connection;
  onBack: (() => void) | undefined;
  onContact: () => void;
  onVerify: () => void;
  onFind: () => void;
}

/** With whom one talks, and whether they are there. */
export function Header({ conversation, connection, onBack, ...on }: HeaderProps) {
  const { contactId, fullName, verified, identityChanged } = conversation;
  return (
    <header class="conv-header">
      {onBack && (
        <IconButton
          class="conv-back"
          icon={icons.back}
          label="Back to the list"
          turns
          onClick={onBack}
        />
      )}
      <button type="button" class="conv-who" onClick={on.onContact}>
        <Avatar
          id={contactId}
          name={fullName}
          size={2.5}
          online={conversation.online && connection === 'online'}
        />
        <span class="conv-who-about">
          <span class="conv-who-name">
            <h2 dir="auto">{fullName}</h2>
            {verified && !identityChanged && (
              <span class="conv-verified" title="You have verified their identity">
                <Icon path={icons.shieldCheck} size={1} />
                <span class="unseen">Verified</span>
              </span>
            )}
          </span>
          <span class="conv-who-state">{presence(conversation, connection)}</span>
          <span class="unseen">, contact</span>
        </span>
      </button>
      <IconButton icon={icons.shield} label="Safety number" onClick={on.onVerify} />
      <IconButton icon={icons.search} label="Find in this conversation" onClick={on.onFind} />
    </header>
  );
}

function presence(conversation: Conversation, connection: Connection): string {
  if (conversation.blocked) return 'Blocked';
  if (connection !== 'online') return connection === 'connecting' ? 'Connecting' : 'Offline';
  if (conversation.typing) return 'Typing';
  return conversation.online ? 'Online' : '';
}
