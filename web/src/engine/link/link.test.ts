import { beforeEach, describe, expect, it } from 'vitest';
import { LoginRequired, ServerRefusal, Unreachable } from '../../protocol/failures';
import { FakeClock, settled } from '../../protocol/testing/fakeClock';
import { ScriptedSocket, scriptedWebSocket } from '../../protocol/testing/scriptedSocket';
import { Link } from './link';

const MINUTE = 60_000;

beforeEach(() => {
  ScriptedSocket.made = [];
});

/** @param tickets what each call for a ticket fails with; `undefined` where it gets one */
function setUp(...tickets: (Error | undefined)[]) {
  const clock = new FakeClock();
  const told: string[] = [];
  let asked = 0;
  let whenOpened = () => {};
  const link: Link = new Link({
    WebSocket: scriptedWebSocket,
    url: 'wss://relay.example.org/ws',
    ticket: async () => {
      asked++;
      const failure = tickets.shift();
      if (failure) {
        throw failure;
      }
      return `ticket-${asked}`;
    },
    clock,
    random: () => 1,
    handler: {
      connection: (state) => told.push(state),
      opened: () => {
        told.push('opened');
        whenOpened();
      },
      notOpened: (reason) => told.push(`not opened: ${(reason as Error).name}`),
      frame: (frame) => told.push(`frame ${frame.kind}`),
      beat: () => told.push('beat'),
      lost: () => told.push('lost'),
      loginRequired: () => told.push('login required'),
    },
  });
  return {
    clock,
    link,
    /** What was told since this was last asked. */
    news: () => told.splice(0),
    tickets: () => asked,
    whenOpened: (action: () => void) => {
      whenOpened = action;
    },
  };
}

/** Opens the newest socket, and lets it answer. */
async function answer(): Promise<ScriptedSocket> {
  const socket = ScriptedSocket.last;
  socket.opens();
  await settled();
  socket.says('pong');
  return socket;
}

async function online(...tickets: (Error | undefined)[]) {
  const world = setUp(...tickets);
  world.link.open();
  await settled();
  const socket = await answer();
  return { ...world, socket, before: world.news() };
}

describe('opening', () => {
  it('is told once something has come over the socket, and not before', async () => {
    const { link, news } = setUp();
    link.open();
    await settled();
    ScriptedSocket.last.opens();
    await settled();

    expect(news()).toEqual(['connecting']);
    expect(link.socket).toBeUndefined();
    expect(ScriptedSocket.last.sent).toEqual([{ type: 'ping', payload: {} }]);

    ScriptedSocket.last.says('pong');

    expect(news()).toEqual(['online', 'opened', 'frame other']);
    expect(link.socket?.isOpen).toBe(true);
  });

  it('is told once, also where something comes as soon as the socket is open', async () => {
    const { link, news } = setUp();
    link.open();
    await settled();
    ScriptedSocket.last.opens();
    // In the same turn: nobody has heard of the opening yet.
    ScriptedSocket.last.says('pong');
    await settled();
    ScriptedSocket.last.says('pong');

    expect(news().filter((it) => it === 'online' || it === 'opened')).toEqual(['online', 'opened']);
  });

  it('asks for a new ticket each time', async () => {
    const { socket, clock } = await online();
    socket.breaks();
    await clock.pass(500);

    expect(ScriptedSocket.made.map((it) => it.url.split('?')[1])).toEqual([
      'ticket=ticket-1',
      'ticket=ticket-2',
    ]);
  });

  it('happens once, however often it is asked for', async () => {
    const { link } = setUp();
    link.open();
    link.open();
    link.wake();
    await settled();

    expect(ScriptedSocket.made).toHaveLength(1);
  });
});

describe('a server that is away', () => {
  it('is asked more and more seldom', async () => {
    const gone = Array.from({ length: 12 }, () => new Unreachable('Gone.'));
    const { link, clock, tickets } = setUp(...gone);
    link.open();
    await settled();

    for (const [wait, asked] of [
      [499, 1],
      [1, 2],
      [999, 2],
      [1, 3],
      [2_000, 4],
      [4_000, 5],
    ]) {
      await clock.pass(wait ?? 0);
      expect(tickets()).toBe(asked);
    }
    await clock.pass(8_000 + 16_000 + 32_000);
    expect(tickets()).toBe(8);
    await clock.pass(60_000);
    expect(tickets()).toBe(9);
  });

  it('is said to be away each time, with why', async () => {
    const { link, clock, news } = setUp(new Unreachable('Gone.'), new ServerRefusal(403, 'No.'));
    link.open();
    await clock.pass(500);

    expect(news()).toEqual([
      'connecting',
      'offline',
      'not opened: Unreachable',
      'connecting',
      'offline',
      'not opened: ServerRefusal',
    ]);
  });

  it('is left alone for as long as it asked, and by whoever wakes this, too', async () => {
    const { link, clock, tickets } = setUp(new Unreachable('Too much.', 90));
    link.open();
    await clock.pass(89_999);
    link.wake();
    await settled();
    expect(tickets()).toBe(1);

    await clock.pass(1);
    expect(tickets()).toBe(2);
  });

  it('is asked at once where somebody looks, or the network is back', async () => {
    const { link, clock, tickets } = setUp(...Array(8).fill(new Unreachable('Gone.')));
    link.open();
    await clock.pass(10_000);
    const before = tickets();

    link.wake();
    await settled();

    expect(tickets()).toBe(before + 1);
  });

  it('that refuses handshakes is tried again', async () => {
    const { link, clock, news } = setUp();
    link.open();
    await settled();
    ScriptedSocket.last.breaks();
    await clock.pass(500);

    expect(news()).toEqual(['connecting', 'offline', 'not opened: Unreachable', 'connecting']);
    await answer();
    expect(news()).toContain('opened');
  });

  it('that opens sockets which carry nothing was never there', async () => {
    const { link, clock, news } = setUp();
    link.open();
    await settled();
    ScriptedSocket.last.opens();
    await clock.pass(10_000);

    expect(news()).toEqual(['connecting', 'offline', 'not opened: Unreachable']);
    expect(ScriptedSocket.last.closedWith).toBe(1000);

    await clock.pass(500);
    ScriptedSocket.last.opens();
    await clock.pass(10_000);
    await clock.pass(999);
    expect(ScriptedSocket.made).toHaveLength(2);
    await clock.pass(1);
    expect(ScriptedSocket.made).toHaveLength(3);
  });
});

