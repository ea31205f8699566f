import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from './failures';
import { KeyDirectory } from './keyDirectory';
import { type Reply, says } from './testing/scriptedFetch';
import { signedIn } from './testing/signedIn';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';

function setUp(...replies: Reply[]) {
  const { rest, session, server } = signedIn(...replies);
  return { keys: new KeyDirectory(rest, session), server };
}

describe('publishing', () => {
  it('says whether the version was the next one', async () => {
    const { keys, server } = setUp(says(200, {}), says(409, { detail: 'Version 3.' }));

    expect(await keys.publish({ bundle_version: 3 })).toBe(true);
    expect(await keys.publish({ bundle_version: 3 })).toBe(false);
    expect(server.routes[0]).toBe('PUT /keys/bundle');
    expect(server.asked[0]?.text).toBe('{"bundle_version":3}');
  });

  it('says whether a batch is taken; other refusals are thrown', async () => {
    const { keys } = setUp(says(201, {}), says(422, {}), says(409, { detail: 'No bundle.' }));

    expect(await keys.upload({})).toBe(true);
    expect(await keys.upload({})).toBe(false);
    await expect(keys.upload({})).rejects.toBeInstanceOf(ServerRefusal);
  });

  it.each([{}, { one_time: '3' }, { one_time: -1 }, { one_time: 1_000_001 }, { one_time: 1.5 }])(
    'takes no stock of %j',
    async (answer) => {
      const { keys } = setUp(says(200, answer));

      await expect(keys.stock()).rejects.toBeInstanceOf(Unreachable);
    },
  );

  it('takes stock', async () => {
    const { keys } = setUp(says(200, { one_time: 17, low: true }));

    expect(await keys.stock()).toEqual({ left: 17, isLow: true });
  });
});

describe('a bundle', () => {
  it('is as it came, or none, or the known one', async () => {
    const { keys, server } = setUp(
      says(200, { bundle_version: 3, tomorrow: true }),
      says(404, { detail: 'None.' }),
      () => new Response(null, { status: 304 }),
    );

    expect(await keys.bundle(ADA, 0)).toEqual({ bundle_version: 3, tomorrow: true });
    expect(await keys.bundle(ADA, 0)).toBeUndefined();
    expect(await keys.bundle(ADA, 3)).toBeUndefined();
    expect(server.routes).toEqual([
      `GET /keys/${ADA}/bundle`,
      `GET /keys/${ADA}/bundle`,
      `GET /keys/${ADA}/bundle?if_version=3`,
    ]);
  });

  it('that is a list makes no sense', async () => {
    const { keys } = setUp(says(200, []));

    await expect(keys.bundle(ADA, 0)).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('taking prekeys', () => {
  const offered = { bundle: { v: 1 }, batches: [], one_time_prekeys: [], last_resort_key_id: 'k' };

  it('gives all that came, with the bundle', async () => {
    const { keys, server } = setUp(says(200, offered));

    expect(await keys.take(ADA, 2, 0)).toEqual({ bundle: { v: 1 }, offered });
    expect(server.routes).toEqual([`GET /keys/${ADA}?take=2`]);
  });

  it('gives no bundle where it is the known one', async () => {
    const { keys, server } = setUp(says(200, { ...offered, bundle: null }));

    expect((await keys.take(ADA, 2, 7))?.bundle).toBeUndefined();
    expect(server.routes).toEqual([`GET /keys/${ADA}?take=2&if_version=7`]);
  });

  it('gives nothing of who has no bundle', async () => {
    const { keys } = setUp(says(404, {}));

    expect(await keys.take(ADA, 2, 0)).toBeUndefined();
  });

  it.each<[string, object, number, string]>([
    ['has no bundle where none is known', { ...offered, bundle: null }, 0, 'no bundle'],
    ['has something else for a bundle', { ...offered, bundle: 'b' }, 7, 'no bundle'],
    ['is of a server of before', { bundle: {}, one_time_prekeys: [] }, 0, 'older'],
  ])('refuses an answer that %s', async (_, answer, known, words) => {
    const { keys } = setUp(says(200, answer));

    await expect(keys.take(ADA, 1, known)).rejects.toThrow(words);
  });

  it('says when to ask again where it was too much', async () => {
    const { keys } = setUp(says(429, {}, { 'Retry-After': '33' }));

    await expect(keys.take(ADA, 1, 0)).rejects.toMatchObject({ retryAfter: 33 });
  });
});
