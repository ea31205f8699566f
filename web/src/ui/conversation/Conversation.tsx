import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message, SearchHit } from '../../engine/api';
import { detailOf } from '../errors';
import { nameOf } from '../names';
import { announce } from '../parts/announce';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Menu, type MenuPlace } from '../parts/Menu';
import { toast } from '../parts/Toast';
import { Composer, type ComposerControl } from './composer/Composer';
import { filesOf } from './composer/picked';
import { isPicture } from './files/box';
import { saveSafely } from './files/save';
import type { ViewerProps } from './files/Viewer';
import type { FindBarProps } from './find/FindBar';
import { Header } from './Header';
import { later } from './later';
import { History } from './list/History';
import { type ListControl, MessageList, type MessageListProps } from './list/MessageList';
import { messageMenu } from './list/messageMenu';
import { Notices } from './Notices';
import { opening, type Places } from './opening';
import type { ConversationProps } from './props';
import type { ContactSheetProps } from './sheets/ContactSheet';
import type { SecuritySheetProps } from './sheets/SecuritySheet';
import type { VerificationProps } from './sheets/Verification';
import { useRefused } from './useRefused';
import './conversation.css';

const ContactSheet = later<ContactSheetProps>(() =>
  import('./sheets/ContactSheet').then((part) => part.ContactSheet),
);
const SecuritySheet = later<SecuritySheetProps>(() =>
  import('./sheets/SecuritySheet').then((part) => part.SecuritySheet),
);
const Verification = later<VerificationProps>(() =>
  import('./sheets/Verification').then((part) => part.Verification),
);
const FindBar = later<FindBarProps>(() => import('./find/FindBar').then((part) => part.FindBar));
const Viewer = later<ViewerProps>(() => import('./files/Viewer').then((part) => part.Viewer));

const places: Places = new Map();

/** What lies over the conversation. One at a time. */
type Over =
  | { name: 'contact' }
  | { name: 'verify' }
  | { name: 'security'; message: Message }
  | { name: 'delete'; message: Message }
  | { name: 'menu'; message: Message; at: MenuPlace }
  | { name: 'viewer'; message: Message; number: number };

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
  const [{ page, begin }] = useState(() => opening(conversation, at, places));
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
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && at !== undefined) list.current?.toMessage(at).catch(fail);
    isFirst.current = false;
  }, [at]);
  useEffect(
    () =>
      chat.on('received', ({ contactId: from, message }) => {
        if (from !== contactId) return;
        announce(
          settings.notifications === 'with_content' && message.text !== ''
            ? `${fullName}: ${message.text.slice(0, 500)}`
            : `New message from ${fullName}`,
        );
      }),
    [chat, contactId, settings.notifications, fullName],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'f';
      if (!isFind || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setFinding((now) => now + 1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    // A screen that is touched would show its keyboard at once.
    if (at === undefined && matchMedia('(hover: hover)').matches) composer.current?.focus();
  }, []);

  const isMine = (message: Message) => message.senderId === account.userId;
  const file = (message: Message, number: number) => chat.file(contactId, message.id, number);
  const saveFile = async (message: Message, number: number) => {
    const named = message.files.find((each) => each.number === number);
    if (!named) return;
    try {
      saveSafely(await file(message, number), named.name);
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
  const close = () => setOver(undefined);
  const closeFind = () => {
    setFinding(0);
    setMarks(undefined);
    composer.current?.focus();
  };
  const goTo = (hit: SearchHit | undefined) => {
    setMarks(hit && { messageId: hit.message.id, ranges: hit.ranges });
    if (hit) list.current?.toMessage(hit.message.id).catch(fail);
  };
  const copy = (message: Message) =>
    navigator.clipboard.writeText(message.text).then(
      () => toast({ text: 'Copied.' }),
      () => toast({ text: 'The browser doesn’t allow copying here.', kind: 'error' }),
    );

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
        onFind={() => setFinding((now) => now + 1)}
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
      <Notices
        chat={chat}
        conversation={conversation}
        refused={refused}
        onVerify={() => setOver({ name: 'verify' })}
      />
      <MessageList
        chat={chat}
        account={account}
        conversation={conversation}
        history={history}
        firstUnread={firstUnread}
        begin={begin}
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
      {over?.name === 'menu' && (
        <Menu
          label="Message actions"
          at={over.at}
          onClose={close}
          items={messageMenu(over.message, isMine(over.message), {
            copy: () => void copy(over.message),
            retry: () => retry(over.message),
            saveFiles: () => {
              for (const each of over.message.files) void saveFile(over.message, each.number);
            },
            showSecurity: () => setOver({ name: 'security', message: over.message }),
            askDelete: () => setOver({ name: 'delete', message: over.message }),
          })}
        />
      )}
      {over?.name === 'contact' && (
        <ContactSheet
          chat={chat}
          conversation={conversation}
          onVerify={() => setOver({ name: 'verify' })}
          onClose={close}
          onDeleted={() => {
            places.delete(contactId);
            close();
            onClose?.();
          }}
        />
      )}
      {over?.name === 'verify' && (
        <Verification chat={chat} conversation={conversation} onClose={close} />
      )}
      {over?.name === 'security' && (
        <SecuritySheet
          chat={chat}
          message={over.message}
          mine={isMine(over.message)}
          onVerify={() => setOver({ name: 'verify' })}
          onClose={close}
        />
      )}
      {over?.name === 'delete' && (
        <Dialog
          title="Delete this message here?"
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button
                kind="danger"
                onClick={() => {
                  close();
                  chat.deleteMessages(contactId, [over.message.id]).catch(fail);
                }}
              >
                Delete
              </Button>
            </>
          }
        >
          <p>
            It is deleted on this device, for good, with its files. <bdi>{fullName}</bdi> keeps it.
          </p>
        </Dialog>
      )}
      {over?.name === 'viewer' && (
        <Viewer
          {...picturesFrom(history, over.message, over.number)}
          read={(shown) => file(shown.message, shown.file.number)}
          onSave={(shown) => void saveFile(shown.message, shown.file.number)}
          onClose={close}
        />
      )}
    </div>
  );
}

/** The pictures that are loaded, to leaf through, and where one of them is. */
function picturesFrom(history: History, message: Message, number: number) {
  const pictures = (history.stretch.peek()?.messages ?? []).flatMap((each) =>
    each.files
      .filter((file) => isPicture(file) && file.state !== 'gone')
      .map((file) => ({ message: each, file })),
  );
  const at = pictures.findIndex(
    (each) => each.message.id === message.id && each.file.number === number,
  );
  return { pictures, at: Math.max(0, at) };
}
