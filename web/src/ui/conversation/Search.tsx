import { useEffect, useRef, useState } from 'preact/hooks';
import type { Conversation, SearchHit } from '../../engine/api';
import { nameOf } from '../names';
import { now } from '../now';
import { Avatar } from '../parts/Avatar';
import { announce } from '../parts/announce';
import { Button, IconButton } from '../parts/Button';
import { EmptyState } from '../parts/EmptyState';
import { Icon } from '../parts/Icon';
import * as icons from '../parts/icons';
import { Progress } from '../parts/Spinner';
import { times } from '../times';
import { Finder } from './find/Finder';
import { snippet } from './find/snippet';
import type { SearchProps } from './props';
import { marked } from './text/marked';
import './find/search.css';

/** While a word is typed, in milliseconds. */
const PAUSE = 150;

/** Looks through the texts of all that is stored here. */
export function Search({ chat, account, conversations, onOpen, onClose }: SearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const [finder] = useState(() => new Finder(chat));
  const [query, setQuery] = useState('');
  const found = finder.found.value;
  useEffect(() => {
    field.current?.focus();
    return () => finder.stop();
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => void finder.ask(query), PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  useEffect(() => {
    if (found.query === '' || found.searching) return;
    announce(found.hits.length === 0 ? 'Nothing found' : `${found.hits.length} messages found`);
  }, [found.query, found.searching]);
  const people = new Map(conversations.map((line) => [line.contactId, line]));

  return (
    <div class="search">
      <header class="search-head">
        <IconButton icon={icons.back} label="Back" turns onClick={onClose} />
        <div class="search-box">
          <Icon path={icons.search} />
          <input
            ref={field}
            class="search-field"
            type="search"
            dir="auto"
            placeholder="Search all messages"
            aria-label="Search all messages"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.isComposing) onClose();
            }}
          />
        </div>
      </header>
      {found.searching && <Progress label="Searching" value={found.progress} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
      <section class="search-body" tabIndex={0} aria-label="Found messages">
        {found.query === '' && (
          <EmptyState icon={icons.search} title="Search everything that is stored here">
            <p>
              All words have to be in a message. Nothing of what you search for leaves this device.
            </p>
          </EmptyState>
        )}
        {found.query !== '' && found.hits.length === 0 && !found.searching && (
          <EmptyState icon={icons.search} title="Nothing found">
            <p>{found.fault ?? 'Try another word, or the beginning of one.'}</p>
          </EmptyState>
        )}
        <ol class="search-hits">
          {found.hits.map((hit) => (
            <Hit
              key={hit.message.id}
              hit={hit}
              person={people.get(hit.message.contactId)}
              mine={hit.message.senderId === account.userId}
              onOpen={onOpen}
            />
          ))}
        </ol>
        {found.hits.length > 0 && !found.searching && !found.done && (
          <Button onClick={() => void finder.more()}>Show more</Button>
        )}
        {found.hits.length > 0 && found.fault !== undefined && <p role="alert">{found.fault}</p>}
      </section>
    </div>
  );
}

interface HitProps {
  hit: SearchHit;
  person: Conversation | undefined;
  mine: boolean;
  onOpen: SearchProps['onOpen'];
}

function Hit({ hit, person, mine, onOpen }: HitProps) {
  const { message } = hit;
  const { text, ranges } = snippet(message.text, hit.ranges);
  const name = person ? nameOf(person) : 'Somebody who is gone';
  return (
    <li>
      <button
        type="button"
        class="search-hit"
        onClick={() => onOpen(message.contactId, message.id)}
      >
        <Avatar id={message.contactId} name={name} size={2.25} />
        <span class="search-hit-about">
          <span class="search-hit-head">
            <bdi class="search-hit-name">{name}</bdi>
            <time>{times.short(message.arrived, now.value)}</time>
          </span>
          <span class="search-hit-text" dir="auto">
            {mine && 'You: '}
            {marked([{ text }], ranges).map((piece, at) =>
              piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text,
            )}
          </span>
        </span>
      </button>
    </li>
  );
}
