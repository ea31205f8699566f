import { useEffect, useState } from 'preact/hooks';
import type { Quarantined } from '../../engine/api';
import { useAction } from '../action';
import { reasonWords } from '../conversation/reasonWords';
import { Problem } from '../entry/Problem';
import { nameOf } from '../names';
import { Button } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import * as moreIcons from '../parts/moreIcons';
import { toast } from '../parts/Toast';
import { useAppState } from '../state';
import { times } from '../times';
import { Card } from './Card';

export function RefusedSection() {
  const { chat, conversations, quarantined } = useAppState();
  const [refused, setRefused] = useState<readonly Quarantined[]>();
  const { busy, error, run } = useAction();
  const count = quarantined.value;
  useEffect(() => void run(async () => setRefused(await chat.quarantine())), [count]);
  const discard = () =>
    void run(async () => {
      const discarded = await chat.discardRefused();
      setRefused(await chat.quarantine());
      toast({
        text:
          discarded === 1 ? 'One message is discarded.' : `${discarded} messages are discarded.`,
      });
    });
  if (refused?.length === 0) {
    return (
      <EmptyState icon={icons.shieldCheck} title="Nothing was refused">
        <p>Messages that were altered, or aren’t from who they say, would be listed here.</p>
      </EmptyState>
    );
  }
  return (
    <Card
      title="Messages that were refused"
      note="They aren’t what they say they are, or this program can’t read them yet. They are kept so that you know of them, and some are read after an update."
    >
      <Problem error={error} />
      <ul class="items">
        {refused?.map((it) => {
          const sender = conversations.value?.get(it.senderId);
          return (
            <li key={it.messageId} class="item">
              <div class="item-text">
                <p class="item-title">
                  {sender === undefined ? (
                    'From somebody unknown'
                  ) : (
                    <>
                      From <bdi>{nameOf(sender)}</bdi>
                    </>
                  )}
                </p>
                <p>{reasonWords(it.reason)}</p>
                <p class="item-note">
                  {times.full(it.firstSeen)} · <code>{it.reason}</code>: {it.detail}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      {refused !== undefined && (
        <div class="card-actions">
          <Button icon={moreIcons.trash} busy={busy} onClick={discard}>
            Discard all
          </Button>
        </div>
      )}
    </Card>
  );
}
