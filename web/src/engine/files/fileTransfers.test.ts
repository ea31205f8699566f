import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ServerRefusal } from '../../protocol/failures';
import { Seeded, seedOfRun } from '../testing/seeded';
import { DUE, type KeptFile } from './entry';
import { PIECE_SIZE } from './pieces';
import { Lost, MediaServer } from './testing/mediaServer';
import { ANN, attachment, BEN, Person, seeded } from './testing/person';

const SEED = seedOfRun();

const PICTURES = join(
  import.meta.dirname,
  '../../../../client/src/test/resources/io/quantchat/client/pictures',
);

const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

let server: MediaServer;
let ann: Person;
let ben: Person;

beforeEach(() => {
  server = new MediaServer();
  ann = new Person(ANN, server, SEED);
  ben = new Person(BEN, server, SEED + 1);
  ann.transfers.start();
  ben.transfers.start();
});

async function up(of = ann, id = MESSAGE): Promise<KeptFile[]> {
  await of.until(() => of.ready.includes(id));
  const files = await of.sent(id);
  if (files === undefined) {
    throw new Error('They are not up.');
  }
  return files;
}

async function bytesOf(blob: Blob): Promise<Buffer> {
  return Buffer.from(await blob.arrayBuffer());
}

async function here(of = ben): Promise<void> {
  await of.until(async () => (await of.states(ANN, MESSAGE)).every((state) => state === 'here'));
}

describe('files that are sent', () => {
  it.each([0, 1, 4096, 1_000_000])('come as they were: %d bytes', async (size) => {
    const content = seeded(size)(size);
    await ann.send(MESSAGE, [attachment('a.bin', content)]);

    await ben.receive(MESSAGE, await up());
    await here();

    expect(await ann.states(ANN, MESSAGE)).toEqual(['sent']);
    const [file] = await ben.shown(ANN, MESSAGE);
    expect(file).toMatchObject({ number: 1, name: 'a.bin', size, state: 'here' });
    expect(file?.done).toBe(file?.total);
    const received = await ben.transfers.open(ANN, MESSAGE, 1);
    expect((await bytesOf(received)).equals(content)).toBe(true);
    expect(received.type).toBe('application/octet-stream');
    expect((await bytesOf(await ann.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
    await ben.until(() => server.stored.size === 0);
  });

  it('come in their order', async () => {
    await ann.send(MESSAGE, [attachment('1.txt', 'one'), attachment('2.txt', 'two')]);

    await ben.receive(MESSAGE, await up());
    await here();

    expect((await ben.shown(ANN, MESSAGE)).map((file) => file.name)).toEqual(['1.txt', '2.txt']);
    expect(String(await bytesOf(await ben.transfers.open(ANN, MESSAGE, 2)))).toBe('two');
  });

  it('are said in an export as the Java client says them', async () => {
    await ann.send(MESSAGE, [attachment('a.txt', 'abc')]);
    await ben.receive(MESSAGE, await up());
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const said = { name: 'a.txt', type: 'application/octet-stream', size: 3 };

    expect(await ann.transfers.archived(ANN, MESSAGE)).toEqual([{ ...said, sha256 }]);
    expect(Object.keys((await ann.transfers.archived(ANN, MESSAGE))[0] ?? {})).toEqual([
      'name',
      'type',
      'size',
      'sha256',
    ]);
    await here();
    expect(await ben.transfers.archived(ANN, MESSAGE)).toEqual([{ ...said, sha256 }]);
  });

  it('come without metadata, or with it where it is to be kept', async () => {
    const picture = Uint8Array.from(readFileSync(join(PICTURES, 'a.jpg')));
    await ann.send(MESSAGE, [attachment('a.jpg', picture), attachment('a.jpg', picture, true)]);

    await ben.receive(MESSAGE, await up());
    await here();

    const cleaned = await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1));
    expect(cleaned.toString('latin1')).not.toContain('SECRET');
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 2))).equals(picture)).toBe(true);
    expect((await ben.shown(ANN, MESSAGE))[0]).toMatchObject({ width: 24, height: 40 });
  });

  it('are sealed when that is done: nothing of them is stored in clear', async () => {
    const content = 'only for Ben '.repeat(1000);
    const [sealed] = await ann.transfers.seal([attachment('a.txt', content)]);

    const rows = await ann.store.list('file_pieces');
    const stored = await Promise.all(rows.map(async (row) => (row.bytes as Blob).text()));

    expect(sealed?.entry.sealed.size).toBeGreaterThan(content.length);
    expect(stored.join('')).not.toContain('only for Ben');
  });

  it('go up once their message waits, and only then', async () => {
    await ann.send(MESSAGE, [attachment('a.txt', 'one')]);
    ann.waiting.clear();
    ann.transfers.wake();
    await ann.clock.pass(1000);

    expect(server.requests).toEqual([]);
    ann.waiting.add(MESSAGE);
    ann.transfers.wake();
    await up();
  });

  it('go up anew where the server forgets them too soon', async () => {
    server.until = ann.clock.now() + 1000;
    await ann.send(MESSAGE, [attachment('a.txt', 'one')]);
    const [first] = await up();

    server.until = ann.clock.now() + 10_000;
    expect(await ann.sent(MESSAGE, ann.clock.now() + 5000)).toBeUndefined();
    await ann.until(() => ann.ready.length === 2);

    const [second] = await up();
    expect(second?.entry.way.mediaId).not.toBe(first?.entry.way.mediaId);
  });

  it('are of a message that goes out under another id', async () => {
    await ann.send(MESSAGE, [attachment('a.txt', 'one')]);
    const [before] = await up();

    await ann.store.commit(await ann.transfers.reissued(ANN, MESSAGE, 'other', false));
    expect((await ann.sent('other'))?.[0]?.entry.way.mediaId).toBe(before?.entry.way.mediaId);

    await ann.store.commit(await ann.transfers.reissued(ANN, 'other', 'third', true));
    ann.waiting.add('third');
    expect(await ann.sent('third')).toBeUndefined();
    expect((await up(ann, 'third'))[0]?.entry.way.mediaId).not.toBe(before?.entry.way.mediaId);
    expect(await ann.states(ANN, MESSAGE)).toEqual([]);
  });

  it('tell how far they are, and no more than ten times a second', async () => {
    await ann.send(MESSAGE, [attachment('a.bin', seeded(1)(8_500_000))]);
    await up();

    const states = ann.told.map((file) => file.state);
    expect(states[0]).toBe('uploading');
    expect(states.at(-1)).toBe('sent');
    expect(ann.told.at(-1)?.done).toBe(ann.told.at(-1)?.total);
    expect(ann.told.length).toBeLessThanOrEqual(3);
  });
});

