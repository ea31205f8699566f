import { useEffect, useState } from 'preact/hooks';
import type { Chat, Message, MessageSecurity } from '../../../engine/api';
import { detailOf } from '../../errors';
import { now } from '../../now';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Notice } from '../../parts/EmptyState';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { Spinner } from '../../parts/Spinner';
import { times } from '../../times';
import { allTimes } from '../list/StateLine';
import { proofWords, securityLines, theftWords } from './securityWords';
import './sheets.css';

export interface SecuritySheetProps {
  chat: Chat;
  message: Message;
  mine: boolean;
  onVerify: () => void;
  onClose: () => void;
}

/** How a message was protected, and against what. */
export function SecuritySheet({ chat, message, mine, onVerify, onClose }: SecuritySheetProps) {
  const [security, setSecurity] = useState<MessageSecurity>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    chat
      .security(message.contactId, message.id)
      .then(setSecurity, (e: unknown) => setFault(detailOf(e)));
  }, [message.id]);
  return (
    <Dialog
      title="Security of this message"
      kind="sheet"
      onClose={onClose}
      actions={
        security &&
        !security.verifiedIdentity && (
          <Button icon={moreIcons.qr} onClick={onVerify}>
            Compare safety numbers
          </Button>
        )
      }
    >
      {fault !== undefined && (
        <Notice kind="danger" icon={icons.alert}>
          <span role="alert">{fault}</span>
        </Notice>
      )}
      {security === undefined && fault === undefined && <Spinner label="Loading" />}
      {security && (
        <>
          <Notice
            kind={security.exposedUntil === undefined ? 'good' : 'note'}
            icon={security.exposedUntil === undefined ? icons.shieldCheck : icons.shield}
          >
            {theftWords(security, mine, !mine || hasArrived(message), times.full, now.value)}
          </Notice>
          <dl class="facts">
            {securityLines(security, mine, times.full).map((line) => (
              <div key={line.label}>
                <dt>{line.label}</dt>
                <dd>
                  {line.value}
                  {line.note !== undefined && <span class="facts-note">{line.note}</span>}
                </dd>
              </div>
            ))}
            <div>
              <dt>Times</dt>
              <dd class="facts-lines">{allTimes(message, mine)}</dd>
            </div>
          </dl>
          {proofWords(security, mine).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </>
      )}
    </Dialog>
  );
}

/** By the recipient's own word: the server's doesn't delete a key. */
function hasArrived({ state, details }: Message): boolean {
  return (state === 'delivered' || state === 'read') && !details.unproven;
}
