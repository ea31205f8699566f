/** What a key in the composer is for. */
export type Meaning = 'send' | 'newline' | 'accept' | 'next' | 'previous' | 'close' | 'type';

export interface Key {
  key: string;
  keyCode: number;
  isComposing: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * What a key means. While an input method composes, every key is its own: Safari ends a
 * composition before it tells of the Enter that did so, and marks it by the key code 229 alone.
 *
 * @param suggesting whether emoji are offered below the caret
 */
export function meaning(key: Key, enterSends: boolean, suggesting: boolean): Meaning {
  if (key.isComposing || key.keyCode === 229) return 'type';
  const held = key.ctrlKey || key.metaKey;
  if (suggesting && !held && !key.altKey && !key.shiftKey) {
    const choice = CHOOSING[key.key];
    if (choice) return choice;
  }
  if (key.key !== 'Enter' || key.altKey) return 'type';
  if (held) return 'send';
  return enterSends !== key.shiftKey ? 'send' : 'newline';
}

const CHOOSING: Record<string, Meaning> = {
  Enter: 'accept',
  Tab: 'accept',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Escape: 'close',
};
