import type { ConversationProps } from './props';

/** The pane of an open conversation. */
export function Conversation({ conversation }: ConversationProps) {
  return <h2 dir="auto">{conversation.fullName}</h2>;
}
