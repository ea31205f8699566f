import { describe, expect, it } from 'vitest';
import { type Key, meaning } from './keys';

const key = (name: string, about: Partial<Key> = {}): Key => ({
  key: name,
  keyCode: 0,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...about,
});

describe('keys of the composer', () => {
  it('sends by Enter, and breaks the line by Shift+Enter', () => {
    expect(meaning(key('Enter'), true, false)).toBe('send');
    expect(meaning(key('Enter', { shiftKey: true }), true, false)).toBe('newline');
  });

  it('does it the other way round where Enter is set not to send', () => {
    expect(meaning(key('Enter'), false, false)).toBe('newline');
    expect(meaning(key('Enter', { shiftKey: true }), false, false)).toBe('send');
  });

  it.each([true, false])('sends by Ctrl+Enter and by Cmd+Enter (Enter sends: %s)', (enterSends) => {
    expect(meaning(key('Enter', { ctrlKey: true }), enterSends, false)).toBe('send');
    expect(meaning(key('Enter', { metaKey: true }), enterSends, false)).toBe('send');
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    'leaves an input method its keys: %j',
    (by) => {
      for (const name of ['Enter', 'Tab', 'ArrowDown', 'Escape']) {
        expect(meaning(key(name, by), true, false)).toBe('type');
        expect(meaning(key(name, by), true, true)).toBe('type');
        expect(meaning(key(name, { ...by, ctrlKey: true }), true, true)).toBe('type');
      }
    },
  );

  it('chooses among emoji that are offered', () => {
    expect(meaning(key('Enter'), true, true)).toBe('accept');
    expect(meaning(key('Tab'), true, true)).toBe('accept');
    expect(meaning(key('ArrowDown'), true, true)).toBe('next');
    expect(meaning(key('ArrowUp'), true, true)).toBe('previous');
    expect(meaning(key('Escape'), true, true)).toBe('close');
    expect(meaning(key('Enter', { shiftKey: true }), true, true)).toBe('newline');
    expect(meaning(key('Tab', { shiftKey: true }), true, true)).toBe('type');
  });

  it('leaves all else to be typed', () => {
    for (const name of ['a', 'Tab', 'Escape', 'ArrowUp']) {
      expect(meaning(key(name), true, false)).toBe('type');
    }
  });
});
