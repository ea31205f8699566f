import type { Conversation } from '../../engine/api';
import { nameOf } from '../names';
import { Menu } from '../parts/Menu';
import type { MenuPlace } from '../parts/menuPlace';
import { useAppState } from '../state';
import { menuOf } from './menuOf';

export interface RowMenuProps {
  line: Conversation;
  at: MenuPlace;
  onClose: () => void;
}

/** What can be done with a conversation of the list. */
export function RowMenu({ line, at, onClose }: RowMenuProps) {
  const { chat } = useAppState();
  return (
    <Menu
      label={`Options for ${nameOf(line)}`}
      items={menuOf(line, chat)}
      at={at}
      onClose={onClose}
    />
  );
}
