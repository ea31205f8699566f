import type { Chat, Conversation, Message } from '../../engine/api';
import { detailOf } from '../errors';
import { later } from '../later';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Menu } from '../parts/Menu';
import type { MenuPlace } from '../parts/menuPlace';
import { toast } from '../parts/Toast';
import { isPicture } from './files/box';
import type { ViewerProps } from './files/Viewer';
import type { History } from './list/History';
import type { MessageListProps } from './list/MessageList';
import { messageMenu } from './list/messageMenu';
import type { ContactSheetProps } from './sheets/ContactSheet';
import type { SecuritySheetProps } from './sheets/SecuritySheet';
import type { VerificationProps } from './sheets/Verification';

const ContactSheet = later<ContactSheetProps>(() =>
  import('./sheets/ContactSheet').then((part) => part.ContactSheet),
);
const SecuritySheet = later<SecuritySheetProps>(() =>
  import('./sheets/SecuritySheet').then((part) => part.SecuritySheet),
);
const Verification = later<VerificationProps>(() =>
  import('./sheets/Verification').then((part) => part.Verification),
);
const Viewer = later<ViewerProps>(() => import('./files/Viewer').then((part) => part.Viewer));

/** What lies over the conversation. One at a time. */
export type Over =
  | { name: 'contact' }
  | { name: 'verify' }
  | { name: 'security'; message: Message }
  | { name: 'delete'; message: Message }
  | { name: 'menu'; message: Message; at: MenuPlace }
  | { name: 'viewer'; message: Message; number: number };

export interface OverlayProps {
  over: Over;
  /** Shows another one in its place, or none. */
  show: (over: Over | undefined) => void;
  chat: Chat;
  conversation: Conversation;
  ownId: string;
  history: History;
  actions: MessageListProps['actions'];
  /** The conversation was deleted. */
  onDeleted: () => void;
}

export function Overlay(props: OverlayProps) {
  const { over, show, chat, conversation, ownId, history, actions, onDeleted } = props;
  const close = () => show(undefined);
  const verify = () => show({ name: 'verify' });
  switch (over.name) {
    case 'contact':
      return (
        <ContactSheet
          chat={chat}
          conversation={conversation}
          onVerify={verify}
          onClose={close}
          onDeleted={() => {
            close();
            onDeleted();
          }}
        />
      );
    case 'verify':
      return <Verification chat={chat} conversation={conversation} onClose={close} />;
    case 'security':
      return (
        <SecuritySheet
          chat={chat}
          message={over.message}
          mine={over.message.senderId === ownId}
          onVerify={verify}
          onClose={close}
        />
      );
    case 'delete':
      return <Deletion {...props} message={over.message} onClose={close} />;
    case 'menu':
      return <MessageMenu {...props} message={over.message} at={over.at} onClose={close} />;
    case 'viewer':
      return (
        <Viewer
          {...picturesFrom(history, over.message, over.number)}
          read={({ message, file }) => actions.file(message, file.number)}
          onSave={({ message, file }) => actions.saveFile(message, file.number)}
          onClose={close}
        />
      );
  }
}

type OfMessage = OverlayProps & { message: Message; onClose: () => void };

function MessageMenu({
  message,
  at,
  show,
  ownId,
  actions,
  onClose,
}: OfMessage & { at: MenuPlace }) {
  return (
    <Menu
      label="Message actions"
      at={at}
      onClose={onClose}
      items={messageMenu(message, message.senderId === ownId, {
        copy: () => void copy(message.text),
        retry: () => actions.retry(message),
        saveFiles: () => {
          for (const file of message.files) {
            if (file.state !== 'gone') actions.saveFile(message, file.number);
          }
        },
        showSecurity: () => show({ name: 'security', message }),
        askDelete: () => show({ name: 'delete', message }),
      })}
    />
  );
}

function Deletion({ message, chat, conversation, onClose }: OfMessage) {
  const remove = () => {
    onClose();
    chat
      .deleteMessages(conversation.contactId, [message.id])
      .catch((e: unknown) => toast({ text: detailOf(e), kind: 'error' }));
  };
  return (
    <Dialog
      title="Delete this message here?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" onClick={remove}>
            Delete
          </Button>
        </>
      }
    >
      <p>
        It is deleted on this device, for good, with its files. <bdi>{conversation.fullName}</bdi>{' '}
        keeps it.
      </p>
    </Dialog>
  );
}

function copy(text: string): Promise<void> {
  return navigator.clipboard.writeText(text).then(
    () => toast({ text: 'Copied.' }),
    () => toast({ text: 'The browser doesn’t allow copying here.', kind: 'error' }),
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
