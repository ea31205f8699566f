import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { lazyDialog } from '../lazy';
import { Button, IconButton } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import { Field } from '../parts/Field';
import { Hint } from '../parts/Hint';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';
import { Spinner } from '../parts/Spinner';
import { hashOf } from '../router';
import { useAppState } from '../state';
import './list.css';
import { filterByName } from './filter';
import { unreadSaid } from './lastLine';
import { Rows } from './Rows';
import { SideNotes } from './SideNotes';

const AddContact = lazyDialog(() => import('./AddContact').then((it) => it.AddContact));

export interface SideProps {
  account: Account;
  loginRequired: boolean;
  /** The conversation that is open. */
  open: string | undefined;
  onSwitch: () => void;
}

/** The list of conversations, with what is over it. */
export function Side({ account, loginRequired, open, onSwitch }: SideProps) {
  const { router, sorted, conversations, settings, chat } = useAppState();
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const inArchive = router.route.value.name === 'archive';
  const archived = useComputed(() => sorted.value.filter((it) => it.archived));
  const filtered = query.trim() !== '';
  const lines = filtered
    ? filterByName(sorted.value, query)
    : sorted.value.filter((it) => it.archived === inArchive);
  return (
    <nav class="side" tabIndex={-1} aria-label="Conversations">
      <header class="side-header">
        {inArchive && (
          <IconButton
            icon={icons.back}
            turns
            label="Back to all conversations"
            onClick={() => router.go({ name: 'list' })}
          />
        )}
        <h2 class="side-title">{inArchive ? 'Archive' : 'Chats'}</h2>
        <IconButton
          icon={icons.search}
          label="Search messages"
          onClick={() => router.go({ name: 'search' })}
        />
        <IconButton icon={icons.add} label="Add a contact" onClick={() => setAdding(true)} />
        <IconButton
          icon={icons.settings}
          label="Settings"
          onClick={() => router.go({ name: 'settings' })}
        />
      </header>
      <search class="side-search">
        <Field
          label="Find a person"
          labelUnseen
          type="search"
          icon={icons.person}
          placeholder="Find a person"
          autoComplete="off"
          value={query}
          onInput={setQuery}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') {
              event.stopPropagation();
              setQuery('');
            }
          }}
        />
      </search>
      <SideNotes account={account} loginRequired={loginRequired}>
        {!filtered && !inArchive && lines.length > 2 && (
          <Hint name="switcher" chat={chat} settings={settings.value}>
            <p>
              Press <kbd>Ctrl</kbd> <kbd>K</kbd> to go to anybody by a few letters.{' '}
              <Button kind="quiet" class="button-inline" onClick={onSwitch}>
                Try it
              </Button>
            </p>
          </Hint>
        )}
      </SideNotes>
      {conversations.value === undefined ? (
        <div class="loading">
          <Spinner label="Loading conversations" />
        </div>
      ) : lines.length > 0 ? (
        <Rows lines={lines} open={open} label={inArchive ? 'Archived conversations' : 'Chats'} />
      ) : (
        <NoRows filtered={filtered} inArchive={inArchive} onAdd={() => setAdding(true)} />
      )}
      {!inArchive && !filtered && archived.value.length > 0 && (
        <ArchiveLink unread={archived.value.reduce((sum, it) => sum + it.unread, 0)} />
      )}
      {adding && <AddContact onClose={() => setAdding(false)} />}
    </nav>
  );
}

function ArchiveLink({ unread }: { unread: number }) {
  return (
    <a class="side-link" href={hashOf({ name: 'archive' })}>
      <Icon path={icons.archive} />
      <span>Archive</span>
      {unread > 0 && (
        <span class="badge badge-muted">
          {unreadSaid(unread)}
          <span class="unseen"> unread</span>
        </span>
      )}
    </a>
  );
}

function NoRows({
  filtered,
  inArchive,
  onAdd,
}: {
  filtered: boolean;
  inArchive: boolean;
  onAdd: () => void;
}) {
  if (filtered) {
    return (
      <EmptyState icon={icons.search} title="Nobody by that name">
        <p>
          Add people by their email address, or{' '}
          <a href={hashOf({ name: 'search' })}>search in messages</a>.
        </p>
      </EmptyState>
    );
  }
  if (inArchive) {
    return (
      <EmptyState icon={icons.archive} title="Nothing in the archive">
        <p>Conversations that you archive are kept here, and stay as they are.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icons.person} title="Nobody here yet">
      <p>Add somebody by the email address of their account, and write to them.</p>
      <Button kind="primary" icon={icons.add} onClick={onAdd}>
        Add a contact
      </Button>
    </EmptyState>
  );
}
