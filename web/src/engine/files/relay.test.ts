import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../protocol/clock';
import { MediaApi } from '../../protocol/mediaApi';
import { ObjectClient } from '../../protocol/objectClient';
import { Rest } from '../../protocol/rest';
import { ServerTime } from '../../protocol/serverTime';
import { Session } from '../../protocol/session';
import { SignIn } from '../../protocol/signIn';
import { HeldTokens } from '../account/heldTokens';
import { ANN, attachment, BEN, type FileServer, Person, seeded } from './testing/person';

/** The address of a relay that runs, without limits: `http://localhost:8080`. */
const RELAY = process.env.QUANTCHAT_RELAY ?? '';
if (RELAY === '') {
  console.log('No relay is asked: QUANTCHAT_RELAY has no address of one.');
}

const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

const rest = new Rest(`${RELAY}/api/v1`, fetch, systemClock, new ServerTime(systemClock));

/** A real one, as somebody who has just registered. */
async function registered(): Promise<FileServer> {
  const email = `${randomBytes(8).toString('hex')}@example.com`;
  const names = { username: 'ada', fullName: 'Ada Lovelace' };
  const password = 'correct horse battery staple';
  const { tokens } = await new SignIn(rest, systemClock).register(email, password, names);
  const session = new Session(rest, new HeldTokens(tokens), systemClock);
  const media = new MediaApi(rest, session, `${RELAY}/api/v1`);
  const objects = new ObjectClient({ fetch, clock: systemClock });
  return {
    begin: (file) => media.begin(file),
    renew: (id) => media.renew(id),
    complete: (id) => media.complete(id),
    download: (id) => media.download(id),
    delete: (id, secret) => media.delete(id, secret),
    put: (part, bytes, flow, signal) => objects.put(part, bytes, flow, signal),
    get: (url, from, most, sink, flow, signal) => objects.get(url, from, most, sink, flow, signal),
  };
}

describe.skipIf(RELAY === '')('files at a real relay', () => {
  it.each([0, 5000, 18_000_000])(
    'come as they were, and are deleted then: %d bytes',
    async (size) => {
      const content = seeded(size)(size);
      const ann = new Person(ANN, await registered(), size);
      const ben = new Person(BEN, await registered(), size + 1);
      ann.transfers.start();
      ben.transfers.start();
      await ann.send(MESSAGE, [attachment('a.bin', content)]);
      await ann.until(() => ann.ready.length > 0);
      const files = (await ann.sent(MESSAGE)) ?? [];

      await ben.receive(MESSAGE, files);
      const received = await ben.transfers.open(ANN, MESSAGE, 1);

      expect(Buffer.from(await received.arrayBuffer()).equals(content)).toBe(true);
      await ben.until(async () => (await ben.store.list('files'))[0]?.due === 0);
      await expect(ben.server.download(files[0]?.entry.way.mediaId ?? '')).rejects.toMatchObject({
        status: 404,
      });
      expect([...ann.failures, ...ben.failures]).toEqual([]);
    },
  );

  it('go on where they were interrupted, both ways', async () => {
    const content = seeded(9)(18_000_000);
    const ann = new Person(ANN, await registered(), 9);
    const put = ann.server.put;
    let parts = 0;
    ann.server.put = (...asked) => {
      if (++parts === 2) {
        ann.transfers.stop();
      }
      return put(...asked);
    };
    ann.transfers.start();
    await ann.send(MESSAGE, [attachment('a.bin', content)]);
    await ann.until(() => parts === 2);
    const again = new Person(ANN, ann.server, 10, ann.disk);
    again.waiting.add(MESSAGE);
    again.transfers.start();
    await again.until(() => again.ready.length > 0);
    const files = (await again.sent(MESSAGE)) ?? [];

    const ben = new Person(BEN, await registered(), 11);
    const get = ben.server.get;
    const begins: number[] = [];
    ben.server.get = (url, from, most, sink, flow, signal) => {
      begins.push(from);
      let come = 0;
      const write = async (bytes: Uint8Array<ArrayBuffer>) => {
        come += bytes.length;
        await sink.write(bytes);
        if (begins.length === 1 && come > 3_000_000) {
          ben.transfers.stop();
        }
      };
      return get(url, from, most, { from: (at) => sink.from(at), write }, flow, signal);
    };
    ben.transfers.start();
    await ben.receive(MESSAGE, files);
    await ben.transfers.open(ANN, MESSAGE, 1).catch(() => {});
    const received = await ben.transfers.open(ANN, MESSAGE, 1);

    expect(parts).toBe(4);
    expect(begins[1]).toBeGreaterThan(3_000_000);
    expect(Buffer.from(await received.arrayBuffer()).equals(content)).toBe(true);
  });
});
