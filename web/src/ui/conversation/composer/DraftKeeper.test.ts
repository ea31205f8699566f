import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper } from './DraftKeeper';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keeper(stored = '') {
  const saved: string[] = [];
  let fails = false;
  const drafts = new DraftKeeper(stored, (text) => {
    saved.push(text);
    return fails ? Promise.reject(new Error('full')) : Promise.resolve();
  });
  return {
    drafts,
    saved,
    fail: (now: boolean) => {
      fails = now;
    },
  };
}

describe('drafts', () => {
  it('are stored at the first key, then now and then, and not at every key', () => {
    const { drafts, saved } = keeper();

    for (const text of ['h', 'he', 'hel', 'hell', 'hello']) {
      drafts.typed(text);
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(1_000);

    expect(saved).toEqual(['h', 'hel', 'hello']);
  });

  it('are stored at once when the window goes, and only once', () => {
    const { drafts, saved } = keeper();

    drafts.typed('hello');
    drafts.flush();
    drafts.flush();
    vi.advanceTimersByTime(1_000);

    expect(saved).toEqual(['hello']);
  });

  it('are not stored where nothing has changed', () => {
    const { drafts, saved } = keeper('old');

    drafts.typed('old');
    vi.advanceTimersByTime(1_000);

    expect(saved).toEqual([]);
  });

  it('are stored again where that failed', async () => {
    const { drafts, saved, fail } = keeper();
    fail(true);
    drafts.typed('hello');
    await vi.advanceTimersByTimeAsync(1_000);
    fail(false);

    drafts.flush();

    expect(saved).toEqual(['hello', 'hello']);
  });

  it('come from another tab only where nothing is typed here', async () => {
    const { drafts } = keeper('a');

    expect(drafts.told('a')).toBe(false);
    expect(drafts.told('b')).toBe(true);
    drafts.typed('mine');
    expect(drafts.told('c')).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(drafts.told('mine')).toBe(false);
    expect(drafts.told('c')).toBe(true);
  });

  it('are not taken back by what is told late of their own beginning', async () => {
    const { drafts } = keeper();

    drafts.typed('h');
    await vi.advanceTimersByTimeAsync(100);
    drafts.typed('hello');
    drafts.flush();
    expect(drafts.told('h')).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(drafts.told('hello')).toBe(false);
  });
});
