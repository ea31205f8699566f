import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, Conversation, Message, Settings } from '../../../engine/api';
import { codeOf, detailOf } from '../../errors';
import { later } from '../../later';
import { IconButton } from '../../parts/Button';
import * as icons from '../../parts/icons';
import { DraftKeeper } from './DraftKeeper';
import type { EmojiOfferProps } from './EmojiOffer';
import { meaning } from './keys';
import type { PickedFilesProps } from './PickedFiles';
import { filesOf, type Picked, withFiles } from './picked';
import { type TextSize, textSize } from './textSize';
import { TypingSignal } from './typingSignal';
import { useEmoji } from './useEmoji';
import './composer.css';

const PickedFiles = later<PickedFilesProps>(() =>
  import('./PickedFiles').then((part) => part.PickedFiles),
);
const EmojiOffer = later<EmojiOfferProps>(() =>
  import('./EmojiOffer').then((part) => part.EmojiOffer),
);

export interface ComposerControl {
  addFiles(files: File[]): void;
  focus(): void;
}

export interface ComposerProps {
  chat: Chat;
  conversation: Conversation;
  settings: Settings;
  onSent: (message: Message) => void;
  /** Arrow up in an empty composer. */
  onUp: () => void;
  control: { current: ComposerControl | undefined };
}

interface Fault {
  words: string;
  /** A picture can't be cleaned: it can go with its metadata, or not at all. */
  isMetadata: boolean;
}

/** Where a message is written. */
export function Composer({ chat, conversation, settings, onSent, onUp, control }: ComposerProps) {
  const { contactId, fullName } = conversation;
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(conversation.draft);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [fault, setFault] = useState<Fault>();
  const [drafts] = useState(
    () => new DraftKeeper(conversation.draft, (draft) => chat.saveDraft(contactId, draft)),
  );
  const [typing] = useState(
    () =>
      new TypingSignal(
        (on) =>
          void chat.typing(contactId, on).catch(() => {
            // Nobody misses it.
          }),
        browserClock,
      ),
  );
  const current = useRef(text);
  current.current = text;

  const change = (next: string, isTyped = true) => {
    current.current = next;
    setText(next);
    drafts.typed(next);
    if (isTyped && settings.typing) typing.typed(next === '');
  };
  const emoji = useEmoji((from, to, by) => {
    const field = area.current;
    if (!field) return;
    field.setRangeText(by, from, to, 'end');
    change(field.value);
  });

  useEffect(() => {
    const hidden = () => drafts.flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', hidden);
      drafts.flush();
      typing.stop();
    };
  }, []);
  useEffect(() => {
    if (drafts.told(conversation.draft)) setText(conversation.draft);
  }, [conversation.draft]);
  useLayoutEffect(() => grow(area.current), [text]);

  const addFiles = (files: File[]) => {
    const { picked: next, fault: left } = withFiles(picked, files);
    setPicked(next);
    setFault(left === undefined ? undefined : { words: left, isMetadata: false });
    area.current?.focus();
  };
  control.current = { addFiles, focus: () => area.current?.focus() };

  const size = textSize(text);
  const canSend = (text.trim() !== '' || picked.length > 0) && size.fits;
  const send = () => {
    if (!canSend) return;
    const sent = { text: trimmed(text), picked };
    change('', false);
    setPicked([]);
    setFault(undefined);
    emoji.close();
    typing.stop();
    chat.send(contactId, sent.text, sent.picked.map(attachment)).then(
      (message) => {
        drafts.flush();
        onSent(message);
      },
      (e: unknown) => {
        // Nothing is lost: it stands before what was typed since.
        change([sent.text, current.current].filter(Boolean).join('\n'), false);
        setPicked((now) => [...sent.picked, ...now]);
        setFault({ words: detailOf(e), isMetadata: codeOf(e) === 'metadata' });
      },
    );
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const field = area.current;
    if (!field) return;
    const what = meaning(event, settings.enterSends, emoji.offer !== undefined);
    if (what === 'newline') return;
    if (what === 'type') {
      if (event.key === 'ArrowUp' && text === '' && !event.isComposing) {
        event.preventDefault();
        onUp();
      }
      return;
    }
    event.preventDefault();
    if (what === 'send') send();
    else if (what === 'accept') emoji.accept(field.selectionStart);
    else if (what === 'close') {
      event.stopPropagation();
      emoji.close();
    } else emoji.step(what === 'next' ? 1 : -1);
  };
  const { offer } = emoji;

  return (
    <form
      class="conv-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {picked.length > 0 && (
        <PickedFiles
          picked={picked}
          askMetadata={fault?.isMetadata ?? false}
          onRemove={(id) => setPicked(picked.filter((each) => each.id !== id))}
          onKeepMetadata={(id, keepMetadata) =>
            setPicked(picked.map((each) => (each.id === id ? { ...each, keepMetadata } : each)))
          }
        />
      )}
      {fault && (
        <p class="conv-composer-note conv-composer-fault" role="alert">
          {fault.words}
          {fault.isMetadata && ' Remove the picture, or send it with its metadata.'}
        </p>
      )}
      <Room size={size} />
      {offer && (
        <EmojiOffer
          id={emoji.id}
          options={offer.options}
          chosen={offer.chosen}
          onChoose={(index) => emoji.accept(area.current?.selectionStart ?? 0, index)}
        />
      )}
      <div class="conv-composer-box">
        <IconButton icon={icons.attach} label="Add files" onClick={() => picker.current?.click()} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            addFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={area}
          class="conv-composer-text"
          rows={1}
          dir="auto"
          value={text}
          placeholder="Message"
          aria-label={`Message to ${fullName}`}
          aria-autocomplete="list"
          aria-controls={offer && emoji.id}
          aria-activedescendant={offer && `${emoji.id}-${offer.chosen}`}
          enterkeyhint={settings.enterSends ? 'send' : 'enter'}
          onInput={(event) => {
            change(event.currentTarget.value);
            if (!event.isComposing) {
              emoji.typed(event.currentTarget.value, event.currentTarget.selectionStart);
            }
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = filesOf(event.clipboardData);
            if (files.length === 0) return;
            event.preventDefault();
            addFiles(files);
          }}
          onBlur={() => {
            emoji.close();
            drafts.flush();
          }}
        />
        <IconButton
          class="conv-send"
          type="submit"
          icon={icons.send}
          label="Send"
          turns
          aria-disabled={!canSend}
        />
      </div>
    </form>
  );
}

/** How much more the message can take, once that is little. */
function Room({ size: { left, fits } }: { size: TextSize }) {
  if (left === undefined) return null;
  return (
    <p class={`conv-composer-note${fits ? '' : ' conv-composer-fault'}`} role="status">
      {fits
        ? `${left} bytes are left in this message.`
        : `The message is ${-left} bytes too long. Split it, or send it as a file.`}
    </p>
  );
}

const browserClock = {
  now: () => performance.now(),
  after: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

function attachment({ file, keepMetadata }: Picked) {
  return { file, keepMetadata };
}

/** Without empty lines before it and white space after it; what is indented stays so. */
function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
}

/** As high as its text, within what the sheet allows. Browsers with `field-sizing` do it. */
function grow(area: HTMLTextAreaElement | null): void {
  if (!area || CSS.supports('field-sizing', 'content')) return;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}
