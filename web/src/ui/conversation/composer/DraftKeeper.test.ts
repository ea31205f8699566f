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
  it('are stored when typing pauses, not at every key', () => {
    const { drafts, saved } = keeper();

    for (const text of ['h', 'he', 'hel']) {
      drafts.typed(text);
      vi.advanceTimersByTime(100);
    }
    expect(saved).toEqual([]);
    vi.advanceTimersByTime(1_000);

    expect(saved).toEqual(['hel']);
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

    drafts.typed('new');
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

  it('come from another tab only where nothing was typed here', () => {
    const { drafts } = keeper('a');

    expect(drafts.told('a')).toBe(false);
    expect(drafts.told('b')).toBe(true);
    drafts.typed('mine');
    expect(drafts.told('c')).toBe(false);
    drafts.flush();
    expect(drafts.told('mine')).toBe(false);
  });
});
