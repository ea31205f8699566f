import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Account, Chat, Conversation } from '../../../engine/api';
import { now } from '../../now';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import { Spinner } from '../../parts/Spinner';
import { times } from '../../times';
import { type History, isUnread, MOST, PAGE } from './History';
import { MessageRow, type RowActions } from './MessageRow';
import { ReadMarks } from './ReadMarks';
import { rowsOf } from './rows';
import { ScrollKeeper } from './ScrollKeeper';
import './list.css';

/** Where a conversation is looked at; it opens there again. */
export interface Looked {
  messageId: string;
  key: string;
  below: number;
}

export interface ListControl {
  /** Goes to the newest message. */
  toEnd(): Promise<void>;
  /** Goes to a message, wherever it is. Rejects with the engine's error. */
  toMessage(messageId: string): Promise<void>;
  focusLast(): void;
}

export interface MessageListProps {
  chat: Chat;
  account: Account;
  conversation: Conversation;
  history: History;
  /** The first unread message when this was opened: the line stands before it. */
  firstUnread: string | undefined;
  /** Where to begin; the end where it is absent and nothing is unread. */
  begin: Looked | { messageId: string } | undefined;
  marks: { messageId: string; ranges: readonly [number, number][] } | undefined;
  actions: Omit<RowActions, 'focused'>;
  onLooked: (looked: Looked | undefined) => void;
  control: { current: ListControl | undefined };
}

/** Loads more where less than this many window heights are left. */
const NEAR = 1.5;

/** How long a message that was jumped to is lit, in milliseconds. */
const LIT = 1_600;

