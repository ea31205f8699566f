import { Component } from 'preact';
import type { Message } from '../../../engine/api';
import { later } from '../../later';
import { IconButton } from '../../parts/Button';
import * as icons from '../../parts/icons';
import type { MenuPlace } from '../../parts/menuPlace';
import { isPicture } from '../files/box';
import { Files } from '../files/Files';
import { TextBody } from '../text/TextBody';
import { remarks } from '../words';
import type { FailureProps } from './Failure';
import { StateLine } from './StateLine';

const Failure = later<FailureProps>(
  () => import('./Failure').then((part) => part.Failure),
  () => <div class="conv-failure">Not sent.</div>,
);

/** What can be done with a message from within its row. */
export interface RowActions {
  retry(message: Message): void;
  openMenu(message: Message, at: MenuPlace): void;
  openFile(message: Message, number: number): void;
  saveFile(message: Message, number: number): void;
  cancelFile(message: Message, number: number): void;
  /** The row got the focus. */
  focused(key: string): void;
  /** The bytes of a file that is here. */
  file(message: Message, number: number): Promise<Blob>;
}

export interface MessageRowProps {
  rowKey: string;
  message: Message;
  mine: boolean;
  /** Who wrote it, for who can't see on which side it is. */
  author: string;
  first: boolean;
  last: boolean;
  /** Whether Tab gets here: one row of the list. */
  reachable: boolean;
  marks: readonly [number, number][] | undefined;
  /** It was jumped to just now. */
  lit: boolean;
  actions: RowActions;
}

/** A message with its bubble. Drawn again only when something of its own has changed. */
export class MessageRow extends Component<MessageRowProps> {
  override shouldComponentUpdate(next: MessageRowProps): boolean {
    const now = this.props;
    return (Object.keys(next) as (keyof MessageRowProps)[]).some((key) => next[key] !== now[key]);
  }

  override render() {
    const { rowKey, message, mine, author, first, last, reachable, lit, actions } = this.props;
    const said = remarks(message, mine);
    const edges = `${first ? ' conv-first' : ''}${last ? ' conv-last' : ''}`;
    return (
      <li
        class={`conv-row ${mine ? 'conv-mine' : 'conv-theirs'}${edges}${lit ? ' conv-lit' : ''}`}
        data-key={rowKey}
        data-message={message.id}
        tabIndex={reachable ? 0 : -1}
        onFocus={() => actions.focused(rowKey)}
        onKeyDown={this.#onKeyDown}
        onContextMenu={this.#onContextMenu}
      >
        <div class={`conv-bubble${withFiles(message)}`}>
          <span class="unseen">{author}: </span>
          {this.#body()}
          <div class={said.length > 0 ? 'conv-foot conv-foot-remarked' : 'conv-foot'}>
            {said.map((remark) => (
              <span key={remark} class="conv-remark">
                {remark}
              </span>
            ))}
            <StateLine message={message} mine={mine} />
          </div>
        </div>
        <IconButton
          class="conv-more"
          icon={icons.more}
          label="Message actions"
          tabIndex={reachable ? 0 : -1}
          onClick={(event) =>
            actions.openMenu(message, event.currentTarget.getBoundingClientRect())
          }
        />
        {mine && message.state === 'failed' && <Failure message={message} retry={actions.retry} />}
      </li>
    );
  }

  #body() {
    const { message, mine, marks, actions } = this.props;
    return (
      <>
        {message.files.length > 0 && <Files message={message} mine={mine} actions={actions} />}
        {message.text !== '' && <TextBody text={message.text} marks={marks} />}
      </>
    );
  }

  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !(event.currentTarget instanceof HTMLElement)) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.props.actions.openMenu(this.props.message, boxOf(event.currentTarget));
    }
  };

  readonly #onContextMenu = (event: MouseEvent) => {
    const { target, currentTarget, clientX, clientY } = event;
    // A link's own menu and that of a selection are the browser's.
    const isOwn =
      target instanceof Element &&
      target.closest('a, input, textarea') === null &&
      (document.getSelection()?.isCollapsed ?? true);
    if (!isOwn || !(currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    // The key of the menu tells no place of the pointer.
    const byKey = clientX === 0 && clientY === 0;
    this.props.actions.openMenu(
      this.props.message,
      byKey
        ? boxOf(currentTarget)
        : { left: clientX, right: clientX, top: clientY, bottom: clientY },
    );
  };
}

function boxOf(row: HTMLElement): MenuPlace {
  return (row.querySelector('.conv-bubble') ?? row).getBoundingClientRect();
}

/** Files have lines of their own, and pictures fill the bubble. */
function withFiles({ files }: Message): string {
  if (files.length === 0) return '';
  return files.every((file) => isPicture(file) && file.state !== 'gone')
    ? ' conv-with-files conv-with-pictures'
    : ' conv-with-files';
}
