import type { Chat, Conversation } from '../../engine/api';
import { detailOf } from '../errors';
import * as icons from '../parts/icons';
import type { MenuItem } from '../parts/Menu';
import * as moreIcons from '../parts/moreIcons';
import { toast } from '../parts/Toast';

/** What can be done with a conversation from the list. */
export function menuOf(
  line: Conversation,
  chat: Pick<Chat, 'arrange' | 'markRead'>,
): readonly MenuItem[] {
  const arrange = (change: Parameters<Chat['arrange']>[1]) => () =>
    say(chat.arrange(line.contactId, change));
  const isUnread = line.unread > 0 || line.markedUnread;
  return [
    {
      label: line.pinned ? 'Unpin' : 'Pin to the top',
      icon: icons.pin,
      onSelect: arrange({ pinned: !line.pinned }),
    },
    {
      label: line.muted ? 'Unmute' : 'Mute',
      icon: line.muted ? moreIcons.bell : icons.bellOff,
      onSelect: arrange({ muted: !line.muted }),
    },
    isUnread
      ? {
          label: 'Mark as read',
          icon: icons.check,
          onSelect: () =>
            say(
              Promise.all([
                chat.markRead(line.contactId),
                chat.arrange(line.contactId, { markedUnread: false }),
              ]),
            ),
        }
      : {
          label: 'Mark as unread',
          icon: moreIcons.unread,
          onSelect: arrange({ markedUnread: true }),
        },
    {
      label: line.archived ? 'Take out of the archive' : 'Archive',
      icon: icons.archive,
      onSelect: arrange({ archived: !line.archived }),
    },
  ];
}

function say(done: Promise<unknown>): void {
  done.catch((fault) => toast({ text: detailOf(fault), kind: 'error' }));
}