export function MessageList(props: MessageListProps) {
  const { chat, account, conversation, history, firstUnread, begin, marks } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const keeper = useRef<ScrollKeeper>(undefined);
  const readMarks = useRef<ReadMarks>(undefined);
  const begun = useRef(false);
  const counted = useRef(new Set<string>());
  const below = useSignal(0);
  const away = useSignal(false);
  const lit = useSignal<string | undefined>(undefined);
  const reachable = useSignal<string | undefined>(undefined);
  const stretch = history.stretch.value;
  const rows = useMemo(
    () => rowsOf(stretch?.messages ?? [], account.userId, firstUnread, times),
    [stretch, firstUnread],
  );
  const latest = useRef(props);
  latest.current = props;

  // Enough that what is let go on one side isn't wanted again at once, however high the window.
  const most = () => Math.max(MOST, 6 * (keeper.current?.shown().length ?? 0) + 2 * PAGE);
  const fill = () => {
    const kept = keeper.current;
    const of = history.stretch.peek();
    if (!kept || !of || !begun.current) return;
    const { above, below: beneath } = kept.beyond();
    const more =
      above < NEAR && of.hasEarlier
        ? history.earlier(most())
        : beneath < NEAR && of.hasLater
          ? history.later(most())
          : undefined;
    more?.then(() => {
      if (history.stretch.peek() !== of) fill();
    }, noPage);
  };
  const look = () => {
    const kept = keeper.current;
    if (!kept) return;
    away.value = !kept.isAtEnd;
    if (kept.isAtEnd) below.value = 0;
    const place = kept.place;
    const message =
      place.at === 'row' ? messageAt(history, kept.element(place.key)?.dataset.message) : undefined;
    latest.current.onLooked(
      place.at === 'row' && message
        ? { messageId: message.id, key: place.key, below: place.below }
        : undefined,
    );
    readMarks.current?.look();
    fill();
  };
  const onScroll = () => {
    if (!begun.current) return;
    keeper.current?.scrolled();
    look();
  };

  useLayoutEffect(() => {
    if (!scroller.current || !list.current) return;
    const kept = new ScrollKeeper(scroller.current, list.current);
    keeper.current = kept;
    const unreadShown = () => {
      const keys = new Set(kept.shown());
      return (history.stretch.peek()?.messages ?? [])
        .filter((it) => keys.has(String(it.place)) && isUnread(it, account.userId))
        .map((it) => it.id);
    };
    const marking = new ReadMarks((ids) => chat.markRead(conversation.contactId, ids), unreadShown);
    readMarks.current = marking;
    const observer = new ResizeObserver(() => {
      kept.settle(history.stretch.peek()?.hasLater ?? false);
      look();
    });
    observer.observe(scroller.current);
    observer.observe(list.current);
    const unsubscribe = chat.on('messages', ({ contactId, messages }) => {
      const known = history.stretch.peek()?.messages.at(-1)?.place ?? 0;
      const isLast = (place: number) => place >= known;
      if (contactId !== conversation.contactId || kept.isAtEnd) return;
      below.value += messages.filter(
        (it) => isUnread(it, account.userId) && isLast(it.place) && !counted.current.has(it.id),
      ).length;
      for (const it of messages) counted.current.add(it.id);
    });
    return () => {
      marking.close();
      observer.disconnect();
      unsubscribe();
    };
  }, [history]);

  // After each drawing: what was looked at is where it was before it is painted.
  useLayoutEffect(() => {
    const kept = keeper.current;
    if (!kept || !stretch) return;
    if (!begun.current) {
      begun.current = true;
      beginAt(kept, history, firstUnread, begin);
      if (begin && !('below' in begin)) light(begin.messageId);
    }
    kept.settle(stretch.hasLater);
    if (kept.isAtEnd) history.trim(most());
    look();
  }, [rows]);

  const light = (messageId: string) => {
    lit.value = messageId;
    setTimeout(() => {
      if (lit.value === messageId) lit.value = undefined;
    }, LIT);
  };
  props.control.current = {
    async toEnd() {
      if (history.stretch.peek()?.hasLater) {
        await history.open({ at: 'end' });
        await drawn();
      }
      keeper.current?.toEnd();
      look();
    },
    async toMessage(messageId) {
      if (!history.isLoaded(messageId)) {
        await history.open({ around: messageId });
        await drawn();
      }
      const message = messageAt(history, messageId);
      if (!message || !keeper.current?.show(String(message.place))) return;
      light(messageId);
      reachable.value = String(message.place);
      look();
    },
    focusLast() {
      const last = rows.at(-1);
      if (last) keeper.current?.element(reachable.value ?? last.key)?.focus();
    },
  };

  useEffect(() => {
    reachable.value = undefined;
  }, [history]);
  const rowActions = useMemo<RowActions>(
    () => ({
      retry: (message) => latest.current.actions.retry(message),
      openMenu: (message, at) => latest.current.actions.openMenu(message, at),
      openFile: (message, number) => latest.current.actions.openFile(message, number),
      saveFile: (message, number) => latest.current.actions.saveFile(message, number),
      cancelFile: (message, number) => latest.current.actions.cancelFile(message, number),
      file: (message, number) => latest.current.actions.file(message, number),
      focused: (key) => {
        reachable.value = key;
      },
    }),
    [],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepOf(event.key);
    const from = event.target;
    if (to === undefined || !(from instanceof HTMLElement) || !from.matches('.conv-row')) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.conv-row') ?? [])];
    const next = all[to(all.indexOf(from), all.length)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const lastKey = useComputed(() => {
    const last = history.stretch.value?.messages.at(-1);
    return last && String(last.place);
  });
  const tabStop =
    reachable.value !== undefined && rows.some((row) => row.key === reachable.value)
      ? reachable.value
      : lastKey.value;

  return (
    <div class="conv-list">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages within */}
      <div class="conv-scroller" ref={scroller} onScroll={onScroll} onKeyDown={onKeyDown}>
        {stretch === undefined && (
          <div class="conv-loading">
            <Spinner label="Loading messages" />
          </div>
        )}
        <ol class="conv-messages" ref={list} aria-label={`Messages with ${conversation.fullName}`}>
          {rows.map((row) =>
            row.kind === 'day' ? (
              <li key={row.key} class="conv-day">
                <span>{times.day(row.time, now.value)}</span>
              </li>
            ) : row.kind === 'unread' ? (
              <li key={row.key} class="conv-unread" data-key={row.key}>
                <span>New messages</span>
              </li>
            ) : (
              <MessageRow
                key={row.key}
                rowKey={row.key}
                message={row.message}
                mine={row.mine}
                author={row.mine ? 'You' : conversation.fullName}
                first={row.first}
                last={row.last}
                reachable={row.key === tabStop}
                marks={marks?.messageId === row.message.id ? marks.ranges : undefined}
                lit={lit.value === row.message.id}
                actions={rowActions}
              />
            ),
          )}
          {conversation.typing && !conversation.blocked && (
            <li class="conv-typing" aria-label={`${conversation.fullName} is typing`}>
              <span />
              <span />
              <span />
            </li>
          )}
        </ol>
      </div>
      {away.value && (
        <button
          type="button"
          class="conv-to-end"
          onClick={() => void props.control.current?.toEnd().catch(noPage)}
        >
          {below.value > 0 && <span>{below.value} new</span>}
          <Icon path={icons.chevronDown} />
          <span class="unseen">Go to the newest message</span>
        </button>
      )}
    </div>
  );
}

function beginAt(
  kept: ScrollKeeper,
  history: History,
  firstUnread: string | undefined,
  begin: MessageListProps['begin'],
): void {
  if (begin) {
    const message = messageAt(history, begin.messageId);
    const shown =
      message && kept.show(String(message.place), 'below' in begin ? begin.below : undefined);
    if (shown) return;
  }
  if (!(firstUnread !== undefined && kept.show('unread'))) kept.toEnd();
}

function messageAt(history: History, messageId: string | undefined) {
  return history.stretch.peek()?.messages.find((message) => message.id === messageId);
}

function stepOf(key: string): ((at: number, count: number) => number) | undefined {
  switch (key) {
    case 'ArrowUp':
      return (at) => at - 1;
    case 'ArrowDown':
      return (at) => at + 1;
    case 'Home':
      return () => 0;
    case 'End':
      return (_, count) => count - 1;
    default:
      return undefined;
  }
}

/** After what has changed was drawn. */
function drawn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** A page that can't be read: the engine tells of it by an event, and scrolling tries again. */
function noPage(): void {}