describe('an open socket', () => {
  it('is tried every 4 minutes, and upkeep done then', async () => {
    const { clock, socket, news } = await online();

    await clock.pass(4 * MINUTE);
    expect(socket.sent.map((frame) => frame.type)).toEqual(['ping', 'ping']);
    expect(news()).toEqual(['beat']);

    socket.says('pong');
    await clock.pass(4 * MINUTE);
    expect(socket.sent).toHaveLength(3);
  });

  it('that is dead without a word is given up 10 seconds after it was tried', async () => {
    const { clock, news } = await online();

    await clock.pass(4 * MINUTE + 9_999);
    expect(news()).toEqual(['beat']);
    await clock.pass(1);
    expect(news()).toEqual(['offline', 'lost']);
    await clock.pass(500);
    expect(ScriptedSocket.made).toHaveLength(2);
  });

  it('that carries anything is alive', async () => {
    const { clock, socket, news } = await online();

    await clock.pass(4 * MINUTE + 5_000);
    socket.says('typing', {});
    await clock.pass(2 * MINUTE);

    expect(news()).toEqual(['beat', 'frame other']);
  });

  it('is opened anew when the server ends it, as it does after 2 hours', async () => {
    const { clock, socket, news } = await online();
    for (let beats = 0; beats < 30; beats++) {
      await clock.pass(4 * MINUTE);
      socket.says('pong');
    }
    news();

    socket.breaks();
    await clock.pass(500);
    await answer();

    expect(news()).toEqual(['offline', 'lost', 'connecting', 'online', 'opened', 'frame other']);
  });

  it('that held for 10 seconds makes the next tries quick again; one that did not, does not', async () => {
    const { clock, socket } = await online();
    socket.breaks();
    await clock.pass(500);
    (await answer()).breaks();
    await clock.pass(999);
    expect(ScriptedSocket.made).toHaveLength(2);
    await clock.pass(1);
    expect(ScriptedSocket.made).toHaveLength(3);

    const steady = await answer();
    await clock.pass(10_000);
    steady.breaks();
    await clock.pass(500);
    expect(ScriptedSocket.made).toHaveLength(4);
  });

  it('is tried at once where the window is opened', async () => {
    const { link, clock, news } = await online();
    link.wake();
    await clock.pass(10_000);

    expect(news()).toEqual(['offline', 'lost']);
  });

  it('is tried at once where the machine has slept', async () => {
    const { clock, socket } = await online();
    clock.set(clock.now() + 60 * MINUTE);

    await clock.pass(15_000);

    expect(socket.sent.map((frame) => frame.type)).toEqual(['ping', 'ping']);
  });

  it("doesn't tell of an earlier one", async () => {
    const { clock, socket, news } = await online();
    const { onmessage, onclose } = socket;
    socket.breaks();
    await clock.pass(500);
    await answer();
    news();

    onmessage?.({ data: '{"type":"prekeys_low"}' });
    onclose?.();

    expect(news()).toEqual([]);
  });
});

describe('the end', () => {
  it('of a session is told, and nothing more is tried', async () => {
    const { clock, socket, news, tickets } = await online(undefined, new LoginRequired());
    socket.breaks();
    await clock.pass(60 * MINUTE);

    expect(news()).toEqual(['offline', 'lost', 'connecting', 'offline', 'login required']);
    expect(tickets()).toBe(2);
    expect(clock.delays).toEqual([]);
  });

  it('of a session is over with a new login', async () => {
    const { link, clock, news } = setUp(new LoginRequired());
    link.open();
    await clock.pass(1_000);
    link.open();
    await settled();
    await answer();

    expect(news()).toContain('opened');
  });

  it('leaves no timer, and no socket', async () => {
    const { link, clock, socket, news } = await online();
    link.close();
    await clock.pass(60 * MINUTE);

    expect(news()).toEqual(['offline']);
    expect(socket.closedWith).toBe(1000);
    expect(clock.delays).toEqual([]);
    expect(link.isWanted).toBe(false);
  });

  it('while a socket is opened closes that, too', async () => {
    const { link, news } = setUp();
    link.open();
    await settled();
    link.close();
    ScriptedSocket.last.opens();
    await settled();

    expect(ScriptedSocket.last.closedWith).toBeDefined();
    expect(news()).toEqual(['connecting', 'offline']);
  });

  it('and a new beginning at once make one socket', async () => {
    const { link, news } = setUp();
    link.open();
    link.close();
    link.open();
    await settled();
    for (const socket of ScriptedSocket.made) {
      socket.opens();
    }
    await settled();
    ScriptedSocket.last.says('pong');

    expect(ScriptedSocket.made.filter((socket) => socket.readyState === 1)).toHaveLength(1);
    expect(news().filter((it) => it === 'opened')).toHaveLength(1);
  });

  it('that is wanted by who is told is the last that is told', async () => {
    const { link, news, whenOpened } = setUp();
    whenOpened(() => link.close());
    link.open();
    await settled();
    await answer();

    expect(news()).toEqual(['connecting', 'online', 'opened', 'offline']);
  });
});
