import type { Message } from '../../../engine/api';
import * as icons from '../../parts/icons';
import type { MenuItem } from '../../parts/Menu';
import * as moreIcons from '../../parts/moreIcons';

export interface MenuActions {
  copy(): void;
  retry(): void;
  showSecurity(): void;
  saveFiles(): void;
  askDelete(): void;
}

/** What can be done with a message. */
export function messageMenu(message: Message, mine: boolean, on: MenuActions): MenuItem[] {
  const isWhole = !message.details.damaged;
  return [
    ...(mine && message.state === 'failed' && isWhole
      ? [{ label: 'Try again', icon: icons.retry, onSelect: on.retry }]
      : []),
    ...(message.text !== ''
      ? [{ label: 'Copy text', icon: moreIcons.copy, onSelect: on.copy }]
      : []),
    ...(message.files.some((file) => file.state !== 'gone')
      ? [
          {
            label: message.files.length === 1 ? 'Save file' : 'Save files',
            icon: icons.download,
            onSelect: on.saveFiles,
          },
        ]
      : []),
    { label: 'Security', icon: icons.shield, onSelect: on.showSecurity },
    { label: 'Delete here', icon: moreIcons.trash, danger: true, onSelect: on.askDelete },
  ];
}
