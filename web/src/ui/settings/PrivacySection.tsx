import { Switch } from '../parts/Choice';
import { Icon } from '../parts/Icon';
import * as moreIcons from '../parts/moreIcons';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { Card } from './Card';
import { change } from './change';

export function PrivacySection() {
  const { chat, settings, sorted } = useAppState();
  const blocked = sorted.value.filter((it) => it.blocked).length;
  return (
    <>
      <Card title="What others are told">
        <Switch
          label="Read receipts"
          note="When this is off, nobody is told that you have read their messages. You still see theirs."
          checked={settings.value.receipts}
          onChange={(receipts) => change(chat, { receipts })}
        />
        <Switch
          label="Typing"
          note="When this is off, nobody sees that you are typing."
          checked={settings.value.typing}
          onChange={(typing) => change(chat, { typing })}
        />
      </Card>
      <Card title="Blocked people" note="They can’t write to you, and aren’t told.">
        <div class="card-actions">
          <a class="button button-plain" href={hashOf({ name: 'blocked' })}>
            <Icon path={moreIcons.block} />
            {blocked === 0 ? 'Nobody is blocked' : `Blocked people (${blocked})`}
          </a>
        </div>
      </Card>
    </>
  );
}
