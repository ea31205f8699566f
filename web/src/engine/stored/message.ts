import type { Message, MessageDetails, MessageFile, MessageState } from '../api';

/** Messages in the store have their state as a number: higher is further. */
export const RANK = {
  sending: 0,
  failed: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  imported: 5,
} as const satisfies Record<MessageState, number>;

export type Rank = (typeof RANK)[MessageState];

const STATES = Object.keys(RANK) as MessageState[];

export function stateOf(rank: Rank): MessageState {
  return STATES[rank] as MessageState;
}

/** How a message was sealed, for who wants to know what protects it. */
export interface SealedWith {
  /** Version of the recipient's bundle. */
  bundle: number;
  spk: string;
  opk?: string;
  kemKey?: string;
  signatures: { algorithm: string; keyId: string; timestamp: number }[];
}

/** A message whose receipt was told, and what that said. */
export interface Told {
  senderId: string;
  id: string;
  owed: number | undefined;
}

/** A message as it is stored, without what its files are. */
export interface StoredMessage {
  senderId: string;
  id: string;
  contactId: string;
  created: number;
  arrived: number;
  place: number;
  rank: Rank;
  text: string;
  details: MessageDetails;
  times: Message['times'];
  /** How many files it has. */
  fileCount: number;
  sealedWith?: SealedWith;
  /** Its contact, where it was received and isn't read. */
  unreadOf?: string;
  /** Up to which state its sender is to be told. */
  owed?: Rank;
  /** Its sender, where they may have missed what they were told... */
  missedBy?: string;
  /** ...which was this. */
  missed?: Rank;
}

export type MessageKey = Pick<StoredMessage, 'senderId' | 'id'>;

export function isIncoming(message: Pick<StoredMessage, 'senderId' | 'contactId'>): boolean {
  return message.senderId === message.contactId;
}

export function isImported(message: Pick<StoredMessage, 'rank'>): boolean {
  return message.rank === RANK.imported;
}

/** Details of one way out: of a message that goes out again nothing of them is true any more. */
const OF_ITS_WAY: readonly (keyof MessageDetails)[] = [
  'failure',
  'unproven',
  'crypto_version',
  'encryption_algorithm',
  'kdf_algorithm',
  'mode',
];

export function ofTheTextAlone(details: MessageDetails): MessageDetails {
  return without(details, ...OF_ITS_WAY);
}

export function without(
  details: MessageDetails,
  ...names: (keyof MessageDetails)[]
): MessageDetails {
  const rest = { ...details };
  for (const name of names) {
    delete rest[name];
  }
  return rest;
}

/** A message as it is shown. */
export function shown(stored: StoredMessage, files: MessageFile[]): Message {
  const { id, senderId, contactId, created, arrived, place, text, times, details } = stored;
  return {
    id,
    senderId,
    contactId,
    created,
    arrived,
    state: stateOf(stored.rank),
    text,
    place,
    files,
    times,
    details,
  };
}
