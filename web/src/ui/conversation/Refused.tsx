import { useEffect, useState } from 'preact/hooks';
import type { Chat, Quarantined } from '../../engine/api';
import { detailOf } from '../errors';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Notice } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import { toast } from '../parts/Toast';
import { times } from '../times';
import { reasonWords } from './reasonWords';
import './refused.css';

export interface RefusedProps {
  chat: Chat;
  contactId: string;
  fullName: string;
  count: number;
}

/** Messages that came in and weren't taken: why, and how to be rid of them. */
export function Refused({ chat, contactId, fullName, count }: RefusedProps) {
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState<readonly Quarantined[]>([]);
  const failed = (e: unknown) => toast({ text: detailOf(e), kind: 'error' });
  useEffect(() => {
    if (open) chat.quarantine().then(setAll, failed);
  }, [open, count]);
  const theirs = all.filter((each) => each.senderId === contactId);
  return (
    <>
      <Notice
        kind="caution"
        icon={icons.alert}
        actions={<Button onClick={() => setOpen(true)}>See why</Button>}
      >
        <span>
          {count === 1 ? 'A message' : `${count} messages`} of <bdi>{fullName}</bdi>{' '}
          {count === 1 ? 'was' : 'were'} refused and not shown.
        </span>
      </Notice>
      {open && (
        <Dialog
          title="Refused messages"
          onClose={() => setOpen(false)}
          actions={
            <Button
              kind="danger"
              onClick={() => {
                chat.discardRefused().then(() => setOpen(false), failed);
              }}
            >
              Discard all that was refused
            </Button>
          }
        >
          <p>
            These came under the name of <bdi>{fullName}</bdi>. What can’t be trusted isn’t shown;
            if it heals by itself, it moves into the conversation.
          </p>
          <ul class="conv-refused">
            {theirs.map((each) => (
              <li key={each.messageId}>
                <strong>{reasonWords(each.reason)}</strong>
                <span dir="auto">{each.detail}</span>
                <span class="conv-refused-time">
                  {times.full(each.firstSeen)} · {each.reason}
                </span>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
