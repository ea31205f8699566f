import { expect, it } from 'vitest';
import { FAIR } from './testing/relay';
import { seedOfRun } from './testing/seeded';
import { type Person, World } from './testing/world';

const MESSAGES = process.env.QUANTCHAT_SLOW ? 200 : 25;

/** Two who write to each other while calls, answers and pushes are lost, repeated and swapped. */
it('loses nothing, and shows nothing twice, whatever the network does', async () => {
  const world = new World(seedOfRun());
  const [ann, ben] = await world.friends();
  world.relay.weather = {
    loseCall: 0.15,
    loseAnswer: 0.15,
    losePush: 0.2,
    repeatPush: 0.2,
    swapPushes: 0.2,
  };
  const texts = Array.from({ length: MESSAGES }, (_, i) => `message ${i}`);

  for (const text of texts) {
    await ann.program.chat.send(ben.userId, text, []);
    await ben.program.chat.send(ann.userId, text, []);
    await disturb(world, [ann, ben]);
    await world.pass(500 * world.seeded.below(10));
  }
  world.relay.weather = FAIR;
  for (const { program } of [ann, ben]) {
    program.online = true;
    await program.revive();
    await program.chat.wake();
  }

  for (const [me, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    await world.until(async () => (await sentBy(other, me)).length >= MESSAGES);
    expect((await sentBy(other, me)).sort()).toEqual([...texts].sort());
    await world.until(async () => {
      const messages = await me.program.messages(other.userId);
      return messages.every(({ senderId, state }) => senderId !== me.userId || state !== 'sending');
    });
    const own = await me.program.messages(other.userId);
    expect(own.filter(({ senderId }) => senderId === me.userId).map(({ text }) => text)).toEqual(
      texts,
    );
    expect(own.filter(({ state }) => state === 'failed')).toEqual([]);
    await world.until(() => world.relay.pendingOf(me.userId).length === 0);
    expect(me.program.faults).toEqual([]);
  }
  expect(world.relay.altered).toEqual([]);
});

/** What has come to somebody from somebody. */
async function sentBy(sender: Person, recipient: Person): Promise<string[]> {
  const messages = await recipient.program.messages(sender.userId);
  return messages.filter(({ senderId }) => senderId === sender.userId).map(({ text }) => text);
}

async function disturb(world: World, people: Person[]): Promise<void> {
  const { program } = people[world.seeded.below(people.length)] as Person;
  if (world.seeded.happens(0.15)) {
    program.cut();
  }
  if (world.seeded.happens(0.1)) {
    program.kill();
    await program.start();
  }
  if (world.seeded.happens(0.1)) {
    program.online = !program.online;
    program.cut();
  }
}
