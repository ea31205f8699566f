import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message, SearchHit } from '../../engine/api';
import { detailOf } from '../errors';
import { later } from '../later';
import { nameOf } from '../names';
import { Button } from '../parts/Button';
import { toast } from '../parts/Toast';
import { Composer, type ComposerControl } from './composer/Composer';
import { filesOf } from './composer/picked';
import type { FindBarProps } from './find/FindBar';
import { Header } from './Header';
import { History } from './list/History';
import { type ListControl, MessageList, type MessageListProps } from './list/MessageList';
import type { NoticesProps } from './Notices';
import type { Over, OverlayProps } from './Overlay';
import { opening, type Places } from './opening';
import type { ConversationProps } from './props';
import { useFindKey } from './useFindKey';
import { useRefused } from './useRefused';
import { useSpoken } from './useSpoken';
import './conversation.css';

const Notices = later<NoticesProps>(() => import('./Notices').then((part) => part.Notices));
const Overlay = later<OverlayProps>(() => import('./Overlay').then((part) => part.Overlay));
const FindBar = later<FindBarProps>(() => import('./find/FindBar').then((part) => part.FindBar));

const places: Places = new Map();

/** The pane of an open conversation. */
export function Conversation(props: ConversationProps) {
  // Another conversation is another pane: nothing of one is left in the other.
  return <Pane key={props.conversation.contactId} {...props} />;
}

function Pane(props: ConversationProps) {
  const { chat, account, settings, connection, at, onBack, onClose } = props;
  // Somebody removed may have left no name behind: all parts call them the same.
  const conversation = useMemo(
    () => ({ ...props.conversation, fullName: nameOf(props.conversation) }),
    [props.conversation],
  );
  const { contactId, fullName } = conversation;
  const list = useRef<ListControl>(undefined);
  const composer = useRef<ComposerControl>(undefined);
  const [over, setOver] = useState<Over>();
  const [finding, setFinding] = useState(0);
  const [marks, setMarks] = useState<MessageListProps['marks']>();
  const [dropping, setDropping] = useState(false);
  const [firstUnread, setFirstUnread] = useState(
    conversation.unread > 0 ? conversation.firstUnread : undefined,
  );
  const [{ page, place }] = useState(() => opening(conversation, at, places));
  const history = useMemo(() => new History(chat, contactId), [chat, contactId]);
  const refused = useRefused(chat, contactId);
  const fail = (e: unknown) => toast({ text: detailOf(e), kind: 'error' });

  useEffect(() => {
    history
      .open(page)
      // What was asked for, or where it was left, may be deleted by now.
      .catch((e: unknown) => {
        if (at !== undefined) fail(e);
        return history.open({ at: 'end' });
      })
      .catch(fail);
    return () => history.close();
  }, [history]);
  useEffect(() => {
    // Who opens it has come back to it, whether or not there is anything to be marked as read.
    if (conversation.markedUnread) chat.arrange(contactId, { markedUnread: false }).catch(fail);
  }, []);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && at !== undefined) list.current?.toMessage(at).catch(fail);
    isFirst.current = false;
  }, [at]);
  useSpoken(chat, conversation, settings);
  useFindKey(() => setFinding((times) => times + 1));
  useEffect(() => {
    // A screen that is touched would show its keyboard at once.
    if (at === undefined && matchMedia('(hover: hover)').matches) composer.current?.focus();
  }, []);

  const file = (message: Message, number: number) => chat.file(contactId, message.id, number);
  const saveFile = async (message: Message, number: number) => {
    const named = message.files.find((each) => each.number === number);
    if (!named) return;
    try {
      const [{ saveSafely }, content] = await Promise.all([
        import('./files/save'),
        file(message, number),
      ]);
      saveSafely(content, named.name);
    } catch (e) {
      fail(e);
    }
  };
  const retry = (message: Message) => void chat.retry(message.id).catch(fail);
  const actions: MessageListProps['actions'] = {
    retry,
    openMenu: (message, place) => setOver({ name: 'menu', message, at: place }),
    openFile: (message, number) => setOver({ name: 'viewer', message, number }),
    saveFile: (message, number) => void saveFile(message, number),
    cancelFile: (message, number) =>
      void chat.cancelFile(contactId, message.id, number).catch(fail),
    file,
  };
  const closeFind = () => {
    setFinding(0);
    setMarks(undefined);
    composer.current?.focus();
  };
  const goTo = (hit: SearchHit | undefined) => {
    setMarks(hit && { messageId: hit.message.id, ranges: hit.ranges });
    if (hit) list.current?.toMessage(hit.message.id).catch(fail);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are picked by a button, too
    <div
      class="conv"
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        const into = event.relatedTarget;
        if (!(into instanceof Node && event.currentTarget.contains(into))) setDropping(false);
      }}
      onDrop={(event) => {
        setDropping(false);
        const files = filesOf(event.dataTransfer);
        if (files.length === 0) return;
        event.preventDefault();
        composer.current?.addFiles(files);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.target instanceof Element) {
          if (event.target.closest('.conv-row')) composer.current?.focus();
        }
      }}
    >
      <Header
        conversation={conversation}
        connection={connection}
        onBack={onBack}
        onContact={() => setOver({ name: 'contact' })}
        onVerify={() => setOver({ name: 'verify' })}
        onFind={() => setFinding((times) => times + 1)}
      />
      {finding > 0 && (
        <FindBar
          chat={chat}
          contactId={contactId}
          asked={finding}
          onHit={goTo}
          onClose={closeFind}
        />
      )}
      {isOfNote(conversation, refused) && (
        <Notices
          chat={chat}
          conversation={conversation}
          refused={refused}
          onVerify={() => setOver({ name: 'verify' })}
        />
      )}
      <MessageList
        chat={chat}
        account={account}
        conversation={conversation}
        history={history}
        firstUnread={firstUnread}
        begin={{ firstUnread, place }}
        marks={marks}
        actions={actions}
        onLooked={(looked) => {
          if (looked) places.set(contactId, looked);
          else places.delete(contactId);
        }}
        control={list}
      />
      {conversation.blocked ? (
        <div class="conv-blocked">
          <p>
            You have blocked <bdi>{fullName}</bdi>.
          </p>
          <Button onClick={() => void chat.unblock(contactId).catch(fail)}>Unblock</Button>
        </div>
      ) : (
        <Composer
          chat={chat}
          conversation={conversation}
          settings={settings}
          onSent={() => {
            setFirstUnread(undefined);
            list.current?.toEnd().catch(fail);
          }}
          onUp={() => list.current?.focusLast()}
          control={composer}
        />
      )}
      {dropping && (
        <div class="conv-drop" aria-hidden="true">
          Drop files to send them to {fullName}
        </div>
      )}
      {over && (
        <Overlay
          over={over}
          show={setOver}
          chat={chat}
          conversation={conversation}
          ownId={account.userId}
          history={history}
          actions={actions}
          onDeleted={() => {
            places.delete(contactId);
            onClose?.();
          }}
        />
      )}
    </div>
  );
}

/** Whether there is anything to be said before all else; of an ordinary conversation, nothing is. */
function isOfNote(conversation: ConversationProps['conversation'], refused: number): boolean {
  const { identityChanged, downgraded, held, missing, isContact, blocked } = conversation;
  return (
    identityChanged ||
    downgraded ||
    held !== undefined ||
    missing > 0 ||
    refused > 0 ||
    !(isContact || blocked)
  );
}
