import type { Emoji } from './emoji';
import './emoji.css';

export interface EmojiOfferProps {
  /** The options are called after it, for the text that has the focus to point at. */
  id: string;
  options: readonly Emoji[];
  chosen: number;
  onChoose: (index: number) => void;
}

/** Emoji to choose from. The focus stays in the text, whose arrow keys choose. */
export function EmojiOffer({ id, options, chosen, onChoose }: EmojiOfferProps) {
  return (
    <div class="conv-emoji" role="listbox" id={id} aria-label="Emoji">
      {options.map(({ emoji, name }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text's arrow keys choose here
        <div
          key={emoji}
          id={`${id}-${index}`}
          class="conv-emoji-option"
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <span>{emoji}</span> {name.replaceAll('_', ' ')}
        </div>
      ))}
    </div>
  );
}
