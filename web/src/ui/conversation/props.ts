import type {
  Account,
  Chat,
  Connection,
  Conversation as ConversationLine,
  Settings,
} from '../../engine/api';

/** What the pane of an open conversation is given. It keeps what it loads to itself. */
export interface ConversationProps {
  chat: Chat;
  account: Account;
  /** The conversation's line of the list as it is now. */
  conversation: ConversationLine;
  settings: Settings;
  connection: Connection;
  /** A message to show first: from a search, or a link of a notification. */
  at?: string | undefined;
  /** Back to the list, where there is room for one of both only. */
  onBack?: (() => void) | undefined;
  /** The conversation is gone, or was left for the list. */
  onClose?: (() => void) | undefined;
}

/** What the search over everything is given. */
export interface SearchProps {
  chat: Chat;
  account: Account;
  conversations: readonly ConversationLine[];
  onOpen: (contactId: string, messageId: string) => void;
  onClose: () => void;
}
