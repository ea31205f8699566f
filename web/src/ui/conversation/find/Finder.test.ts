import { describe, expect, it } from 'vitest';
import type { SearchPage } from '../../../engine/api';
import { message } from '../testing';
import { BATCH, Finder } from './Finder';

const hit = (place: number) => ({
  message: message(place),
  ranges: [[0, 4]] as [number, number][],
});

/** A search of one hit a page, and an empty page now and then. */
function source(count: number) {
  const asked: { query: string; next: string | undefined }[] = [];
  const search = async (
    query: string,
    { next }: { limit: number; next?: string },
  ): Promise<SearchPage> => {
    asked.push({ query, next });
    const at = Number(next ?? 0);
    const found = query === 'text' && at % 3 === 0 ? [hit(count - at)] : [];
    return {
      hits: found,
      progress: (at + 1) / count,
      ...(at + 1 < count && { next: String(at + 1) }),
    };
  };
  return { search, asked };
}

describe('the finder', () => {
  it('goes on until enough is found, and then when more is wanted', async () => {
    const finder = new Finder(source(300));

    await finder.ask('text');
    expect(finder.found.value).toMatchObject({ searching: false, done: false });
    expect(finder.found.value.hits).toHaveLength(BATCH);

    await finder.more();
    await finder.more();
    await finder.more();
    expect(finder.found.value).toMatchObject({ searching: false, done: true, progress: 1 });
    expect(finder.found.value.hits).toHaveLength(100);
    expect(finder.found.value.hits[0]?.message.place).toBe(300);
  });

  it('says that there is nothing once all was looked through', async () => {
    const finder = new Finder(source(5));

    await finder.ask('absent');

    expect(finder.found.value).toMatchObject({ hits: [], done: true, progress: 1 });
  });

  it('asks nothing for white space', async () => {
    const { search, asked } = source(5);
    const finder = new Finder({ search });

    await finder.ask('   ');

    expect(asked).toEqual([]);
    expect(finder.found.value).toMatchObject({ hits: [], done: true });
  });

  it('ends with a new query, whose hits alone are shown', async () => {
    const { search, asked } = source(300);
    const finder = new Finder({ search });

    const first = finder.ask('text');
    const second = finder.ask('absent');
    await Promise.all([first, second]);

    expect(finder.found.value).toMatchObject({ query: 'absent', hits: [], done: true });
    expect(asked.filter(({ query }) => query === 'text')).toHaveLength(1);
  });

  it('keeps what it has found where it can’t go on, and says why', async () => {
    const { search } = source(300);
    const finder = new Finder({
      search: (query, options) =>
        options.next === '6'
          ? Promise.reject({ name: 'EngineError', code: 'storage_gone', detail: 'Gone.' })
          : search(query, options),
    });

    await finder.ask('text');

    expect(finder.found.value).toMatchObject({ searching: false, done: true, fault: 'Gone.' });
    expect(finder.found.value.hits).toHaveLength(2);
  });

  it('says whose hits it shows while a word is typed slowly', async () => {
    const finder = new Finder(source(3));
    await finder.ask('mess');
    expect(finder.found.value.isFormer).toBeFalsy();

    const asked = finder.ask('message 1');
    expect(finder.found.value).toMatchObject({ query: 'message 1', isFormer: true });
    await asked;

    expect(finder.found.value.isFormer).toBeFalsy();
  });
});
