import { FakeClock } from '../../protocol/testing/fakeClock';
import type { Conversation } from '../api';
import { Program } from './program';
import { TestingRelay } from './relay';
import { Seeded } from './seeded';

/** How much time of the world goes by with each turn of the machine's, milliseconds. */
const TURN = 100;

/** Turns in which nothing that is waited for has come: then it won't. */
const MOST_TURNS = 3_000;

const PASSWORD = 'a long password';

/** A person with a browser and an account. */
export interface Person {
  program: Program;
  userId: string;
  email: string;
}

/** People, their browsers and a relay, of one seed and one time. */
export class World {
  readonly seeded: Seeded;
  readonly clock: FakeClock;
  readonly relay: TestingRelay;

  constructor(seed: number, start?: number) {
    this.seeded = new Seeded(seed);
    this.clock = new FakeClock(start);
    this.relay = new TestingRelay(this.clock, this.seeded);
  }

  /** Another world in which all is as it is stored here, and no program runs. */
  fork(seed: number): World {
    const fork = new World(seed, this.clock.now());
    fork.relay.copyFrom(this.relay);
    return fork;
  }

  /** A person of the world that this one was forked from. */
  again(person: Person): Person {
    const program = new Program(this.relay, this.clock, this.seeded);
    program.browser = person.program.browser.copy();
    return { ...person, program };
  }

  /** Somebody who has just made an account, and whose keys are published. */
  async person(name: string): Promise<Person> {
    const program = new Program(this.relay, this.clock, this.seeded);
    const email = `${name}@example.org`;
    const chat = await program.start();
    await chat.register(email, PASSWORD, name, name);
    const phase = await chat.phase();
    if (phase.name !== 'ready') {
      throw new Error(`${name} is ${phase.name}.`);
    }
    const { userId } = phase.account;
    await this.until(() => this.relay.account(userId).prekeys.length > 0);
    return { program, userId, email };
  }

  /** Two who have each other as contacts. */
  async friends(): Promise<[Person, Person]> {
    const [one, other] = [await this.person('ann'), await this.person('ben')];
    await one.program.chat.addContact(other.email);
    await other.program.chat.addContact(one.email);
    return [one, other];
  }

  /** Another browser of somebody's, in which nothing is stored, signed in; the one before is closed. */
  async elsewhere(person: Person): Promise<Person> {
    person.program.kill();
    const program = new Program(this.relay, this.clock, this.seeded);
    const chat = await program.start();
    await chat.login(person.email, PASSWORD);
    return { ...person, program };
  }

  /** Lets time go by until something is so. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let turns = 0; turns < MOST_TURNS; turns++) {
      if (await condition()) {
        return;
      }
      await this.clock.pass(TURN);
      await new Promise((done) => setTimeout(done, 1));
    }
    throw new Error('What was waited for has not come.');
  }

  /** Lets so much time go by, milliseconds, of which so much with each turn of the machine's. */
  async pass(time: number, turn = TURN): Promise<void> {
    for (let left = time; left > 0; left -= turn) {
      await this.clock.pass(Math.min(turn, left));
      await new Promise((done) => setTimeout(done));
    }
  }
}

export async function lineOf(person: Person, contactId: string): Promise<Conversation | undefined> {
  const lines = await person.program.chat.conversations();
  return lines.find((line) => line.contactId === contactId);
}
