import { describe, expect, it } from 'vitest';
import { Capabilities } from './capabilities';
import { Account, NOW } from './checks/account';
import { refusalBy } from './checks/expect';
import { randomOf } from './checks/random';
import { OfferedPrekey } from './offeredPrekey';
import { OfferedPrekeys } from './offeredPrekeys';
import { PrekeyBatch } from './prekeyBatch';
import { Suite } from './suite';

const DAY = 24 * 60 * 60 * 1000;
const random = randomOf('prekeys');
const can = Capabilities.of(...Suite.values);
const ann = await Account.create('7fe4771c-008a-42eb-b63d-f47d19e2c6aa', can, random);
const ben = await Account.create('7fe4771c-008a-42eb-b63d-f47d19e2c6ab', can, random);
const batch = await ben.addPrekeys(7, random);
const [first, second, ...others] = batch.offers();

function offerOf(change: Partial<OfferedPrekey>): OfferedPrekey {
  if (first === undefined) {
    throw new Error('There are seven');
  }
  const { batch: statement, index, path, prekey, signatures } = first;
  return new OfferedPrekey({ batch: statement, index, path, prekey, signatures, ...change });
}

async function refusalOfUsing(offer: OfferedPrekey): Promise<string> {
  const message = { messageId: ann.userId, created: NOW, plaintext: new Uint8Array(1) };
  const peer = await ann.pin(ben);
  return refusalBy(() => ann.sealer(random).seal(peer, offer, message));
}

describe('a one-time prekey', () => {
  it('is used where its owner signed it for this account, at its place in the batch', async () => {
    const { identity } = ben.keys;
    for (const offer of batch.offers()) {
      await offer.verify(ben.userId, identity);
    }

    expect(await refusalBy(() => offerOf({}).verify(ann.userId, identity))).toBe('WRONG_USER');
    expect(await refusalBy(() => offerOf({ index: 1 }).verify(ben.userId, identity))).toBe(
      'BAD_PROOF',
    );
    const swapped = offerOf(second ? { prekey: second.prekey } : {});
    expect(await refusalBy(() => swapped.verify(ben.userId, identity))).toBe('BAD_PROOF');
    expect(await refusalBy(() => offerOf({}).verify(ben.userId, ann.keys.identity))).toBe(
      'WRONG_KEY',
    );
    expect(await refusalBy(() => offerOf({ signatures: [] }).verify(ben.userId, identity))).toBe(
      'MISSING_SIGNATURE',
    );
    expect(await refusalBy(() => offerOf({ path: [] }))).toBe('TRUNCATED');
    expect(await refusalBy(() => offerOf({ index: 7 }))).toBe('EXTENDED');
  });

  it('is used once, and no longer than its owner keeps it', async () => {
    ann.used.add(first?.prekey.id ?? '');
    expect(await refusalOfUsing(offerOf({}))).toBe('REUSED_PREKEY');
    ann.used.clear();
    expect(await refusalOfUsing(offerOf({}))).toBe('Nothing was refused');

    for (const [now, refusal] of [
      [NOW + 37 * DAY - 1, undefined],
      [NOW + 37 * DAY, 'EXPIRED_PREKEY'],
      [NOW - 5 * 60 * 1000 - 1, 'EXPIRED_PREKEY'],
    ] as const) {
      const check = () => offerOf({}).batch.requireUsable(now, 'prekey');
      expect(await refusalBy(check)).toBe(refusal ?? 'Nothing was refused');
    }
  });

  it('is verified again where another identity is pinned', async () => {
    const sealer = ann.sealer(random);
    const message = { messageId: ann.userId, created: NOW, plaintext: new Uint8Array(1) };
    await sealer.seal(await ann.pin(ben), second, message);

    const other = await Account.create(ben.userId, can, random);
    const peer = await ann.pin(other);
    expect(await refusalBy(() => sealer.seal(peer, others[0], message))).toBe('WRONG_KEY');
  });
});

describe('prekeys that are handed out together', () => {
  it('say what they share once, and read as they were', () => {
    const offers = [batch.offers()[4], batch.offers()[6], batch.offers()[0]].filter(
      (offer) => offer !== undefined,
    );
    const map = new OfferedPrekeys(ben.userId, offers).toMap();

    expect(map.batches).toHaveLength(1);
    const read = OfferedPrekeys.fromMap(map);
    expect(read.all.map((offer) => offer.toMap())).toEqual(offers.map((offer) => offer.toMap()));
  });
});

describe('a batch', () => {
  it('has 1 to 128 prekeys, each once', async () => {
    const [one] = batch.prekeys;
    const of = (prekeys: PrekeyBatch['prekeys']) =>
      refusalBy(() => PrekeyBatch.sign({ ...batch, prekeys }, ben.keys, random));

    expect(await of([])).toBe('TRUNCATED');
    expect(one && (await of([one, one]))).toBe('REUSED_PREKEY');
    expect(one && (await of(new Array(129).fill(one)))).toBe('EXTENDED');
    expect(one && (await of([one]))).toBe('Nothing was refused');
  });
});
