import { beforeAll, describe, expect, it } from 'vitest';
import type { Message } from './api';
import type { Program } from './testing/program';
import { Seeded, seedOfRun } from './testing/seeded';
import { type Person, World } from './testing/world';

const TEXTS = ['one', 'two', 'three'];

/** All points where a program may end, or so many of them. */
const MOST_POINTS = process.env.QUANTCHAT_SLOW ? Number.POSITIVE_INFINITY : 1;

/** Kills a program at the nth time that something happens; tells how often it has happened. */
type Trap = (program: Program, n: number) => () => number;

const atStep: Trap = (program, n) => {
  let count = 0;
  program.killAt = () => ++count === n;
  return () => count;
};

const atCall: Trap = (program, n) => {
  let count = 0;
  program.killAtCall = () => ++count === n;
  return () => count;
};

function atCommit(where: 'before' | 'after'): Trap {
  return (program, n) => {
    let count = 0;
    program.killAtCommit = (when) => when === where && ++count === n;
    return () => count;
  };
}

describe('a program that is killed', () => {
  const seed = seedOfRun();
  let world: World;
  let ann: Person;
  let ben: Person;

  beforeAll(async () => {
    world = new World(seed);
    [ann, ben] = await world.friends();
    await world.until(() => world.relay.account(ben.userId).prekeys.length > 0);
    ann.program.kill();
    ben.program.kill();
  });

  const traps: Record<string, Trap> = {
    'at a step': atStep,
    'at a call': atCall,
    'before a commit': atCommit('before'),
    'after a commit': atCommit('after'),
  };

  for (const [where, trap] of Object.entries(traps)) {
    for (const who of ['sender', 'recipient'] as const) {
      it(`as ${who} ${where} loses nothing, and nothing comes twice`, async () => {
        const times = await conversation(world.fork(seed), who, trap, 0);
        expect(times).toBeGreaterThan(5);
        for (const n of pointsOf(times, new Seeded(seed))) {
          await conversation(world.fork(seed + n), who, trap, n).catch((failure: unknown) => {
            throw new Error(`Killed at ${n} of ${times}, QUANTCHAT_SEED=${seed}`, {
              cause: failure,
            });
          });
        }
      });
    }
  }

  /** Sends and answers; gives how often what the trap waits for has happened. */
  async function conversation(
    fork: World,
    who: 'sender' | 'recipient',
    trap: Trap,
    n: number,
  ): Promise<number> {
    const [sender, recipient] = [fork.again(ann), fork.again(ben)];
    const times = trap((who === 'sender' ? sender : recipient).program, n);
    await Promise.all([
      whileStarted(fork, sender.program.start()),
      whileStarted(fork, recipient.program.start()),
    ]);
    for (const [i, text] of TEXTS.entries()) {
      const request = `00000000-0000-4000-8000-00000000000${i}`;
      await whileStarted(
        fork,
        sender.program.persist((chat) => chat.sendOnce(request, ben.userId, text, [])),
      );
    }
    const both = [sender.program, recipient.program];
    await fork.until(async () => {
      await Promise.all(both.map((program) => program.revive()));
      return (await shown(recipient, ann)).length >= TEXTS.length;
    });
    await whileStarted(
      fork,
      recipient.program.persist((chat) => chat.markRead(ann.userId)),
    );
    await fork.until(async () => {
      await Promise.all(both.map((program) => program.revive()));
      const isRead = (await shown(sender, ben)).every(({ state }) => state === 'read');
      return isRead && fork.relay.pendingOf(ben.userId).length === 0;
    });

    const received = await shown(recipient, ann);
    expect(received.map(({ text }) => text)).toEqual(TEXTS);
    const sent = await shown(sender, ben);
    expect(sent.map(({ text }) => text)).toEqual(TEXTS);
    expect(fork.relay.altered).toEqual([]);
    expect([...sender.program.faults, ...recipient.program.faults]).toEqual([]);
    sender.program.kill();
    recipient.program.kill();
    return times();
  }
});

function shown(of: Person, contact: Person): Promise<Message[]> {
  return of.program.persist(() => of.program.messages(contact.userId));
}

/** Time goes by until it is done. */
async function whileStarted<T>(world: World, work: Promise<T>): Promise<T> {
  let done = false;
  const result = work.finally(() => {
    done = true;
  });
  await world.until(() => done);
  return result;
}

function pointsOf(times: number, seeded: Seeded): number[] {
  const all = Array.from({ length: times }, (_, i) => i + 1);
  while (all.length > MOST_POINTS) {
    all.splice(seeded.below(all.length), 1);
  }
  return all;
}
