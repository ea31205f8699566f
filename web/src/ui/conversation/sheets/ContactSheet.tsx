import { useState } from 'preact/hooks';
import type { Chat, Conversation } from '../../../engine/api';
import { detailOf } from '../../errors';
import { Avatar } from '../../parts/Avatar';
import { Button } from '../../parts/Button';
import { Switch } from '../../parts/Choice';
import { Dialog } from '../../parts/Dialog';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { toast } from '../../parts/Toast';
import { added } from '../added';
import { saveSafely } from '../files/save';
import { BLOCKING } from '../words';
import './sheets.css';

export interface ContactSheetProps {
  chat: Chat;
  conversation: Conversation;
  onVerify: () => void;
  onClose: () => void;
  /** The conversation was deleted. */
  onDeleted: () => void;
}

type Asked = 'block' | 'remove' | 'delete';

/** Who somebody is, and what can be done about them. */
export function ContactSheet(props: ContactSheetProps) {
  const { chat, conversation, onVerify, onClose, onDeleted } = props;
  const { contactId, fullName, username, email, isContact, blocked, muted, verified } =
    conversation;
  const [asked, setAsked] = useState<Asked>();
  const [busy, setBusy] = useState(false);
  const call = async (what: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await what();
    } catch (e) {
      toast({ text: detailOf(e), kind: 'error' });
    } finally {
      setBusy(false);
    }
  };
  const questions: Record<
    Asked,
    { title: string; words: string; yes: string; act: () => Promise<void> }
  > = {
    block: {
      title: `Block ${fullName}?`,
      words: BLOCKING,
      yes: 'Block',
      act: () => chat.block(contactId),
    },
    remove: {
      title: `Remove ${fullName}?`,
      words:
        'The conversation stays here. They don’t see any more whether you are online or typing.',
      yes: 'Remove',
      act: () => chat.removeContact(contactId),
    },
    delete: {
      title: 'Delete this conversation?',
      words: `All its messages and files are deleted here, for good. ${fullName} keeps theirs. Export it first if you may want it back.`,
      yes: 'Delete',
      act: async () => {
        await chat.deleteConversation(contactId);
        onDeleted();
      },
    },
  };
  const question = asked && questions[asked];
  if (question) {
    return (
      <Dialog
        title={question.title}
        onClose={() => setAsked(undefined)}
        actions={
          <>
            <Button onClick={() => setAsked(undefined)}>Cancel</Button>
            <Button
              kind="danger"
              busy={busy}
              onClick={() => void call(question.act).then(() => setAsked(undefined))}
            >
              {question.yes}
            </Button>
          </>
        }
      >
        <p dir="auto">{question.words}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title="Contact" kind="sheet" onClose={onClose}>
      <div class="contact-head">
        <Avatar id={contactId} name={fullName} size={5} />
        <p class="contact-name" dir="auto">
          {fullName}
        </p>
        <p class="contact-about">
          <bdi>@{username}</bdi>
          {email !== '' && <bdi>{email}</bdi>}
        </p>
      </div>
      <Button wide icon={verified ? icons.shieldCheck : icons.shield} onClick={onVerify}>
        {verified ? 'Verified. See the safety number' : 'Compare safety numbers'}
      </Button>
      <Switch
        label="Mute"
        note="No notifications, and no sound."
        checked={muted}
        onChange={(on) => void call(() => chat.arrange(contactId, { muted: on }))}
      />
      <div class="contact-actions">
        {!isContact && !blocked && (
          <Button wide icon={icons.add} onClick={() => void call(() => added(chat, conversation))}>
            Add to contacts
          </Button>
        )}
        <Button
          wide
          icon={icons.download}
          busy={busy}
          onClick={() =>
            void call(async () =>
              saveSafely(await chat.exportMarkdown(contactId), `${fullName}.md`),
            )
          }
        >
          Export as Markdown
        </Button>
        {blocked ? (
          <Button
            wide
            icon={moreIcons.block}
            onClick={() => void call(() => chat.unblock(contactId))}
          >
            Unblock
          </Button>
        ) : (
          <Button wide kind="danger" icon={moreIcons.block} onClick={() => setAsked('block')}>
            Block
          </Button>
        )}
        {isContact && (
          <Button wide kind="danger" icon={icons.person} onClick={() => setAsked('remove')}>
            Remove from contacts
          </Button>
        )}
        <Button wide kind="danger" icon={moreIcons.trash} onClick={() => setAsked('delete')}>
          Delete conversation
        </Button>
      </div>
    </Dialog>
  );
}
