import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineError, Message } from '../api';
import { seedOfRun } from '../testing/seeded';
import { lineOf, type Person, World } from '../testing/world';
import { rewritten } from './checks/rewriting';

const PASSPHRASE = 'the passphrase of a file';

/** For a machine that does much else, milliseconds. */
const LONGEST = 600_000;

/** Where the header of a file ends, and what a sealed segment takes. */
const HEADER = 47;
const SEALED = 65_552;

async function told(of: Person, contact: Person): Promise<Message[]> {
  return of.program.messages(contact.userId);
}

async function texts(of: Person, contact: Person): Promise<string[]> {
  return (await told(of, contact)).map(({ text }) => text);
}

describe('an account that is moved with its account file', () => {
  const seed = seedOfRun();
  let origin: World;
  let one: Person;
  let other: Person;
  let file: Blob;
  /** The same, under a key that is derived at once. */
  let cheap: Blob;

  beforeAll(async () => {
    origin = new World(seed);
    [one, other] = await origin.friends();
    await one.program.chat.send(other.userId, 'hello', []);
    await origin.until(async () => (await texts(other, one)).length === 1);
    await other.program.chat.send(one.userId, 'hello yourself', []);
    await origin.until(async () => (await texts(one, other)).length === 2);
    await one.program.chat.markRead(other.userId);
    await one.program.chat.markVerified(other.userId, true);
    await one.program.chat.arrange(other.userId, { pinned: true });
    await other.program.chat.send(one.userId, 'not read yet', []);
    await origin.until(async () => (await texts(one, other)).length === 3);
    // Long enough for a few segments.
    for (let i = 0; i < 3; i++) {
      await one.program.chat.send(other.userId, `${i} `.repeat(31_000), []);
    }
    await origin.until(async () => (await told(other, one)).length === 6);
    await one.program.chat.saveDraft(other.userId, 'a draft');
    const saved = await one.program.chat.exportAccountFile(PASSPHRASE);
    file = saved.file;
    expect(saved.leftOut).toBe(0);
    cheap = await rewritten(file, PASSPHRASE, (size) => origin.seeded.bytes(size));
    one.program.kill();
    other.program.kill();
  }, LONGEST);

  function fork(n: number): { world: World; ann: Person; ben: Person } {
    const world = origin.fork(seed + n);
    return { world, ann: world.again(one), ben: world.again(other) };
  }

  it('is the same to its contacts, has its history, and gets what came meanwhile', async () => {
    const { world, ann, ben } = fork(1);
    await ben.program.start();
    await ann.program.start();
    const before = (await told(ann, ben)).map(({ times: _, ...rest }) => rest);
    // The old program takes one that the file doesn't have.
    await ben.program.chat.send(ann.userId, 'taken by the old program', []);
    await world.until(async () => (await texts(ann, ben)).includes('taken by the old program'));
    const moved = await world.elsewhere(ann);
    expect((await moved.program.chat.phase()).name).toBe('identity_needed');

    const result = await moved.program.chat.importAccountFile(file, PASSPHRASE);

    expect(result).toEqual({ added: 6, here: 0, unverified: 0, refused: [] });
    expect((await moved.program.chat.phase()).name).toBe('ready');
    const brought = (await told(moved, ben)).map(({ times: _, ...rest }) => rest);
    expect(brought.slice(0, 6).map(({ state: _, ...rest }) => rest)).toEqual(
      before.map(({ state: _, ...rest }) => rest),
    );
    expect(await lineOf(moved, ben.userId)).toMatchObject({
      verified: true,
      pinned: true,
      draft: 'a draft',
      unread: 1,
      identityChanged: false,
    });
    await world.until(async () => (await texts(moved, ben)).includes('taken by the old program'));
    await moved.program.chat.send(ben.userId, 'from the new one', []);
    await world.until(async () => (await texts(ben, moved)).includes('from the new one'));
    await ben.program.chat.send(moved.userId, 'and back', []);
    await world.until(async () => (await texts(moved, ben)).includes('and back'));
    expect(await lineOf(ben, ann.userId)).toMatchObject({ identityChanged: false, missing: 0 });
    for (const all of [await texts(moved, ben), await texts(ben, moved)]) {
      expect(new Set(all).size).toBe(all.length);
    }
    const found = await moved.program.chat.search('yourself', { limit: 5 });
    expect(found.hits.map(({ message }) => message.text)).toEqual(['hello yourself']);
    expect(await moved.program.chat.quarantine()).toEqual([]);
    expect([...moved.program.faults, ...ben.program.faults]).toEqual([]);
  });

  it('keeps what is here where its file is brought once more', async () => {
    const { world, ann, ben } = fork(2);
    await ann.program.start();
    await ben.program.start();
    const before = await told(ann, ben);

    expect(await ann.program.chat.importAccountFile(file, PASSPHRASE)).toMatchObject({
      added: 0,
      here: 6,
    });
    expect(await told(ann, ben)).toEqual(before);
    await ann.program.chat.deleteConversation(ben.userId);
    expect(await ann.program.chat.importAccountFile(file, PASSPHRASE)).toMatchObject({
      added: 6,
      here: 0,
    });
    expect(await texts(ann, ben)).toEqual(before.map(({ text }) => text));
    expect(await lineOf(ann, ben.userId)).toMatchObject({ unread: 1, pinned: true });
    expect(ann.program.told.some(({ event }) => event === 'restored')).toBe(false);
    // It has gone on all the while.
    await ann.program.chat.send(ben.userId, 'after it', []);
    await world.until(async () => (await texts(ben, ann)).includes('after it'));
    await ben.program.chat.send(ann.userId, 'to that', []);
    await world.until(async () => (await texts(ann, ben)).includes('to that'));
    expect(await lineOf(ben, ann.userId)).toMatchObject({ identityChanged: false, missing: 0 });
    expect([...ann.program.faults, ...ben.program.faults]).toEqual([]);
  });

  it('is refused in another account, and where it was begun anew', async () => {
    const { world, ann, ben } = fork(3);
    await ben.program.start();
    expect(await refusal(ben, file)).toMatchObject({
      code: 'account_file',
      detail: `This account file is another account's, ${ann.email}.`,
    });
    const anew = await world.elsewhere(ann);
    await anew.program.chat.beginAnew();
    expect((await refusal(anew, file)).detail).toContain('has another identity here');
  });

  it(
    'brings nothing of a file that is not whole',
    async () => {
      const { world, ann } = fork(4);
      const moved = await world.elsewhere(ann);
      const bytes = new Uint8Array(await cheap.arrayBuffer());
      const flipped = (at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
      const cut = (length: number) => bytes.slice(0, length);
      const swapped = bytes.slice();
      swapped.set(bytes.slice(HEADER + 2 * SEALED, HEADER + 3 * SEALED - 1), HEADER + SEALED);
      const newer = bytes.map((byte, i) => (i === 18 ? 2 : byte));
      const dear = bytes.map((byte, i) => (i === 19 ? 0x7f : byte));
      const wrong = /passphrase is another one/;
      const damaged = /is damaged: a part of it was altered, or its end is missing/;
      const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
        ['a byte of the first segment', flipped(HEADER), wrong],
        ['a byte of the salt', flipped(40), wrong],
        ['a byte of the second segment', flipped(HEADER + SEALED + 10), damaged],
        ['its last byte', flipped(bytes.length - 1), damaged],
        ['an end after its first segment', cut(HEADER + SEALED), wrong],
        ['an end after its second segment', cut(HEADER + 2 * SEALED), damaged],
        ['an end one byte early', cut(bytes.length - 1), damaged],
        ['no segment', cut(HEADER), damaged],
        ['half of a header', cut(30), damaged],
        ['five bytes', cut(5), /isn't an account file/],
        ['nothing', cut(0), /isn't an account file/],
        ['one byte more', Uint8Array.from([...bytes, 0]), damaged],
        ['segments in another order', swapped, damaged],
        ['a newer version', newer, /newer program/],
        ['a cost of hours', dear, /key can't be derived/],
      ];
      for (const [what, altered, said] of cases) {
        expect((await refusal(moved, new Blob([altered]))).detail, what).toMatch(said);
      }
      expect(await refusal(moved, cheap, 'another passphrase')).toMatchObject({
        code: 'wrong_passphrase',
      });
      expect(await refusal(moved, cheap, 'half \ud800')).toMatchObject({ code: 'broken_text' });
      expect((await moved.program.chat.phase()).name).toBe('identity_needed');
      expect(await moved.program.chat.importAccountFile(cheap, PASSPHRASE)).toMatchObject({
        added: 6,
      });
    },
    LONGEST,
  );

  for (const when of ['before', 'after'] as const) {
    it(
      `is here or isn't where the program dies ${when} a commit of it`,
      async () => {
        for (let n = 1; n <= 3; n++) {
          const { world, ann, ben } = fork(10 + n);
          const moved = await world.elsewhere(ann);
          let commits = 0;
          moved.program.killAtCommit = (now) => now === when && ++commits === n;
          const importing = moved.program.chat.importAccountFile(cheap, PASSPHRASE);
          importing.catch(() => undefined);
          await world.until(async () => !moved.program.isRunning || (await isDone(importing)));
          moved.program.killAtCommit = () => false;
          await moved.program.revive();

          const { name } = await moved.program.chat.phase();
          if (name === 'identity_needed') {
            expect(await moved.program.chat.storage()).toMatchObject({ messages: 0 });
            await moved.program.chat.importAccountFile(cheap, PASSPHRASE);
          }
          expect((await told(moved, ben)).slice(0, 6)).toHaveLength(6);
          await ben.program.start();
          await moved.program.chat.send(ben.userId, 'it goes on', []);
          await world.until(async () => (await texts(ben, moved)).includes('it goes on'));
          expect(await lineOf(ben, ann.userId)).toMatchObject({ identityChanged: false });
          moved.program.kill();
          ben.program.kill();
        }
      },
      LONGEST,
    );
  }
});

async function isDone(work: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    new Promise<boolean>((done) => setTimeout(() => done(false), 1)),
  ]);
}

async function refusal(
  person: Person,
  file: Blob,
  passphrase = PASSPHRASE,
): Promise<Pick<EngineError, 'code' | 'detail'>> {
  const failure: unknown = await person.program.chat.importAccountFile(file, passphrase).then(
    () => undefined,
    (failed: unknown) => failed,
  );
  if (!(failure instanceof Error) || !('detail' in failure) || !('code' in failure)) {
    throw new Error('It was taken.');
  }
  return { code: String(failure.code), detail: String(failure.detail) };
}
