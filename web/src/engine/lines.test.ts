import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../protocol/testing/fakeClock';
import { MemoryStore } from '../store/memory';
import { Lines } from './lines';
import type { ContactRoutes } from './people/contacts';
import { People } from './people/people';
import { rowOf } from './people/person';
import { arrange } from './stored/conversations';
import { ENGINE_TABLES } from './tables';
import { Transactions } from './transaction';

const ANN = '00000000-0000-4000-8000-00000000000a';
const BEN = '00000000-0000-4000-8000-00000000000b';

describe('the lines of the list', () => {
  let store: MemoryStore;
  let lines: Lines;
  let transactions: Transactions;

  beforeEach(async () => {
    store = new MemoryStore(ENGINE_TABLES);
    await store.commit([personRow(ANN, 'Ann'), personRow(BEN, 'Ben')]);
    const people = new People({
      relay: {} as ContactRoutes,
      store,
      clock: new FakeClock(),
      changed: () => {},
      contactAdded: () => {},
      sendTyping: () => {},
      failed: () => {},
    });
    lines = new Lines(store, people, () => {});
    transactions = new Transactions(store, ENGINE_TABLES, {
      complete: async () => {},
      tell: async (told) => {
        for (const contactId of told.lines) {
          await lines.tell(contactId);
        }
      },
    });
  });

  const draft = (text: string) =>
    transactions.run((transaction) => arrange(transaction, ANN, { draft: text }));
  const drafts = async () => (await lines.all()).map((it) => [it.fullName, it.draft]).sort();

  it('are read once where they were read ahead, and anew for whoever asks next', async () => {
    await draft('one');
    const list = vi.spyOn(store, 'list');
    lines.readAhead();
    const tables = list.mock.calls.length;

    expect(await drafts()).toEqual([
      ['Ann', 'one'],
      ['Ben', ''],
    ]);
    expect(list).toHaveBeenCalledTimes(tables);

    await drafts();
    expect(list).toHaveBeenCalledTimes(2 * tables);
  });

  it('are read again where one was told since they were read ahead', async () => {
    lines.readAhead();
    await draft('two');

    expect(await drafts()).toEqual([
      ['Ann', 'two'],
      ['Ben', ''],
    ]);
  });

  it('say what is wrong with what was read ahead to who asks', async () => {
    vi.spyOn(store, 'list').mockRejectedValue(new Error('damaged'));
    lines.readAhead();

    await expect(lines.all()).rejects.toThrow('damaged');
  });
});

function personRow(userId: string, fullName: string) {
  const row = rowOf({
    userId,
    username: fullName.toLowerCase(),
    email: `${fullName}@example.org`,
    fullName,
    isContact: true,
    blocked: false,
    since: 1,
  });
  return { op: 'put', table: 'people', row } as const;
}
