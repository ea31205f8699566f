import type { Message, MessageState } from '../../engine/api';

/** What a person reads of states. In one place, so that it is one voice. */

/** What blocking somebody does. */
export const BLOCKING =
  'Their messages don’t reach you any more, and they aren’t told. What they write meanwhile is not shown when you unblock them; once they write again after that, their program is asked for it.';

const STATES: Record<MessageState, string> = {
  sending: 'Sending',
  failed: 'Not sent',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  imported: 'Imported',
};

export function stateWord(state: MessageState): string {
  return STATES[state];
}

/** What is to be known of a message beyond its text; nothing of an ordinary one. */
export function remarks(message: Message, mine: boolean): string[] {
  const { details, state } = message;
  return [
    ...(details.damaged ? ['It can’t be read any more: what is stored of it is damaged.'] : []),
    ...(state === 'imported' ? ['From an imported file: only the file vouches for it.'] : []),
    ...(details.unproven && mine && (state === 'delivered' || state === 'read')
      ? [`${stateWord(state)}, says the server; their program hasn’t proved it.`]
      : []),
    ...(details.sealed_again && !mine ? ['Their program has sent it again.'] : []),
  ];
}
