import { useState } from 'preact/hooks';
import { emojiOnly } from './emojiOnly';
import { folded } from './folding';
import { pieces } from './links';
import { marked } from './marked';

export interface TextBodyProps {
  text: string;
  /** What a search has found in it: pairs of start and end. */
  marks?: readonly (readonly [number, number])[] | undefined;
}

const NONE: [] = [];

/** A message's text: plain, in its own direction, folded where it is long. */
export function TextBody({ text, marks = NONE }: TextBodyProps) {
  const [whole, setWhole] = useState(false);
  const beginning = whole ? undefined : folded(text);
  const hidesMark = marks.some(([, end]) => end > (beginning ?? text).length);
  const shown = beginning === undefined || hidesMark ? text : beginning;
  const emoji = emojiOnly(text);
  return (
    <>
      <div class={emoji ? `conv-text conv-emoji-${emoji}` : 'conv-text'} dir="auto">
        {marked(pieces(shown), marks).map((piece, at) => {
          const inner = piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text;
          if (piece.href === undefined) return inner;
          return (
            <bdi key={at}>
              <a href={piece.href} target="_blank" rel="noopener noreferrer" dir="ltr">
                {inner}
              </a>
              {piece.leadsTo !== undefined && (
                <span class="conv-leads-to"> (leads to {piece.leadsTo})</span>
              )}
            </bdi>
          );
        })}
        {shown !== text && '…'}
      </div>
      {shown !== text && (
        <button type="button" class="conv-unfold" onClick={() => setWhole(true)}>
          Show all ({Math.ceil(text.length / 1_000)},000 characters)
        </button>
      )}
    </>
  );
}
