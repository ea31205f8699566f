import type { Frames } from './contract';
import { idIn, isTrue, type JsonObject, numberIn, type Raw, textIn } from './json';

/** A frame that comes over the socket. */
export type Frame =
  /**
   * A message was sent to this account: as it came; without its content where it is to be fetched.
   * `senderId` and `stranger` (the account hasn't added the sender) are the relay's word.
   */
  | {
      kind: 'new_message';
      message: JsonObject;
      senderId: string | undefined;
      isToFetch: boolean;
      stranger: boolean;
    }
  /** The relay has a message that was sent over the socket. */
  | { kind: 'queued'; messageId: string }
  | SendRefused
  /** The key directory is running out of this account's one-time prekeys. */
  | { kind: 'prekeys_low' }
  | Signal
  /** An answer that nobody waits for, an event of tomorrow, or one that can't be read. */
  | { kind: 'other' };

/** The relay didn't take a message that was sent over the socket. */
export interface SendRefused {
  kind: 'send_refused';
  messageId: string;
  /** Of HTTP; 0 where it isn't said. */
  status: number;
  detail: string;
  /** The relay's word for programs; empty where there is none. */
  code: string;
  /** Seconds after which it may be taken; absent where that isn't said. */
  retryAfter: number | undefined;
}

/** A frame that somebody else's program, or the relay about somebody else, sends. */
export type Signal =
  | Receipt
  | { kind: 'typing'; userId: string; isTyping: boolean }
  | { kind: 'presence'; userId: string; isOnline: boolean }
  | { kind: 'contact_added'; contactId: string; username: string };

/** Somebody's program has a message, or somebody has read it. */
export interface Receipt {
  kind: 'receipt';
  userId: string;
  /** Absent where it can't be read: that somebody is there, it says all the same. */
  messageId: string | undefined;
  state: 'delivered' | 'read';
  /** As it came, base64. */
  proof: string | undefined;
}

const OTHER: Frame = { kind: 'other' };

/** Seconds. */
const LONGEST_QUIET = 24 * 60 * 60;

/** Reads one. */
export function frameOf(type: string, payload: JsonObject): Frame {
  switch (type) {
    case 'new_message':
      return {
        kind: 'new_message',
        message: payload,
        senderId: idIn(payload, 'sender_id'),
        isToFetch: isTrue(payload, 'fetch'),
        stranger: isTrue(payload, 'stranger'),
      };
    case 'message_queued':
      return about(payload, 'message_id', (messageId) => ({ kind: 'queued', messageId }));
    case 'error':
      return refusal(payload);
    case 'prekeys_low':
      return { kind: 'prekeys_low' };
    case 'message_delivered':
      return receipt(payload, 'delivered');
    case 'message_read':
      return receipt(payload, 'read');
    case 'typing':
      return about(payload, 'user_id', (userId) => ({
        kind: 'typing',
        userId,
        isTyping: isTrue(payload, 'is_typing'),
      }));
    case 'user_online':
      return presence(payload, true);
    case 'user_offline':
      return presence(payload, false);
    case 'contact_added':
      return about(payload, 'contact_id', (contactId) => ({
        kind: 'contact_added',
        contactId,
        username: textIn(payload, 'username') ?? '',
      }));
    default:
      return OTHER;
  }
}

function about(payload: JsonObject, member: string, frame: (id: string) => Frame): Frame {
  const id = idIn(payload, member);
  return id === undefined ? OTHER : frame(id);
}

function receipt(payload: JsonObject, state: Receipt['state']): Frame {
  return about(payload, 'user_id', (userId) => ({
    kind: 'receipt',
    userId,
    messageId: idIn(payload, 'message_id'),
    state,
    proof: textIn(payload, 'proof'),
  }));
}

function presence(payload: JsonObject, isOnline: boolean): Frame {
  return about(payload, 'user_id', (userId) => ({ kind: 'presence', userId, isOnline }));
}

/** Of what was refused, only sends are waited for. */
function refusal(payload: Raw<Frames['error']['payload']>): Frame {
  if (textIn(payload, 'type') !== 'send') {
    return OTHER;
  }
  const seconds = numberIn(payload, 'retry_after') ?? 0;
  return about(payload, 'message_id', (messageId) => ({
    kind: 'send_refused',
    messageId,
    status: numberIn(payload, 'status') ?? 0,
    detail: textIn(payload, 'detail') ?? 'The relay refuses it.',
    code: textIn(payload, 'code') ?? '',
    retryAfter: seconds > 0 ? Math.min(seconds, LONGEST_QUIET) : undefined,
  }));
}
