import type { Conversation } from '../../engine/api';
import { nameOf } from '../names';
import { now } from '../now';
import { Avatar } from '../parts/Avatar';
import { IconButton } from '../parts/Button';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';
import { type MenuPlace, placeOf } from '../parts/menuPlace';
import { StateIcon } from '../parts/StateIcon';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { times } from '../times';
import { lastLineOf, unreadSaid } from './lastLine';
import { useLongPress } from './longPress';

export interface RowProps {
  line: Conversation;
  /** From 1 on, of `count`. */
  place: number;
  count: number;
  open: boolean;
  /** It is the one that Tab goes to. */
  tabbed: boolean;
  onMenu: (line: Conversation, at: MenuPlace) => void;
}

/** One conversation of the list. */
export function Row({ line, place, count, open, tabbed, onMenu }: RowProps) {
  const name = nameOf(line);
  // Nobody here knows it of others while this program is offline itself.
  const isOnline = line.online && !line.blocked && useAppState().connection.value === 'online';
  const { end: endPress, ...touch } = useLongPress((at) => onMenu(line, at));
  const isUnread = line.unread > 0 || line.markedUnread;
  return (
    <li
      class="row"
      style={{ '--at': String(place - 1) }}
      aria-posinset={place}
      aria-setsize={count}
    >
      <a
        class={isUnread ? 'row-link row-unread' : 'row-link'}
        href={hashOf({ name: 'conversation', contactId: line.contactId })}
        tabIndex={tabbed ? 0 : -1}
        aria-current={open ? 'page' : undefined}
        data-at={place - 1}
        {...touch}
        onContextMenu={(event) => {
          event.preventDefault();
          endPress();
          onMenu(line, placeOf(event));
        }}
      >
        <Avatar id={line.contactId} name={name} size={3} online={isOnline} />
        <span class="row-text">
          <span class="row-top">
            <bdi class="row-name">{name}</bdi>
            <Marks line={line} isOnline={isOnline} />
            {line.last !== undefined && (
              <time class="row-time" dateTime={isoTime(line.lastActivity)}>
                {times.short(line.lastActivity, now.value)}
              </time>
            )}
          </span>
          <span class="row-bottom">
            <LastLineShown line={line} />
            <Badges line={line} />
          </span>
        </span>
      </a>
      <IconButton
        class="row-more"
        icon={icons.more}
        label={`Options for ${name}`}
        title="Options"
        tabIndex={tabbed ? 0 : -1}
        aria-haspopup="menu"
        onClick={(event) => onMenu(line, event.currentTarget.getBoundingClientRect())}
      />
    </li>
  );
}

function isoTime(time: number): string | undefined {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined;
}

function Marks({ line, isOnline }: { line: Conversation; isOnline: boolean }) {
  return (
    <>
      {isOnline && <span class="unseen">online</span>}
      {line.verified && <Mark icon={icons.shieldCheck} words="verified" kind="good" />}
      {line.pinned && <Mark icon={icons.pin} words="pinned" />}
      {line.muted && <Mark icon={icons.bellOff} words="muted" />}
    </>
  );
}

function Mark({ icon, words, kind }: { icon: string; words: string; kind?: 'good' | 'danger' }) {
  return (
    <span class={kind === undefined ? 'row-mark' : `row-mark row-mark-${kind}`} title={words}>
      <Icon path={icon} size={0.875} />
      <span class="unseen">{words}</span>
    </span>
  );
}

function LastLineShown({ line }: { line: Conversation }) {
  const said = lastLineOf(line);
  switch (said.kind) {
    case 'typing':
      return <span class="row-last row-accent">typing…</span>;
    case 'draft':
      return (
        <>
          <span class="row-accent">Draft:</span>
          <bdi class="row-last">{said.text}</bdi>
        </>
      );
    case 'mine':
      return (
        <>
          <StateIcon state={said.state} />
          <span class="unseen">You: </span>
          <bdi class="row-last">{said.text}</bdi>
        </>
      );
    case 'theirs':
      return <bdi class="row-last">{said.text}</bdi>;
    case 'note':
      return <span class="row-last row-soft">{said.text}</span>;
  }
}

function Badges({ line }: { line: Conversation }) {
  return (
    <>
      {line.identityChanged && (
        <Mark icon={icons.alert} words="their identity has changed" kind="danger" />
      )}
      {line.failed > 0 && line.last?.state !== 'failed' && (
        <Mark icon={icons.alert} words="a message was not sent" kind="danger" />
      )}
      {line.unread > 0 ? (
        <span class={line.muted ? 'badge badge-muted' : 'badge'}>
          {unreadSaid(line.unread)}
          <span class="unseen"> unread</span>
        </span>
      ) : (
        line.markedUnread && (
          <span class="badge badge-dot">
            <span class="unseen">marked as unread</span>
          </span>
        )
      )}
    </>
  );
}
