import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat, SearchHit } from '../../../engine/api';
import { announce } from '../../parts/announce';
import { IconButton } from '../../parts/Button';
import * as icons from '../../parts/icons';
import * as moreIcons from '../../parts/moreIcons';
import { takeTyped } from '../../typedAhead';
import { Finder } from './Finder';
import './find.css';

export interface FindBarProps {
  chat: Chat;
  contactId: string;
  /** The hit to go to; nothing where there is none. */
  onHit: (hit: SearchHit | undefined) => void;
  onClose: () => void;
  /** Changes when the keys that open it are pressed again. */
  asked: number;
}

/** While a word is typed, in milliseconds. */
const PAUSE = 150;

/** Finds in one conversation: Enter goes to the one before, Shift+Enter to the one after. */
export function FindBar({ chat, contactId, onHit, onClose, asked }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [finder] = useState(() => new Finder(chat, contactId));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = finder.found.value;
  const shownFor = useRef('');

  useEffect(() => {
    const typed = takeTyped();
    field.current?.focus();
    if (typed === '') field.current?.select();
    else setQuery(typed);
  }, [asked]);
  useEffect(() => {
    const timer = setTimeout(() => void finder.ask(query), PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  useEffect(() => () => finder.stop(), []);
  useSignalEffect(() => {
    const { query: of, hits, isFormer, done } = finder.found.value;
    const isNew = shownFor.current !== of && !isFormer && (hits.length > 0 || done);
    if (!isNew) return;
    shownFor.current = of;
    setAt(0);
    onHit(hits[0]);
    if (of !== '')
      announce(hits.length === 0 ? 'Nothing found' : `${words(hits.length, done)} found`);
  });

  const step = (by: number) => {
    const next = at + by;
    if (next < 0 || next >= found.hits.length) return;
    setAt(next);
    onHit(found.hits[next]);
    if (next >= found.hits.length - 2) void finder.more();
  };
  return (
    <search class="conv-find">
      <input
        ref={field}
        class="conv-find-field"
        type="search"
        dir="auto"
        placeholder="Find in this conversation"
        aria-label="Find in this conversation"
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          } else if (event.key === 'Enter') {
            event.preventDefault();
            step(event.shiftKey ? -1 : 1);
          }
        }}
      />
      <span class="conv-find-count">{count(found, at, query)}</span>
      <IconButton
        icon={moreIcons.chevronUp}
        label="Earlier"
        disabled={at >= found.hits.length - 1}
        onClick={() => step(1)}
      />
      <IconButton
        icon={icons.chevronDown}
        label="Later"
        disabled={at === 0}
        onClick={() => step(-1)}
      />
      <IconButton icon={icons.close} label="Close the search" onClick={onClose} />
    </search>
  );
}

function count(found: Finder['found']['value'], at: number, query: string): string {
  if (query.trim() === '') return '';
  if (found.fault !== undefined && found.hits.length === 0) return found.fault;
  if (found.hits.length > 0) return `${at + 1} of ${words(found.hits.length, found.done)}`;
  return found.searching ? 'Searching' : found.query === '' ? '' : 'Nothing found';
}

function words(hits: number, done: boolean): string {
  return done ? String(hits) : `${hits} or more`;
}