describe('files that are not sent', () => {
  it('are refused where they are too large, unreadable, nameless, or too many', async () => {
    const large = new File([], 'large.bin');
    Object.defineProperty(large, 'size', { value: (100 << 20) + 1 });
    const unreadable = new File(['x'], 'a.bin');
    unreadable.slice = () => {
      throw new DOMException('It was deleted.', 'NotFoundError');
    };
    const some = attachment('a.txt', 'x');
    for (const [attachments, code] of [
      [[{ file: large, keepMetadata: false }], 'too_large'],
      [[some, { file: unreadable, keepMetadata: false }], 'unreadable'],
      [[some, attachment('', 'x')], 'file_name'],
      [[some, attachment('a\nb', 'x')], 'file_name'],
      [[some, attachment('x'.repeat(256), 'x')], 'file_name'],
      [[some, attachment('a.heic', '\0\0\0\x18ftypheic\0\0\0\0')], 'metadata'],
      [Array.from({ length: 11 }, () => some), 'too_large'],
    ] as const) {
      await expect(ann.transfers.seal([...attachments])).rejects.toMatchObject({
        name: 'EngineError',
        code,
      });
    }

    expect(await ann.count('file_pieces')).toBe(0);
    expect(await ann.count('file_makings')).toBe(0);
  });

  it('are refused as soon as they turn out to be too large', async () => {
    const growing = new File(['x'], 'growing.bin');
    const piece = new Blob([new Uint8Array(1 << 20)]);
    let asked = 0;
    Object.defineProperty(growing, 'size', { get: () => (asked++ === 0 ? 1 : 2 ** 40) });
    growing.slice = () => piece;

    await expect(ann.transfers.seal([{ file: growing, keepMetadata: true }])).rejects.toMatchObject(
      { code: 'too_large' },
    );
    expect(await ann.count('file_pieces')).toBe(0);
  });

  it('leave nothing where there is no room', async () => {
    ann.store.at(3, { fail: 'full' });

    await expect(
      ann.transfers.seal([attachment('a.bin', seeded(2)(3 * PIECE_SIZE))]),
    ).rejects.toMatchObject({ code: 'storage_full' });

    expect(await ann.count('file_pieces')).toBe(0);
    expect(await ann.count('file_makings')).toBe(0);
  });

  it('are dropped where their message is not kept', async () => {
    await ann.transfers.drop(await ann.transfers.seal([attachment('a.txt', 'x')]));

    expect(await ann.count('file_pieces')).toBe(0);
    expect(await ann.count('file_makings')).toBe(0);
  });

  it('say so where the contact takes none, or the server refuses them for good', async () => {
    ann.takesFiles = false;
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await ann.until(() => ann.refused.length === 1);
    expect(ann.refused[0]?.[1]).toContain("can't take files");

    ann.takesFiles = true;
    server.before = () => {
      throw new ServerRefusal(413, 'Your files take too much room.');
    };
    await ann.send('second', [attachment('a.txt', 'x')]);
    await ann.until(() => ann.refused.length === 2);
    expect(ann.refused[1]).toEqual(['second', 'Your files take too much room.']);
  });

  it('stop where a person cancels them, and their message with them', async () => {
    server.before = (request) => {
      if (request === 'put') {
        void ann.transfers.cancel(ANN, MESSAGE, 1);
      }
    };
    const isOver = () => ann.refused.length === 1;
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await ann.until(isOver);

    expect(ann.refused).toEqual([[MESSAGE, 'You stopped sending its file.']]);
    expect(ann.failures).toEqual([]);
  });

  it('are deleted with their message', async () => {
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await up();

    await ann.store.commit(await ann.transfers.deletion(ANN, MESSAGE));

    expect(await ann.count('files')).toBe(0);
    expect(await ann.count('file_pieces')).toBe(0);
    await expect(ann.transfers.open(ANN, MESSAGE, 1)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an upload', () => {
  it('goes on from the last part that the server has', async () => {
    const content = seeded(3)(8_500_000);
    let puts = 0;
    server.largestSingle = 1 << 20;
    server.before = (request) => {
      if (request === 'put' && ++puts === 2) {
        throw new Lost();
      }
    };
    await ann.send(MESSAGE, [attachment('a.bin', content)]);
    await up();

    expect(puts).toBe(3);
    expect(server.requests.filter((request) => request === 'begin')).toHaveLength(1);
  });

  it('begins anew where the server has forgotten it', async () => {
    server.after = (request) => {
      if (request === 'begin') {
        server.stored.clear();
        server.expire();
        server.after = () => {};
      }
    };
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await up();

    expect(server.requests.filter((request) => request === 'begin')).toHaveLength(2);
  });

  it('waits where the storage takes nothing, and is tried again later', async () => {
    server.status = 503;
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await ann.until(() => ann.clock.delays.length > 0);
    const tries = server.requests.length;

    server.status = undefined;
    await ann.clock.pass(60_000);
    await up();

    expect(tries).toBeLessThan(12);
  });

  it('waits as long as the server asks for', async () => {
    server.before = () => {
      throw new ServerRefusal(429, 'Too many files.', 'rate', 300);
    };
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await ann.until(() => ann.clock.delays.length > 0);

    expect(ann.clock.delays).toEqual([300_000]);
    expect(ann.refused).toEqual([]);
  });

  it.each([{ offset: 1 << 30 }, { size: 0 }])(
    'takes links that make no sense for a server that is out of order: %j',
    async (nonsense) => {
      const begin = server.begin.bind(server);
      server.begin = async (file) => {
        const upload = await begin(file);
        return { ...upload, parts: upload.parts.map((part) => ({ ...part, ...nonsense })) };
      };
      await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
      await ann.until(() => ann.clock.delays.length > 0);

      expect(await ann.states(ANN, MESSAGE)).toEqual(['uploading']);
      expect(ann.refused).toEqual([]);
      expect(server.requests).not.toContain('put');
    },
  );

  it('fails its message where what was sealed is gone', async () => {
    ann.transfers.stop();
    await ann.send(MESSAGE, [attachment('a.txt', 'x')]);
    await ann.store.commit([{ op: 'deleteAll', table: 'file_pieces', prefix: [] }]);

    ann.transfers.start();
    await ann.until(() => ann.refused.length === 1);

    expect(ann.refused[0]?.[1]).toContain('Send it again');
  });
});

describe('a download', () => {
  async function sent(size: number): Promise<Buffer> {
    const content = Buffer.from(seeded(4)(size));
    await ann.send(MESSAGE, [attachment('a.bin', Uint8Array.from(content))]);
    await up();
    return content;
  }

  it('goes on where it ended', async () => {
    const content = await sent(5_000_000);
    const served: number[] = [];
    server.served = (rest) => {
      served.push(rest.length);
      return served.length < 3
        ? { content: rest.subarray(0, 1_700_000), isLost: true }
        : { content: rest };
    };
    await ben.receive(MESSAGE, await up());
    await here();

    expect(served[1]).toBe((served[0] ?? 0) - 1_700_000);
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('begins anew where the storage knows no ranges', async () => {
    const content = await sent(3_000_000);
    server.hasRanges = false;
    let times = 0;
    server.served = (rest) =>
      times++ === 0 ? { content: rest.subarray(0, 1_500_000), isLost: true } : { content: rest };
    await ben.receive(MESSAGE, await up());
    await here();

    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it.each([
    [
      'altered',
      (content: Buffer) =>
        Buffer.from(content.map((octet, i) => (i === 70_000 ? octet ^ 1 : octet))),
    ],
    [
      'altered at its end',
      (content: Buffer) =>
        Buffer.from(content.map((octet, i) => (i === content.length - 1 ? octet ^ 1 : octet))),
    ],
    ['of another', (content: Buffer) => Buffer.from(content).reverse()],
  ])('of what was %s shows nothing', async (_, altered) => {
    await sent(200_000);
    server.served = (content) => ({ content: altered(content) });
    await ben.receive(MESSAGE, await up());
    await ben.until(async () => (await ben.states(ANN, MESSAGE))[0] === 'gone');

    expect((await ben.shown(ANN, MESSAGE))[0]?.fault).toContain("isn't what was sent");
    await expect(ben.transfers.open(ANN, MESSAGE, 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await ben.count('file_pieces')).toBe(0);
    expect(server.stored.size).toBe(1);
  });

  it('of a message that says another hash shows nothing', async () => {
    await sent(1000);
    const [file] = await up();
    if (file === undefined) {
      throw new Error('It is not up.');
    }
    const sha256 = Uint8Array.from(file.entry.sealed.sha256).reverse();
    const other = { ...file.entry, sealed: { ...file.entry.sealed, sha256 } };
    await ben.receive(MESSAGE, [{ ...file, entry: other }]);

    await ben.until(async () => (await ben.states(ANN, MESSAGE))[0] === 'gone');
  });

  it('reads no more than the message says', async () => {
    const content = await sent(10_000);
    server.served = (whole) => ({ content: Buffer.concat([whole, Buffer.alloc(5_000_000)]) });
    await ben.receive(MESSAGE, await up());
    await here();

    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('of what is cut off is tried again, and not for ever at once', async () => {
    await sent(10_000);
    server.served = (whole) => ({ content: whole.subarray(0, 0), isLost: true });
    await ben.receive(MESSAGE, await up());
    await ben.until(() => ben.clock.delays.length > 0);

    server.served = (whole) => ({ content: whole });
    await ben.clock.pass(60_000);
    await here();
  });

  it('that comes in crumbs is stored in few pieces', async () => {
    const content = await sent(10_000);
    server.served = (rest) => ({ content: rest.subarray(0, 100) });
    await ben.receive(MESSAGE, await up());
    await here();

    expect(await ben.count('file_pieces')).toBe(1);
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('of what the server has forgotten says so', async () => {
    await sent(1000);
    const files = await up();
    server.stored.clear();
    await ben.receive(MESSAGE, files);
    await ben.until(async () => (await ben.states(ANN, MESSAGE))[0] === 'gone');

    expect((await ben.shown(ANN, MESSAGE))[0]?.fault).toContain('no more');
  });

  it('asks for new links where they have ended', async () => {
    const content = await sent(1000);
    let asked = 0;
    server.after = (request) => {
      if (request === 'download' && ++asked === 1) {
        server.expire();
      }
    };
    await ben.receive(MESSAGE, await up());
    await here();

    expect(asked).toBe(2);
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('of what is large, or a stranger’s, waits until somebody asks', async () => {
    const content = await sent(1000);
    const files = await up();
    const large = files.map((file) => {
      const size = 17 << 20;
      return { ...file, entry: { ...file.entry, about: { ...file.entry.about, size } } };
    });
    await ben.receive('large', large);
    await ben.receive(MESSAGE, files, true);
    await ben.clock.pass(1000);

    expect(await ben.states(ANN, 'large')).toEqual(['on_server']);
    expect(await ben.states(ANN, MESSAGE)).toEqual(['on_server']);
    expect(server.requests).not.toContain('download');
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('that was cancelled goes on when somebody asks', async () => {
    const content = await sent(5_000_000);
    let isCancelled = false;
    server.served = (rest) => {
      if (!isCancelled) {
        isCancelled = true;
        void ben.transfers.cancel(ANN, MESSAGE, 1);
        return { content: rest.subarray(0, 2_000_000), isLost: true };
      }
      return { content: rest };
    };
    await ben.receive(MESSAGE, await up());
    await ben.until(() => isCancelled);
    await ben.clock.pass(100_000);
    ben.transfers.wake();
    await ben.clock.pass(100_000);

    expect(await ben.states(ANN, MESSAGE)).toEqual(['on_server']);
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('loses nothing where there is no room, and says so once', async () => {
    const content = await sent(3_000_000);
    ben.store.at(4, { fail: 'full' });
    await ben.receive(MESSAGE, await up());
    await ben.until(() => ben.failures.length > 0);
    await ben.clock.pass(600_000);

    expect(ben.failures).toMatchObject([{ code: 'storage_full' }]);
    ben.transfers.wake();
    await here();
    expect((await bytesOf(await ben.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(true);
  });

  it('ends with its message', async () => {
    await sent(3_000_000);
    server.served = (content) => {
      void ben.transfers.deletion(ANN, MESSAGE).then((changes) => ben.store.commit(changes));
      return { content };
    };
    await ben.receive(MESSAGE, await up());
    await ben.until(async () => (await ben.count('files')) === 0);
    await ben.clock.pass(1000);
    await ben.until(async () => (await ben.count('file_pieces')) === 0);

    expect(ben.failures).toEqual([]);
  });

  it('shows nothing of what was altered where it is stored', async () => {
    await sent(1000);
    await ben.receive(MESSAGE, await up());
    await here();
    const [row] = await ben.store.list('file_pieces');
    const bytes = new Uint8Array(await new Response(row?.bytes as Blob).arrayBuffer());
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    await ben.store.commit([
      { op: 'put', table: 'file_pieces', row: { ...row, bytes: new Blob([bytes]) } },
    ]);

    await expect(ben.transfers.open(ANN, MESSAGE, 1)).rejects.toMatchObject({
      code: 'storage_gone',
    });
  });
});

describe('a program that is killed', () => {
  const chance = new Seeded(SEED);

  /** All points where a program may end, or so many of them. */
  function some(points: number[], count: number): number[] {
    const left = [...points];
    while (!process.env.QUANTCHAT_SLOW && left.length > count) {
      left.splice(chance.below(left.length), 1);
    }
    return left;
  }

  it('at any commit while it seals leaves nothing, or its message', async () => {
    const content = seeded(5)(2_500_000);
    for (const nth of some([1, 2, 3, 4, 5], 2)) {
      for (const kill of ['before', 'after'] as const) {
        const dying = new Person(ANN, server, SEED + nth);
        dying.store.at(nth, { kill });
        const isSent = await dying.send(MESSAGE, [attachment('a.bin', content)]).then(
          () => true,
          () => false,
        );
        const next = new Person(ANN, server, SEED + nth, dying.disk);
        await next.transfers.sweep();

        const files = await next.shown(ANN, MESSAGE);
        expect(files.length === 1 || !isSent).toBe(true);
        expect(await next.count('file_makings')).toBe(0);
        if (files.length === 0) {
          expect(await next.count('file_pieces')).toBe(0);
        } else {
          expect((await bytesOf(await next.transfers.open(ANN, MESSAGE, 1))).equals(content)).toBe(
            true,
          );
        }
      }
    }
  });

  it.each(['before', 'after', 'request', 'answer'] as const)(
    'at any step while it sends and receives goes on: %s',
    async (kill) => {
      const inOne = [1, 2, 3, 4, 5, 6, 7, 8];
      // In two parts: their commits come after those of nine pieces.
      const inTwo = kill === 'before' || kill === 'after' ? [13, 15] : [3, 4];
      for (const nth of some(inOne, 3)) {
        await sendAndReceive(seeded(6)(200_000), nth, kill, 16 << 20);
      }
      for (const nth of some(inTwo, 1)) {
        await sendAndReceive(seeded(7)(8_500_000), nth, kill, 1 << 20);
      }
    },
  );

  async function sendAndReceive(
    content: Uint8Array<ArrayBuffer>,
    nth: number,
    kill: Kill,
    largestSingle: number,
  ): Promise<void> {
    const media = new MediaServer();
    media.largestSingle = largestSingle;
    const sender = await killed(new Person(ANN, media, SEED), media, nth, kill, async (person) => {
      await person.send(MESSAGE, [attachment('a.bin', content)]);
      await person.until(() => person.ready.length > 0 || person.failures.length > 0);
    });
    sender.waiting.add(MESSAGE);
    await sender.transfers.sweep();
    if ((await sender.shown(ANN, MESSAGE)).length === 0) {
      await sender.send(MESSAGE, [attachment('a.bin', content)]);
    }
    sender.transfers.start();
    await sender.until(async () => (await sender.states(ANN, MESSAGE))[0] === 'sent');
    const files = (await sender.sent(MESSAGE)) ?? [];

    const receiver = await killed(
      new Person(BEN, media, SEED),
      media,
      nth,
      kill,
      async (person) => {
        await person.receive(MESSAGE, files);
        await person.transfers.open(ANN, MESSAGE, 1);
        await person.until(() => media.stored.size === 0 || person.failures.length > 0);
      },
    );
    if ((await receiver.shown(ANN, MESSAGE)).length === 0) {
      await receiver.receive(MESSAGE, files);
    }
    const received = await receiver.transfers.open(ANN, MESSAGE, 1);

    expect((await bytesOf(received)).equals(content)).toBe(true);
    receiver.transfers.start();
    await receiver.until(async () => {
      const [file] = await receiver.store.list('files');
      return file?.due === DUE.NOTHING;
    });
  }

  /** Lets a person work until that commit or request, where their program ends; who goes on. */
  async function killed(
    person: Person,
    media: MediaServer,
    nth: number,
    kill: Kill,
    work: (person: Person) => Promise<void>,
  ): Promise<Person> {
    const { disk, id } = person;
    if (kill === 'before' || kill === 'after') {
      person.store.at(nth, { kill });
    } else {
      let requests = 0;
      media[kill === 'request' ? 'before' : 'after'] = () => {
        if (++requests >= nth) {
          person.store.down('gone');
          throw new Lost();
        }
      };
    }
    person.transfers.start();
    // What fails is what was killed, or has no message yet.
    await work(person).catch(() => {});
    person.transfers.stop();
    person.store.down('gone');
    await person.clock.pass(0);
    media.before = () => {};
    media.after = () => {};
    return new Person(id, media, SEED + nth, disk);
  }
});

type Kill = 'before' | 'after' | 'request' | 'answer';
