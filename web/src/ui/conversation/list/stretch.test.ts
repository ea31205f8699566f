import { describe, expect, it } from 'vitest';
import { file, message } from '../testing';
import {
  EMPTY,
  type Stretch,
  withEarlier,
  withFile,
  withLater,
  withoutEarliest,
  withoutIds,
  withoutLatest,
  withReissued,
  withTold,
} from './stretch';

const stretch = (from: number, to: number, about: Partial<Stretch> = {}): Stretch => ({
  messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)),
  hasEarlier: false,
  hasLater: false,
  ...about,
});

const places = (of: Stretch) => of.messages.map((each) => each.place);

describe('the loaded stretch', () => {
  it('grows on both sides, and has no message twice where pages overlap', () => {
    const grown = withLater(
      withEarlier(stretch(5, 7, { hasEarlier: true, hasLater: true }), {
        messages: [message(3), message(4), message(5)],
        hasEarlier: true,
        hasLater: true,
      }),
      { messages: [message(8)], hasEarlier: true, hasLater: false },
    );

    expect(places(grown)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(grown).toMatchObject({ hasEarlier: true, hasLater: false });
  });

  it('lets go of one side, and knows that there is more', () => {
    expect(withoutLatest(stretch(1, 9), 4)).toMatchObject({ hasLater: true, hasEarlier: false });
    expect(places(withoutLatest(stretch(1, 9), 4))).toEqual([1, 2, 3, 4]);
    expect(withoutEarliest(stretch(1, 9), 4)).toMatchObject({ hasEarlier: true, hasLater: false });
    expect(places(withoutEarliest(stretch(1, 9), 4))).toEqual([6, 7, 8, 9]);
    expect(withoutLatest(stretch(1, 3), 4)).toEqual(stretch(1, 3));
  });

  it('takes what is new at its end, and in an empty conversation', () => {
    expect(places(withTold(stretch(1, 3), [message(4)]))).toEqual([1, 2, 3, 4]);
    expect(places(withTold(EMPTY, [message(1)]))).toEqual([1]);
  });

  it('leaves out what lies beyond messages that are not loaded', () => {
    expect(places(withTold(stretch(4, 6, { hasLater: true }), [message(9)]))).toEqual([4, 5, 6]);
    expect(places(withTold(stretch(4, 6, { hasEarlier: true }), [message(1)]))).toEqual([4, 5, 6]);
    expect(
      places(withTold(stretch(4, 6, { hasEarlier: true }), [message(5, { text: 'new' })])),
    ).toEqual([4, 5, 6]);
  });

  it('shows what has changed', () => {
    const told = withTold(stretch(1, 2), [message(2, { state: 'read' })]);

    expect(told.messages[1]?.state).toBe('read');
  });

  it('follows a message to its new id', () => {
    const reissued = withReissued(stretch(1, 3), message(3).id, message(3, { id: 'new' }));

    expect(reissued.messages.map((each) => each.id)).toEqual([message(1).id, message(2).id, 'new']);
  });

  it('drops what was deleted', () => {
    expect(places(withoutIds(stretch(1, 3), [message(2).id, 'unknown']))).toEqual([1, 3]);
  });

  it('keeps the thumbnail of a file that moves on', () => {
    const thumbnail = new Blob(['x']);
    const before = {
      ...EMPTY,
      messages: [message(1, { files: [file(1, { thumbnail }), file(2)] })],
    };

    const after = withFile(before, message(1).id, file(1, { state: 'fetching', done: 10 }));

    expect(after.messages[0]?.files[0]).toMatchObject({ state: 'fetching', done: 10, thumbnail });
    expect(after.messages[0]?.files[1]).toEqual(file(2));
  });
});
