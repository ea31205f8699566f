import { describe, expect, it } from 'vitest';
import { BrokenText, Unreachable } from './failures';
import {
  idIn,
  isTrue,
  member,
  numberIn,
  objectIn,
  objectsIn,
  read,
  required,
  textIn,
  timeIn,
  write,
} from './json';

const ID = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';

describe('reading', () => {
  it.each(['', '<html>', '{"a":', '{}x', 'undefined'])('finds no JSON in %j', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('survives what is nested deeper than anything is', () => {
    const deep = '['.repeat(1_000_000);

    expect(read(deep)).toBeUndefined();
  });

  it('takes no array, text or null for an object', () => {
    expect([[], 'text', 7, null, undefined].map((value) => objectIn(value))).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('passes over what is no object in a list', () => {
    expect(objectsIn([1, { a: 1 }, null, [], 'x'])).toEqual([{ a: 1 }]);
    expect(objectsIn({ a: 1 })).toEqual([]);
  });

  it("doesn't take the members that every object has for the server's", () => {
    expect(member({}, 'constructor' as never)).toBeUndefined();
    expect(member(read('{"__proto__":{"a":1}}') as object, 'a' as never)).toBeUndefined();
  });

  it('refuses members of the wrong type', () => {
    const answer = { text: 7, id: ID.toUpperCase(), number: '7', yes: 'true', time: 'yesterday' };

    expect(textIn(answer, 'text')).toBeUndefined();
    expect(idIn(answer, 'id')).toBeUndefined();
    expect(numberIn(answer, 'number')).toBeUndefined();
    expect(isTrue(answer, 'yes')).toBe(false);
    expect(timeIn(answer, 'time')).toBeUndefined();
  });

  it.each([1.5, 2 ** 53, Number.NaN])('refuses %d where a whole number is to be', (number) => {
    expect(numberIn({ number }, 'number')).toBeUndefined();
  });

  it('reads ids, numbers and times', () => {
    const answer = { id: ID, number: 19, time: '2026-02-02T10:00:00.123Z' };

    expect(idIn(answer, 'id')).toBe(ID);
    expect(numberIn(answer, 'number')).toBe(19);
    expect(timeIn(answer, 'time')).toBe(Date.UTC(2026, 1, 2, 10, 0, 0, 123));
  });

  it('refuses a time that there is not', () => {
    expect(timeIn({ time: '2026-13-02T10:00:00.000Z' }, 'time')).toBeUndefined();
  });

  it('calls what must be there and is not an answer that makes no sense', () => {
    expect(() => required(undefined)).toThrow(Unreachable);
    expect(required(0)).toBe(0);
  });
});

describe('writing', () => {
  it('refuses half of a character, in texts and in names', () => {
    expect(() => write({ text: 'a\ud83d' })).toThrow(BrokenText);
    expect(() => write({ list: [{ '\udc00': 1 }] })).toThrow(BrokenText);
    expect(write({ text: '😀' })).toBe('{"text":"😀"}');
  });
});
