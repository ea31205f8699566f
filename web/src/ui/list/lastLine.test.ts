import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../engine/api';
import { lineOf, messagesOf } from '../testing/fakeData';
import { lastLineOf, unreadSaid } from './lastLine';

const line = (change: Partial<Conversation> = {}): Conversation => ({
  ...lineOf(20, messagesOf(20)),
  ...change,
});

describe('the line under a name', () => {
  const last = { id: 'm', mine: false, state: 'sent', text: 'Hi', files: 0, arrived: 1 } as const;

  it('is what was said last', () => {
    expect(lastLineOf(line({ last }))).toEqual({ kind: 'theirs', text: 'Hi' });
    expect(lastLineOf(line({ last: { ...last, mine: true } }))).toEqual({
      kind: 'mine',
      state: 'sent',
      text: 'Hi',
    });
  });

  it('is one line', () => {
    expect(lastLineOf(line({ last: { ...last, text: ' a\n\n\tb ' } }))).toMatchObject({
      text: 'a b',
    });
  });

  it('counts files where nothing was said', () => {
    expect(lastLineOf(line({ last: { ...last, text: '', files: 2 } }))).toMatchObject({
      text: '2 files',
    });
    expect(lastLineOf(line({ last: { ...last, text: ' ', files: 1 } }))).toMatchObject({
      text: 'A file',
    });
  });

  it('puts a draft before what was said, and typing before the draft', () => {
    expect(lastLineOf(line({ last, draft: 'so ' }))).toEqual({ kind: 'draft', text: 'so' });
    expect(lastLineOf(line({ last, draft: 'so', typing: true }))).toEqual({ kind: 'typing' });
    expect(lastLineOf(line({ last, draft: ' \n' }))).toMatchObject({ kind: 'theirs' });
  });

  it('says who is blocked and where nothing was said yet', () => {
    expect(lastLineOf(line({ blocked: true, typing: true }))).toMatchObject({ text: 'Blocked' });
    const { last: _, ...silent } = line();
    expect(lastLineOf(silent)).toMatchObject({ text: 'No messages yet' });
  });
});

describe('a badge', () => {
  it('stops counting at a thousand', () => {
    expect(unreadSaid(999)).toBe('999');
    expect(unreadSaid(1000)).toBe('999+');
  });
});
