import { describe, expect, it, vi } from 'vitest';
import { MemoryStore } from '../../store/memory';
import { ENGINE_TABLES } from '../tables';
import { Seeded, seedOfRun } from '../testing/seeded';
import { Transactions } from '../transaction';
import { add, inTurn, remove, type Waiting, waiting } from './outbox';

async function outboxOf(contactIds: readonly string[]) {
  const store = new MemoryStore(ENGINE_TABLES);
  const transactions = new Transactions(store, ENGINE_TABLES, {
    complete: async () => {},
    tell: async () => {},
  });
  await transactions.run(async (transaction) => {
    for (const [at, contactId] of contactIds.entries()) {
      await add(transaction, { messageId: `m${at}`, contactId });
    }
  });
  return { store, transactions };
}

describe('what waits to go out', () => {
  it('is given in its order, but nothing to whom nothing more goes', async () => {
    const seeded = new Seeded(seedOfRun());
    for (let round = 0; round < 60; round++) {
      const contacts = Array.from({ length: 1 + seeded.below(6) }, (_, at) => `c${at}`);
      const { store, transactions } = await outboxOf(
        Array.from(
          { length: seeded.below(120) },
          () => contacts[seeded.below(contacts.length)] ?? '',
        ),
      );
      const left = await waiting(store);
      const held = new Set<string>();
      const given: Waiting[] = [];
      const expected: Waiting[] = [];
      for await (const row of inTurn(store, (contactId) => held.has(contactId))) {
        given.push(row);
        const next = left.find((it) => !held.has(it.contactId));
        if (next) {
          expected.push(next);
          left.splice(0, left.indexOf(next) + 1);
        }
        if (seeded.below(3) === 0) {
          held.add(row.contactId);
        } else if (seeded.below(3) > 0) {
          await transactions.run((transaction) => remove(transaction, row.messageId));
        }
      }

      expect(given).toEqual(expected);
      expect(left.every((it) => held.has(it.contactId))).toBe(true);
    }
  });

  it('is not read where it is behind what is held, however much it is', async () => {
    const { store } = await outboxOf([
      ...Array.from({ length: 200 }, () => 'ann'),
      ...Array.from({ length: 200 }, () => 'ben'),
      'cem',
    ]);
    const list = vi.spyOn(store, 'list');
    const held = new Set<string>();
    const given: string[] = [];
    for await (const { contactId } of inTurn(store, (it) => held.has(it))) {
      given.push(contactId);
      held.add(contactId);
    }

    expect(given).toEqual(['ann', 'ben', 'cem']);
    const read = await Promise.all(list.mock.results.map(({ value }) => value));
    expect(read.flat()).toHaveLength(3);
  });
});
