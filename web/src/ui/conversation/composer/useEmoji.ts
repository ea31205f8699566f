import { useId, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import type { Emoji } from './emoji';
import { askedAt, closedAt } from './emojiAsked';

/** Those that are called so, the best first. */
type Named = (word: string) => Emoji[];

let loading: Promise<Named> | undefined;

function load(): Promise<Named> {
  loading ??= Promise.all([import('./emojiNames'), import('./emoji')]).then(
    ([{ EMOJI_NAMES }, { matching, read }]) => {
      const names = read(EMOJI_NAMES);
      return (word: string) => matching(names, word);
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
    const closed = closedAt(text, caret);
    const asked = closed ?? askedAt(text, caret);
    if (!asked) {
      setOffer(undefined);
      return;
    }
    load().then(
      (named) => {
        if (mine !== turn.current) return;
        const options = named(asked.word);
        if (closed) {
          setOffer(undefined);
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
