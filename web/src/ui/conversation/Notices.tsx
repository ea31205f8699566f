import { useState } from 'preact/hooks';
import type { Chat, Conversation } from '../../engine/api';
import { detailOf } from '../errors';
import { later } from '../later';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Notice } from '../parts/EmptyState';
import * as icons from '../parts/icons';
import { toast } from '../parts/Toast';
import { added } from './added';
import type { RefusedProps } from './Refused';
import { heldWords } from './reasonWords';
import { BLOCKING } from './words';

const Refused = later<RefusedProps>(() => import('./Refused').then((part) => part.Refused));

export interface NoticesProps {
  chat: Chat;
  conversation: Conversation;
  /** How many messages of theirs were refused. */
  refused: number;
  onVerify: () => void;
}

/** What a person has to know of this conversation before anything else goes on. */
export function Notices({ chat, conversation, refused, onVerify }: NoticesProps) {
  const { contactId, fullName, missing } = conversation;
  const [asks, setAsks] = useState<'block' | 'downgrade'>();
  const name = <bdi>{fullName}</bdi>;
  const call = (what: Promise<unknown>) =>
    what.catch((e: unknown) => toast({ text: detailOf(e), kind: 'error' }));
  const block = () => {
    setAsks(undefined);
    call(chat.block(contactId));
  };
  return (
    <div class="conv-notices">
      {conversation.identityChanged && (
        <Notice
          kind="danger"
          icon={icons.shield}
          actions={<Button onClick={onVerify}>Compare and accept</Button>}
        >
          <strong>{name} has a new identity.</strong>
          <span>
            That happens when they set up QuantChat anew. It could also be somebody who reads along.
            Nothing is sent until you have compared safety numbers and accepted it.
          </span>
        </Notice>
      )}
      {conversation.downgraded && (
        <Notice
          kind="caution"
          icon={icons.shield}
          actions={<Button onClick={() => setAsks('downgrade')}>Send anyway</Button>}
        >
          <strong>{name} offers weaker encryption than before.</strong>
          <span>
            They may have gone back to an older program, or somebody in between wants it so. Ask
            them by another way. Nothing is sent until you agree.
          </span>
        </Notice>
      )}
      {conversation.held !== undefined &&
        !conversation.identityChanged &&
        !conversation.downgraded && (
          <Notice kind="caution" icon={icons.clock}>
            <span dir="auto">{heldWords(fullName, conversation.held)}</span>
          </Notice>
        )}
      {missing > 0 && (
        <Notice icon={icons.inbox}>
          <span>
            {missing === 1 ? 'A message' : `${missing} messages`} of {name}{' '}
            {missing === 1 ? 'has' : 'have'} not come yet. Their program is asked to send{' '}
            {missing === 1 ? 'it' : 'them'} again; you need to do nothing.
          </span>
        </Notice>
      )}
      {refused > 0 && (
        <Refused chat={chat} contactId={contactId} fullName={fullName} count={refused} />
      )}
      {!conversation.isContact && !conversation.blocked && (
        <Notice
          icon={icons.person}
          actions={
            <>
              <Button kind="danger" onClick={() => setAsks('block')}>
                Block
              </Button>
              <Button kind="primary" onClick={() => call(added(chat, conversation))}>
                Add to contacts
              </Button>
            </>
          }
        >
          <strong>{name} isn’t one of your contacts.</strong>
          <span>
            Until you add them, they don’t see whether you are online or typing, and their files are
            fetched only when you ask.
          </span>
        </Notice>
      )}
      {asks === 'block' && (
        <Dialog
          title={`Block ${fullName}?`}
          onClose={() => setAsks(undefined)}
          actions={
            <>
              <Button onClick={() => setAsks(undefined)}>Cancel</Button>
              <Button kind="danger" onClick={block}>
                Block
              </Button>
            </>
          }
        >
          <p>{BLOCKING}</p>
        </Dialog>
      )}
      {asks === 'downgrade' && (
        <Dialog
          title="Send with weaker encryption?"
          onClose={() => setAsks(undefined)}
          actions={
            <>
              <Button onClick={() => setAsks(undefined)}>Cancel</Button>
              <Button
                kind="danger"
                onClick={() => {
                  setAsks(undefined);
                  call(chat.consentToDowngrade(contactId));
                }}
              >
                Send anyway
              </Button>
            </>
          }
        >
          <p>
            What you send from now on may be opened by somebody who records it today and has a
            quantum computer later. It can’t be taken back.
          </p>
        </Dialog>
      )}
    </div>
  );
}
