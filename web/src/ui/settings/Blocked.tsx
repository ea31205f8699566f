import type { Conversation } from '../../engine/api';
import { useAction } from '../action';
import { Problem } from '../entry/Problem';
import { nameOf } from '../names';
import { Avatar } from '../parts/Avatar';
import { Button, IconButton } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { useAppState } from '../state';
import { Card } from './Card';
import './settings.css';

/** Who can't write, each with the way back. */
export function Blocked() {
  const { router, sorted } = useAppState();
  const blocked = sorted.value.filter((it) => it.blocked);
  return (
    <>
      <header class="pane-header">
        <IconButton
          icon={icons.back}
          turns
          label="Back to the settings"
          onClick={() => router.go({ name: 'settings', section: 'privacy' })}
        />
        <h2 class="pane-title">Blocked people</h2>
      </header>
      <div class="settings-body">
        {blocked.length === 0 ? (
          <EmptyState icon={moreIcons.block} title="Nobody is blocked">
            <p>You block somebody from the conversation with them.</p>
          </EmptyState>
        ) : (
          <Card title="They can’t write to you" note="They aren’t told.">
            <ul class="items">
              {blocked.map((it) => (
                <BlockedPerson key={it.contactId} person={it} />
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}

function BlockedPerson({ person }: { person: Conversation }) {
  const { chat } = useAppState();
  const { busy, error, run } = useAction();
  const name = nameOf(person);
  return (
    <li class="item">
      <Avatar id={person.contactId} name={name} />
      <div class="item-text">
        <bdi class="item-title">{name}</bdi>
        <bdi class="item-note">{person.email}</bdi>
      </div>
      <Button
        aria-label={`Unblock ${name}`}
        busy={busy}
        onClick={() => void run(() => chat.unblock(person.contactId))}
      >
        Unblock
      </Button>
      <Problem error={error} />
    </li>
  );
}
