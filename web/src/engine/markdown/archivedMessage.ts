import type { MessageState } from '../api';

/** A message as an export has it. */
export interface ArchivedMessage {
  id: string;
  senderId: string;
  contactId: string;
  created: number;
  state: MessageState;
  text: string;
  /** JSON values by name. */
  details: Readonly<Record<string, unknown>>;
}

/** The detail of an imported message that holds all that the file said of it. */
export const CLAIMED = 'claimed';

/** Why a message can't be read in: for a person, without an end mark. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** There are no messages in what was to be an export. */
export class NoExportError extends Error {
  override name = 'NoExportError';
}
