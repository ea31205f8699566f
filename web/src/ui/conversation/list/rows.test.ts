import { describe, expect, it } from 'vitest';
import { createTimes } from '../../times';
import { ME, message } from '../testing';
import { rowsOf, shownTime } from './rows';

const times = createTimes('en-GB', 'Europe/Berlin');
const at = (text: string) => ({ created: Date.parse(text), arrived: Date.parse(text) });

const shape = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) =>
    row.kind === 'message'
      ? `${row.message.place}${row.first ? '<' : ''}${row.last ? '>' : ''}`
      : row.kind,
  );

describe('rows', () => {
  it('are none for no messages', () => {
    expect(rowsOf([], ME, undefined, times)).toEqual([]);
  });

  it('group what one sender wrote within minutes', () => {
    const rows = rowsOf(
      [
        message(1, at('2026-03-30T10:00:00Z')),
        message(2, at('2026-03-30T10:04:00Z')),
        message(3, at('2026-03-30T10:10:00Z')),
        message(4, { ...at('2026-03-30T10:10:10Z'), senderId: ME }),
      ],
      ME,
      undefined,
      times,
    );

    expect(shape(rows)).toEqual(['day', '1<', '2>', '3<>', '4<>']);
    expect(rows.map((row) => row.kind === 'message' && row.mine)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('say each day once, by the own zone, and part groups there', () => {
    const rows = rowsOf(
      [
        message(1, at('2026-03-30T21:59:00Z')),
        message(2, at('2026-03-30T22:01:00Z')),
        message(3, at('2026-03-30T22:02:00Z')),
      ],
      ME,
      undefined,
      times,
    );

    expect(shape(rows)).toEqual(['day', '1<>', 'day', '2<', '3>']);
  });

  it('put the line of new messages before the first unread one', () => {
    const rows = rowsOf([message(1), message(2), message(3)], ME, message(2).id, times);

    expect(shape(rows)).toEqual(['day', '1<>', 'unread', '2<', '3>']);
  });

  it('keep their keys when a message gets another id', () => {
    const before = rowsOf([message(1)], ME, undefined, times);
    const after = rowsOf([message(1, { id: 'another' })], ME, undefined, times);

    expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
  });

  it('believe no clock that is ahead of when the message came', () => {
    const came = message(1);

    expect(shownTime({ ...came, created: came.arrived - 86_400_000 })).toBe(
      came.arrived - 86_400_000,
    );
    expect(shownTime({ ...came, created: came.arrived + 86_400_000 })).toBe(came.arrived);
  });
});
