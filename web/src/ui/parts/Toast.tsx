import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { announce, unsay } from './announce';
import { Button, IconButton } from './Button';
import * as icons from './icons';
import './toast.css';

/** How long it stays, in milliseconds. What went wrong stays until it is closed. */
const STAYS = 6_000;
/** Time to reach what can be pressed; it stays longer while the pointer or the focus is on one. */
const STAYS_TO_BE_PRESSED = 20_000;

export interface Toasted {
  text: string;
  kind?: 'note' | 'error';
  action?: { label: string; onSelect: () => void };
}

const shown = signal<readonly (Toasted & { id: number })[]>([]);
let count = 0;

/** Says a thing in the corner, and to a screen reader. For what has no place of its own. */
export function toast(told: Toasted): void {
  const id = ++count;
  // What is said again isn't there twice.
  const others = shown.value.filter((it) => it.text !== told.text);
  shown.value = [...others.slice(-2), { ...told, id }];
  announce(told.text);
  if (told.kind !== 'error') {
    expire(id, told.action === undefined ? STAYS : STAYS_TO_BE_PRESSED);
  }
}

function expire(id: number, stays: number): void {
  setTimeout(() => {
    if (document.querySelector('.toasts:is(:hover, :focus-within)') === null) {
      dismiss(id);
    } else {
      expire(id, STAYS);
    }
  }, stays);
}

/** Of whom they tell is seen no more: somebody else may look at this screen now. */
export function dismissToasts(): void {
  shown.value = [];
  unsay();
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((it) => it.id !== id);
}

/** Where the toasts are; App shows it, always. */
export function Toasts() {
  const toasts = useRef<HTMLElement>(null);
  const newest = shown.value.at(-1)?.id;
  useLayoutEffect(() => {
    // On top again, over a dialog that was opened since.
    toasts.current?.hidePopover();
    toasts.current?.showPopover();
  }, [newest]);
  if (newest === undefined) {
    return null;
  }
  return (
    <section ref={toasts} class="toasts" popover="manual" aria-label="Notes">
      {shown.value.map(({ id, text, kind = 'note', action }) => (
        <div key={id} class={`toast toast-${kind}`}>
          <p dir="auto">{text}</p>
          {action !== undefined && (
            <Button
              kind="quiet"
              onClick={() => {
                dismiss(id);
                action.onSelect();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon={icons.close} label="Close" onClick={() => dismiss(id)} />
        </div>
      ))}
    </section>
  );
}
