import { describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../protocol/json';
import { Inbox, type InboxParts } from './inbox';
import type { Outcome } from './opening';

const message = (id: string): JsonObject => ({ message_id: id, sender_id: 'somebody' });

describe('an inbox in a program of which a part can’t be loaded', () => {
  it('takes what needs no such part, and leaves the rest to the next look', async () => {
    const settled: unknown[] = [];
    const acknowledge = vi.fn(async () => undefined);
    const parts = {
      shared: { step: () => undefined },
      relay: { pending: async () => ({ messages: [message('1'), message('2')] }) },
      opening: {
        rest: () => undefined,
        open: async (wire: JsonObject) => {
          if (wire.message_id === '1') {
            throw new TypeError('Failed to fetch dynamically imported module: /assets/x.js');
          }
          return { kind: 'known', messageId: '2' } satisfies Outcome;
        },
      },
      settling: {
        settle: async (outcomes: Outcome[]) => {
          settled.push(...outcomes);
          return { done: ['2'], again: [], answered: false };
        },
      },
      askings: { beginLook: () => undefined },
      streams: { hasNewGap: () => false },
      requests: { lookedAtAll: async () => undefined },
      acknowledge,
      emit: () => undefined,
    } as unknown as InboxParts;

    expect(await new Inbox(parts).catchUp()).toBe(true);
    expect(settled).toEqual([{ kind: 'known', messageId: '2' }]);
    expect(acknowledge).toHaveBeenCalledExactlyOnceWith(['2']);
  });
});
