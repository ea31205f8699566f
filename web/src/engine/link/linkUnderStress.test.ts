import { beforeEach, expect, it } from 'vitest';
import { LoginRequired, Unreachable } from '../../protocol/failures';
import { FakeClock, settled } from '../../protocol/testing/fakeClock';
import { ScriptedSocket, scriptedWebSocket } from '../../protocol/testing/scriptedSocket';
import { newSeed, seeded } from '../../protocol/testing/seeded';
import { Link } from './link';

beforeEach(() => {
  ScriptedSocket.made = [];
});

function alive(): ScriptedSocket[] {
  return ScriptedSocket.made.filter((socket) => socket.readyState < 2);
}

it('has one socket at most, tells each once, and is open again when all is well', async () => {
  const seed = newSeed('Link');
  const random = seeded(seed);
  const clock = new FakeClock();
  const told: string[] = [];
  let fault: (() => Error) | undefined;
  const link = new Link({
    WebSocket: scriptedWebSocket,
    url: 'wss://relay.example.org/ws',
    ticket: async () => {
      await settled();
      if (fault) {
        throw fault();
      }
      return 't';
    },
    clock,
    random,
    handler: {
      connection: (state) => told.push(state),
      opened: () => told.push('opened'),
      notOpened: () => {},
      frame: () => {},
      beat: () => {},
      lost: () => told.push('lost'),
      loginRequired: () => told.push('login required'),
    },
  });
  const deeds: (() => void | Promise<void>)[] = [
    () => link.open(),
    () => link.open(),
    () => link.close(),
    () => link.wake(),
    () => alive().at(-1)?.opens(),
    () => {
      if (ScriptedSocket.made.at(-1)?.readyState === 1) {
        ScriptedSocket.last.says('pong');
      }
    },
    () => alive().at(0)?.breaks(),
    () => clock.pass(random() * 20_000),
    () => clock.pass(random() * 300_000),
    () => clock.set(clock.now() + (random() - 0.5) * 10_000_000),
    () => {
      fault = () => new Unreachable('Gone.', random() < 0.3 ? 60 : undefined);
    },
    () => {
      fault = () => new LoginRequired();
    },
    ...Array.from({ length: 3 }, () => () => {
      fault = undefined;
    }),
    ...Array.from({ length: 3 }, () => async () => {
      await settled();
      alive().at(-1)?.opens();
      await settled();
      alive().at(-1)?.says('pong');
    }),
  ];

  for (let step = 0; step < 3_000; step++) {
    await deeds[Math.floor(random() * deeds.length)]?.();
    if (random() < 0.7) {
      await settled();
      expect(alive().length, `seed ${seed}, step ${step}`).toBeLessThanOrEqual(1);
    }
  }
  const states = told.filter((it) => ['offline', 'connecting', 'online'].includes(it));
  expect(
    states.some((state, at) => state === states[at - 1]),
    `seed ${seed}`,
  ).toBe(false);
  const ends = told.filter((it) => it === 'opened' || it === 'online');
  expect(ends.length, `seed ${seed}`).toBeGreaterThan(10);
  expect(ends.filter((it) => it === 'opened').length * 2, `seed ${seed}`).toBe(ends.length);

  fault = undefined;
  link.open();
  // The longest wait, and what the server may have asked for, are over then.
  for (let seconds = 0; seconds < 130 && link.connection !== 'online'; seconds++) {
    await clock.pass(1_000);
    for (const socket of alive()) {
      socket.opens();
    }
    await settled();
    alive().at(-1)?.says('pong');
  }
  expect(link.connection, `seed ${seed}`).toBe('online');
  link.close();
  expect(clock.delays, `seed ${seed}`).toEqual([]);
  expect(alive(), `seed ${seed}`).toEqual([]);
});
