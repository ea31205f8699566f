import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Account, Chat, Conversation } from '../../../engine/api';
import { now } from '../../now';
import { EmptyState } from '../../parts/EmptyState';
import { Icon } from '../../parts/Icon';
import * as icons from '../../parts/icons';
import { Spinner } from '../../parts/Spinner';
import { times } from '../../times';
import type { History } from './History';
import { type Begin, ListScroll, type Looked } from './ListScroll';
import { MessageRow, type RowActions } from './MessageRow';
import { rowsOf } from './rows';
import './list.css';

export interface ListControl {
  /** Goes to the newest message. Rejects with the engine's error. */
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
  begin: Begin;
  /** Before which message the line of new ones stands now. */
  firstUnread: string | undefined;
  marks: { messageId: string; ranges: readonly [number, number][] } | undefined;
  actions: Omit<RowActions, 'focused'>;
  onLooked: (looked: Looked | undefined) => void;
  control: { current: ListControl | undefined };
}

/** The messages of a conversation: those near what is looked at. */
export function MessageList(props: MessageListProps) {
  const { account, conversation, history, firstUnread, marks, control } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [reached, setReached] = useState<string>();
  const latest = useRef(props);
  latest.current = props;
  const scroll = useMemo(
    () =>
      new ListScroll({
        chat: props.chat,
        history,
        contactId: conversation.contactId,
        ownId: account.userId,
        begin: props.begin,
        onLooked: (looked) => latest.current.onLooked(looked),
      }),
    [history],
  );
  const stretch = history.stretch.value;
  const rows = useMemo(
    () => rowsOf(stretch?.messages ?? [], account.userId, firstUnread, times),
    [stretch, firstUnread],
  );
  const actions = useMemo(() => steady(() => latest.current.actions, setReached), []);

  useLayoutEffect(
    () =>
      scroller.current && list.current ? scroll.attach(scroller.current, list.current) : undefined,
    [scroll],
  );
  useLayoutEffect(() => scroll.drawn(), [rows]);
  useEffect(() => {
    control.current = {
      toEnd: () => scroll.toEnd(),
      toMessage: async (messageId) => {
        const key = await scroll.toMessage(messageId);
        if (key !== undefined) setReached(key);
      },
      focusLast: () => {
        if (tabStop !== undefined) scroll.row(tabStop)?.focus();
      },
    };
  });
  // Tab comes to one message: the last one that had the focus, else the newest.
  const tabStop = rows.some((row) => row.key === reached) ? reached : rows.at(-1)?.key;

  return (
    <div class="conv-list">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the messages within */}
      <div class="conv-scroller" ref={scroller} onScroll={() => scroll.scrolled()} onKeyDown={walk}>
        {stretch === undefined && (
          <div class="conv-loading">
            <Spinner label="Loading messages" />
          </div>
        )}
        {stretch !== undefined && rows.length === 0 && (
          <div class="conv-loading">
            <EmptyState icon={icons.lock} title="No messages yet">
              <p>What you write is encrypted on this device, for nobody but you two.</p>
            </EmptyState>
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
                lit={scroll.lit.value === row.message.id}
                actions={actions}
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
      {scroll.isAway.value && (
        <button
          type="button"
          class="conv-to-end"
          onClick={() =>
            void scroll.toEnd().catch(() => {
              // It stays where it is, and can be pressed again.
            })
          }
        >
          {scroll.below.value > 0 && <span>{scroll.below.value} new</span>}
          <Icon path={icons.chevronDown} />
          <span class="unseen">Go to the newest message</span>
        </button>
      )}
    </div>
  );
}

/** Actions that are the same objects for as long as the list is there: rows aren't drawn again. */
function steady(
  actions: () => Omit<RowActions, 'focused'>,
  focused: RowActions['focused'],
): RowActions {
  return {
    retry: (message) => actions().retry(message),
    openMenu: (message, at) => actions().openMenu(message, at),
    openFile: (message, number) => actions().openFile(message, number),
    saveFile: (message, number) => actions().saveFile(message, number),
    cancelFile: (message, number) => actions().cancelFile(message, number),
    file: (message, number) => actions().file(message, number),
    focused,
  };
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Arrow keys go from message to message. */
function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const from = event.target;
  if (!step || !(from instanceof HTMLElement) || !from.matches('.conv-row')) return;
  const all = [...(from.parentElement?.querySelectorAll<HTMLElement>('.conv-row') ?? [])];
  const next = all[step(all.indexOf(from), all.length)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
