import type { Message } from '../../../engine/api';
import type { Times } from '../../times';

/** A row of the list: a message, or a line between two. */
export type Row =
  | { kind: 'day'; key: string; time: number }
  | { kind: 'unread'; key: string }
  | {
      kind: 'message';
      key: string;
      message: Message;
      mine: boolean;
      /** Whether it begins or ends a group: messages of one sender within minutes. */
      first: boolean;
      last: boolean;
    };

/** Of one group are messages of one sender no further apart. */
const GROUP_MS = 5 * 60_000;

/** A sender's clock that is ahead by more isn't believed. */
const AHEAD_MS = 2 * 60_000;

/**
 * The time that a message is shown with: when its sender says that it was written, which for what
 * was sent while this program was off is days before it came. Never later than it came.
 */
export function shownTime(message: Message): number {
  return message.created > message.arrived + AHEAD_MS ? message.arrived : message.created;
}

/**
 * The rows of a stretch of messages in their order. Keys are made from places: they stay when a
 * message gets another id.
 *
 * @param firstUnread before which the line "new messages" stands
 */
export function rowsOf(
  messages: readonly Message[],
  ownId: string,
  firstUnread: string | undefined,
  times: Pick<Times, 'dayKey'>,
): Row[] {
  const rows: Row[] = [];
  let before: { message: Message; day: string } | undefined;
  let open: Extract<Row, { kind: 'message' }> | undefined;
  for (const message of messages) {
    const time = shownTime(message);
    const day = times.dayKey(time);
    const lines: Row[] = [];
    if (day !== before?.day) lines.push({ kind: 'day', key: `day-${message.place}`, time });
    if (message.id === firstUnread) lines.push({ kind: 'unread', key: 'unread' });
    const joins =
      lines.length === 0 &&
      before?.message.senderId === message.senderId &&
      Math.abs(time - shownTime(before.message)) <= GROUP_MS;
    if (open) open.last = !joins;
    open = {
      kind: 'message',
      key: String(message.place),
      message,
      mine: message.senderId === ownId,
      first: !joins,
      last: true,
    };
    rows.push(...lines, open);
    before = { message, day };
  }
  return rows;
}
