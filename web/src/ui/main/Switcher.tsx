import { useEffect, useId, useState } from 'preact/hooks';
import type { Conversation } from '../../engine/api';
import { matchFuzzily } from '../filter';
import { nameOf } from '../names';
import { Avatar } from '../parts/Avatar';
import { announce } from '../parts/announce';
import { Dialog } from '../parts/Dialog';
import { menuStep } from '../parts/menuStep';
import { useAppState } from '../state';
import { takeTyped } from '../typedAhead';
import './switcher.css';

/** So many are enough to choose from: who isn't among them needs one more letter. */
const MOST = 8;

/** To anybody by a few letters; those of late first. */
export function Switcher({ onClose }: { onClose: () => void }) {
  const { sorted, router } = useAppState();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const recent = [...sorted.value].sort((one, other) => other.lastActivity - one.lastActivity);
  const ask = (next: string) => {
    setQuery(next);
    setChosen(0);
    if (next !== '' && matchFuzzily(recent, next).length === 0) {
      announce('Nobody by that name');
    }
  };
  useEffect(() => ask(takeTyped()), []);
  const found = matchFuzzily(recent, query).slice(0, MOST);
  const go = (line: Conversation | undefined) => {
    if (line !== undefined) {
      onClose();
      router.go({ name: 'conversation', contactId: line.contactId });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      go(found[chosen]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen(menuStep(event.key, chosen, found.map(nameOf)) ?? 0);
    }
  };
  return (
    <Dialog title="Go to a conversation" titleUnseen onClose={onClose}>
      <input
        class="switcher-input"
        type="text"
        role="combobox"
        aria-label="Go to a conversation"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellcheck={false}
        autoFocus
        dir="auto"
        placeholder="Go to…"
        value={query}
        onInput={(event) => ask(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id={id} class="switcher-list" role="listbox" aria-label="Conversations" tabIndex={-1}>
        {found.map((line, at) => (
          <div
            key={line.contactId}
            id={`${id}-${at}`}
            class="switcher-option"
            role="option"
            tabIndex={-1}
            aria-selected={at === chosen}
            onClick={() => go(line)}
            onKeyDown={onKeyDown}
            onPointerMove={() => setChosen(at)}
          >
            <Avatar id={line.contactId} name={nameOf(line)} size={2.25} online={line.online} />
            <span class="switcher-text">
              <bdi class="switcher-name">{nameOf(line)}</bdi>
              <bdi class="switcher-email">{line.email}</bdi>
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="switcher-none">Nobody by that name.</p>}
    </Dialog>
  );
}
