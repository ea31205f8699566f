import { useId, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import type { Emoji } from './emoji';
import type { askedAt, closedAt } from './emojiAsked';

/** What is needed once one is asked for. */
interface Emojis {
  /** Those that are called so, the best first. */
  named: (word: string) => Emoji[];
  askedAt: typeof askedAt;
  closedAt: typeof closedAt;
}

let loading: Promise<Emojis> | undefined;

function load(): Promise<Emojis> {
  loading ??= Promise.all([import('./emojiNames'), import('./emoji'), import('./emojiAsked')]).then(
    ([{ EMOJI_NAMES }, { matching, read }, asking]) => {
      const names = read(EMOJI_NAMES);
      return { ...asking, named: (word) => matching(names, word) };
    },
    (e) => {
      loading = undefined;
      throw e;
    },
  );
  return loading;
}

interface Offer {
  from: number;
  options: Emoji[];
  chosen: number;
}

/** Before the caret, where emoji may be asked for: what is looked for then is loaded. */
const BEGUN = /(?:^|[\s(]):[+\-\w]{2,30}:?$/;
const LONGEST = 33;

/**
 * Offers emoji while their name is typed.
 *
 * @param replace puts text in place of a part of what was typed
 */
export function useEmoji(replace: (from: number, to: number, by: string) => void) {
  const id = useId();
  const [offer, setOffer] = useState<Offer>();
  const turn = useRef(0);

  const close = () => {
    turn.current++;
    setOffer(undefined);
  };
  const typed = (text: string, caret: number) => {
    const mine = ++turn.current;
    if (!BEGUN.test(text.slice(Math.max(0, caret - LONGEST), caret))) {
      setOffer(undefined);
      return;
    }
    load().then(
      (emoji) => {
        if (mine !== turn.current) return;
        const closed = emoji.closedAt(text, caret);
        const asked = closed ?? emoji.askedAt(text, caret);
        if (!asked || closed) setOffer(undefined);
        if (!asked) return;
        const options = emoji.named(asked.word);
        if (closed) {
          const [first] = options;
          if (first?.name === closed.word) replace(closed.from, caret, first.emoji);
          return;
        }
        setOffer(options.length > 0 ? { from: asked.from, options, chosen: 0 } : undefined);
        if (options.length > 0 && !offer) announce(`${options.length} emoji offered`);
      },
      () => {
        // Without them a text is a text.
      },
    );
  };
  const accept = (caret: number, index = offer?.chosen) => {
    const chosen = index === undefined ? undefined : offer?.options[index];
    if (!offer || !chosen) return;
    close();
    replace(offer.from, caret, `${chosen.emoji} `);
  };
  const step = (by: number) =>
    setOffer(
      (now) =>
        now && { ...now, chosen: (now.chosen + by + now.options.length) % now.options.length },
    );
  return { id, offer, typed, accept, step, close };
}
