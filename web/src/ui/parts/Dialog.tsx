import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { hearWithin } from './announce';
import { IconButton } from './Button';
import * as icons from './icons';
import './dialog.css';

export interface DialogProps {
  title: string;
  /** Esc, the cross, a press beside it. What it holds must be able to wait or to be thrown away. */
  onClose: () => void;
  children: ComponentChildren;
  /** The buttons, the one that does it last. */
  actions?: ComponentChildren;
  /** A sheet comes in from the side, and from below where it is narrow. */
  kind?: 'dialog' | 'sheet';
  /** The title is read out only. */
  titleUnseen?: boolean;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert, and gives the
 * focus back to where it was. The focus goes to what has `autofocus`, or to the first that takes it.
 */
export function Dialog({
  title,
  onClose,
  children,
  actions,
  kind = 'dialog',
  titleUnseen = false,
}: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null) {
      return;
    }
    shown.showModal();
    const backToPage = hearWithin(shown);
    return () => {
      backToPage();
      // Closed before it leaves the document, for only then does the focus go back.
      shown.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${kind}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        // A browser closes it by itself where Esc is pressed again and again.
        if (event.currentTarget.isConnected) {
          onClose();
        }
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) {
          onClose();
        }
      }}
    >
      <div class="dialog-box">
        <header class={titleUnseen ? 'unseen' : 'dialog-header'}>
          <h2 id={id} class="dialog-title">
            {title}
          </h2>
          {!titleUnseen && <IconButton icon={icons.close} label="Close" onClick={onClose} />}
        </header>
        <div class="dialog-body">{children}</div>
        {actions && <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
