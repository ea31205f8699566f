import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadMarks } from './ReadMarks';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function marks(shown: string[]) {
  let there = true;
  let changed = () => {};
  const marked: string[][] = [];
  let fails = false;
  const marks = new ReadMarks(
    (ids) => {
      marked.push(ids);
      return fails ? Promise.reject(new Error('storage')) : Promise.resolve();
    },
    () => shown,
    {
      isThere: () => there,
      onChange: (call) => {
        changed = call;
        return () => {};
      },
    },
  );
  return {
    marks,
    marked,
    attend: (now: boolean) => {
      there = now;
      changed();
    },
    fail: (now: boolean) => {
      fails = now;
    },
  };
}

describe('read marks', () => {
  it('are set once for what was seen for a moment', async () => {
    const shown = ['a', 'b'];
    const { marks: read, marked } = marks(shown);

    read.look();
    read.look();
    expect(marked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    shown.push('c');
    read.look();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(marked).toEqual([['a', 'b'], ['c']]);
  });

  it('are not set while nobody is there, but once somebody is back', async () => {
    const { marks: read, marked, attend } = marks(['a']);
    attend(false);

    read.look();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(marked).toEqual([]);

    attend(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(marked).toEqual([['a']]);
  });

  it('are not set by a glance', async () => {
    const { marks: read, marked, attend } = marks(['a']);

    read.look();
    attend(false);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(marked).toEqual([]);
  });

  it('are tried again where they could not be stored', async () => {
    const { marks: read, marked, fail } = marks(['a']);
    fail(true);
    read.look();
    await vi.advanceTimersByTimeAsync(1_000);
    fail(false);

    read.look();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(marked).toEqual([['a'], ['a']]);
  });

  it('end with the conversation', async () => {
    const { marks: read, marked } = marks(['a']);

    read.look();
    read.close();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(marked).toEqual([]);
  });
});
