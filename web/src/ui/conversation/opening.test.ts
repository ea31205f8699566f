import { describe, expect, it } from 'vitest';
import { opening, type Places } from './opening';

const left = { messageId: 'left', below: -12 };
const places: Places = new Map([['them', left]]);
const read = { contactId: 'them', unread: 0 };

describe('where a conversation opens', () => {
  it('is the end at first', () => {
    expect(opening(read, undefined, new Map())).toEqual({ page: { at: 'end' }, place: undefined });
  });

  it('is where it was left', () => {
    expect(opening(read, undefined, places)).toEqual({ page: { around: 'left' }, place: left });
  });

  it('is the first unread message, wherever it was left', () => {
    expect(opening({ ...read, unread: 2, firstUnread: 'new' }, undefined, places)).toEqual({
      page: { at: 'first_unread' },
      place: undefined,
    });
  });

  it('is the message that was asked for, whatever is unread', () => {
    expect(opening({ ...read, unread: 2, firstUnread: 'new' }, 'found', places)).toEqual({
      page: { around: 'found' },
      place: { messageId: 'found' },
    });
  });
});
