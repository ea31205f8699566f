import type { ArchivedMessage } from './archivedMessage';

/** A message that isn't read in, or some that the file lacks. */
export interface Refused {
  /** Of the message in its export, from 1 on; in a file without numbers, in the file. */
  number: number;
  /** Of the file, from 1 on, on which it begins; 0 for what isn't there. */
  line: number;
  /** As the file says; empty where it doesn't. */
  messageId: string;
  /** For a person, without an end mark. */
  reason: string;
}

/** A message of an export. */
export interface ReadMessage {
  /** As the file says: its state and its details are claims. */
  message: ArchivedMessage;
  number: number;
  line: number;
  /** Whether its digest says that it is as it was written. */
  isVerified: boolean;
}

/** What there is in an export. */
export interface Reading {
  /** In the order of the file. */
  read: ReadMessage[];
  /** What can't be read, and what is missing. */
  refused: Refused[];
}

/** Why a message that was read isn't taken after all. */
export function refusedOf(read: ReadMessage, reason: string): Refused {
  return { number: read.number, line: read.line, messageId: read.message.id, reason };
}
