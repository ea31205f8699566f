import { describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '../store/memory';
import type { Listing, Row, Schema } from '../store/store';
import { keyOf as keyOfRow } from './rows';
import { Seeded, seedOfRun } from './testing/seeded';
import type { Told } from './told';
import { Transaction, Transactions } from './transaction';

const SCHEMA = {
  things: { key: ['a', 'b'], indexes: { by: ['c', 'd'], rare: ['e'] } },
  single: { key: ['id'], indexes: {} },
} as const satisfies Schema;

const WATCH = { complete: async () => undefined, tell: async () => undefined };

describe('a transaction', () => {
  it('asks the store once for what it reads ahead', async () => {
    const store = new MemoryStore(SCHEMA);
    await store.commit([{ op: 'put', table: 'single', row: { id: 'a', n: 1 } }]);
    const transaction = new Transaction(store, SCHEMA);
    await transaction.readAhead((reads) => [
      reads.get('single', 'a'),
      reads.get('single', 'none'),
      Promise.reject(new Error('what cannot be read')),
    ]);
    const get = vi.spyOn(store, 'get');

    const row = await transaction.get('single', ['a']);
    expect(row).toEqual({ id: 'a', n: 1 });
    if (row) {
      row.n = 2;
    }
    expect(await transaction.get('single', 'a')).toEqual({ id: 'a', n: 1 });
    expect(await transaction.get('single', 'none')).toBeUndefined();
    expect(get).not.toHaveBeenCalled();

    transaction.delete('single', 'a');
    expect(await transaction.get('single', 'a')).toBeUndefined();
  });

  it('counts without reading any row but those that it has altered', async () => {
    const store = new MemoryStore(SCHEMA);
    await store.commit(
      Array.from({ length: 50 }, (_, id) => ({ op: 'put', table: 'single', row: { id } })),
    );
    const transaction = new Transaction(store, SCHEMA);
    transaction.put('single', { id: 50 });
    transaction.put('single', { id: 7, n: 1 });
    transaction.delete('single', 8);
    transaction.delete('single', 99);
    const list = vi.spyOn(store, 'list');

    expect(await transaction.count('single')).toBe(50);
    expect(list).not.toHaveBeenCalled();
  });

  it('reads as the store will be once it is committed', async () => {
    const seeded = new Seeded(seedOfRun());
    for (let round = 0; round < 100; round++) {
      const store = new MemoryStore(SCHEMA);
      await store.commit(
        Array.from({ length: 20 }, () => ({ op: 'put', table: 'things', row: rowOf(seeded) })),
      );
      const transaction = new Transaction(store, SCHEMA);
      if (round % 2 === 0) {
        const rows = Array.from({ length: 10 }, () => rowOf(seeded));
        await transaction.readAhead((reads) =>
          rows.map((it) => reads.get('things', keyOfRow(it, SCHEMA.things.key))),
        );
      }
      for (let change = 0; change < 8; change++) {
        alter(transaction, seeded);
      }
      const listings = Array.from({ length: 6 }, () => listingOf(seeded));
      const before = await Promise.all(listings.map((it) => transaction.list('things', it)));
      const counts = await Promise.all(listings.map((it) => transaction.count('things', it)));

      await store.commit(transaction.changes());

      for (const [i, listing] of listings.entries()) {
        expect(before[i], JSON.stringify(listing)).toEqual(await store.list('things', listing));
        const { limit: _, descending: __, ...counted } = listing;
        expect(counts[i]).toBe(
          listing.limit === undefined ? await store.count('things', counted) : counts[i],
        );
      }
      for (const key of [
        [1, 'x'],
        [2, 'y'],
      ]) {
        expect(await new Transaction(store, SCHEMA).get('things', key)).toEqual(
          await store.get('things', key),
        );
      }
    }
  });

  it('takes a key and an array of it alone for the same', async () => {
    const store = new MemoryStore(SCHEMA);
    const transaction = new Transaction(store, SCHEMA);

    transaction.put('single', { id: 'one' });
    transaction.delete('single', ['one']);

    expect(await transaction.get('single', 'one')).toBeUndefined();
    await store.commit(transaction.changes());
    expect(await store.list('single')).toEqual([]);
  });
});

describe('transactions', () => {
  it('follow each other, and each tells before the next begins', async () => {
    const log: string[] = [];
    const store = new MemoryStore(SCHEMA);
    const transactions = new Transactions(store, SCHEMA, {
      ...WATCH,
      tell: async (_told: Told) => {
        await Promise.resolve();
        log.push('told');
      },
    });

    await Promise.all(
      [1, 2].map((id) =>
        transactions.run(async (transaction) => {
          log.push(`begun ${id}`);
          await Promise.resolve();
          transaction.put('single', { id });
        }),
      ),
    );

    expect(log).toEqual(['begun 1', 'told', 'begun 2', 'told']);
  });

  it('keep nothing, and tell nothing, of work that fails or can not be stored', async () => {
    let told = 0;
    const store = new MemoryStore(SCHEMA);
    const transactions = new Transactions(store, SCHEMA, {
      ...WATCH,
      tell: async () => {
        told++;
      },
    });
    const work = (failure?: Error) =>
      transactions.run(async (transaction) => {
        transaction.put('single', { id: 1 });
        if (failure) {
          throw failure;
        }
      });

    await expect(work(new Error('no'))).rejects.toThrow('no');
    store.at(1, { fail: 'full' });
    await expect(work()).rejects.toMatchObject({ code: 'full' });
    expect(await store.list('single')).toEqual([]);
    expect(told).toBe(0);
    await work();

    expect(await store.list('single')).toEqual([{ id: 1 }]);
    expect(told).toBe(1);
  });
});

function rowOf(seeded: Seeded): Row {
  return {
    a: seeded.below(3),
    b: ['x', 'y', 'z'][seeded.below(3)],
    ...(seeded.happens(0.8) ? { c: seeded.below(3), d: seeded.below(4) } : {}),
    ...(seeded.happens(0.3) ? { e: ['p', 1][seeded.below(2)] } : {}),
    text: seeded.below(1000),
  };
}

function alter(transaction: Transaction, seeded: Seeded): void {
  const { a, b } = rowOf(seeded);
  switch (seeded.below(4)) {
    case 0:
      transaction.delete('things', [a as number, b as string]);
      break;
    case 1:
      transaction.deleteAll('things', seeded.happens(0.5) ? 'by' : undefined, [seeded.below(3)]);
      break;
    default:
      transaction.put('things', rowOf(seeded));
  }
}

function listingOf(seeded: Seeded): Listing {
  const index = [undefined, 'by', 'rare'][seeded.below(3)];
  const hasPrefix = index !== 'rare' && seeded.happens(0.6);
  return {
    ...(index === undefined ? {} : { index }),
    ...(hasPrefix ? { prefix: [seeded.below(3)] } : {}),
    ...(hasPrefix && index === 'by' && seeded.happens(0.5) ? { after: seeded.below(4) } : {}),
    ...(hasPrefix && index === 'by' && seeded.happens(0.3) ? { before: seeded.below(4) } : {}),
    ...(seeded.happens(0.5) ? { descending: true } : {}),
    ...(seeded.happens(0.5) ? { limit: 1 + seeded.below(5) } : {}),
  };
}
