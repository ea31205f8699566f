import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import WebSocketOfNode from 'ws';
import { BrokenText, Unreachable } from './failures';
import type { Frame } from './frame';
import { Socket, type WebSocketConstructor } from './socket';
import { FakeClock } from './testing/fakeClock';
import { ScriptedSocket, scriptedWebSocket } from './testing/scriptedSocket';

const URL_OF_TEST = 'wss://relay.example.org/ws';
const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

beforeEach(() => {
  ScriptedSocket.made = [];
});

function opening(clock = new FakeClock(), ticket = 'ticket') {
  const told: (Frame | 'closed')[] = [];
  const socket = Socket.open(scriptedWebSocket, URL_OF_TEST, ticket, clock, {
    frame: (frame) => told.push(frame),
    closed: () => told.push('closed'),
  });
  return { socket, told, clock };
}

async function opened() {
  const { socket, ...rest } = opening();
  ScriptedSocket.last.opens();
  return { socket: await socket, other: ScriptedSocket.last, ...rest };
}

describe('opening', () => {
  it('shows a ticket, whatever is in it', () => {
    opening(new FakeClock(), 'a&b=c/+');

    expect(ScriptedSocket.last.url).toBe(`${URL_OF_TEST}?ticket=a%26b%3Dc%2F%2B`);
  });

  it('fails where the handshake is refused', async () => {
    const { socket, clock } = opening();

    ScriptedSocket.last.breaks();

    await expect(socket).rejects.toBeInstanceOf(Unreachable);
    expect(clock.delays).toEqual([]);
  });

  it('fails where nothing comes of it in 10 seconds, and is closed then', async () => {
    const { socket, clock } = opening();
    const failure = socket.catch((reason: unknown) => reason);

    await clock.pass(10_000);

    expect(await failure).toBeInstanceOf(Unreachable);
    expect(ScriptedSocket.last.closedWith).toBeDefined();
  });

  it('is called off, and leaves nothing behind', async () => {
    const calledOff = new AbortController();
    const clock = new FakeClock();
    const events = { frame: () => {}, closed: () => {} };
    const open = () =>
      Socket.open(scriptedWebSocket, URL_OF_TEST, 't', clock, events, calledOff.signal);
    const socket = open();
    calledOff.abort(new Error('Not wanted any more'));

    await expect(socket).rejects.toThrow('Not wanted any more');
    expect(ScriptedSocket.last.closedWith).toBeDefined();
    await expect(open()).rejects.toThrow('Not wanted any more');
    expect(ScriptedSocket.made).toHaveLength(1);
    expect(clock.delays).toEqual([]);
  });

  it("is called off without a word where the socket is Node's and the server slow", async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const calledOff = new AbortController();
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failures: unknown[] = [];
    const heard = (failure: unknown) => failures.push(failure);
    process.on('uncaughtException', heard);
    let made: WebSocketOfNode | undefined;
    const madeByTest = class extends WebSocketOfNode {
      constructor(url: string) {
        super(url);
        made = this;
      }
    } as unknown as WebSocketConstructor;

    const socket = Socket.open(
      madeByTest,
      address,
      't',
      new FakeClock(),
      { frame: () => {}, closed: () => {} },
      calledOff.signal,
    );
    const over = new Promise((closed) => made?.on('close', closed));
    calledOff.abort(new Error('Not wanted any more'));

    await expect(socket).rejects.toThrow('Not wanted any more');
    await over;
    process.off('uncaughtException', heard);
    server.close();
    expect(failures).toEqual([]);
  });

  it('fails where the browser refuses the address', async () => {
    const refusing = class {
      constructor() {
        throw new DOMException('An insecure connection may not be opened', 'SecurityError');
      }
    } as unknown as new (
      url: string,
    ) => WebSocket;

    const socket = Socket.open(refusing, URL_OF_TEST, 't', new FakeClock(), {
      frame: () => {},
      closed: () => {},
    });

    await expect(socket).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('an open socket', () => {
  it('sends frames as the contract has them', async () => {
    const { socket, other } = await opened();

    socket.ping();
    socket.typing(ADA, true);
    socket.confirm('delivered', MESSAGE, ADA, undefined);
    socket.confirm('read', MESSAGE, ADA, 'proof');
    socket.acknowledge([MESSAGE]);
    const isSent = socket.send('{"message_id":"m"}');

    expect(isSent).toBe(true);
    expect(other.sent).toEqual([
      { type: 'ping', payload: {} },
      { type: 'typing', payload: { recipient_id: ADA, is_typing: true } },
      { type: 'delivery_confirmation', payload: { message_id: MESSAGE, sender_id: ADA } },
      {
        type: 'read_confirmation',
        payload: { message_id: MESSAGE, sender_id: ADA, proof: 'proof' },
      },
      { type: 'acknowledge', payload: { message_ids: [MESSAGE] } },
      { type: 'send', payload: { message_id: 'm' } },
    ]);
  });

  it("doesn't send a message that fits into no frame, in bytes", async () => {
    const { socket, other } = await opened();
    const frame = '{"type":"send","payload":{"text":""}}';
    const room = 32 * 1024 - frame.length;

    expect(socket.send(`{"text":"${'x'.repeat(room)}"}`)).toBe(true);
    expect(socket.send(`{"text":"${'x'.repeat(room + 1)}"}`)).toBe(false);
    expect(socket.send(`{"text":"${'é'.repeat(room / 2 + 1)}"}`)).toBe(false);
    expect(other.sent).toHaveLength(1);
  });

  it('never sends half of a character', async () => {
    const { socket, other } = await opened();

    expect(() => socket.typing('\ud83d', true)).toThrow(BrokenText);
    expect(other.sent).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no JSON', '<html>'],
    ['no object', '[1]'],
    ["the gateway's own", '{"message":"Internal server error","connectionId":"c"}'],
    ['a type that is no text', '{"type":7}'],
    ['binary', new ArrayBuffer(8)],
  ])('passes over a frame that is %s, and stays open', async (_, data) => {
    const { socket, other, told } = await opened();

    other.saysText(data);
    other.says('pong');

    expect(told).toEqual([{ kind: 'other' }]);
    expect(socket.isOpen).toBe(true);
  });

  it('reads a frame without a payload', async () => {
    const { other, told } = await opened();

    other.saysText('{"type":"prekeys_low"}');
    other.saysText('{"type":"typing","payload":null}');

    expect(told).toEqual([{ kind: 'prekeys_low' }, { kind: 'other' }]);
  });

  it('is given up where a frame is larger than any is', async () => {
    const { socket, other, told } = await opened();

    other.saysText(`{"type":"pong","payload":"${'x'.repeat(256 * 1024)}"}`);

    expect(told).toEqual(['closed']);
    expect(socket.isOpen).toBe(false);
    expect(other.closedWith).toBeDefined();
  });

  it('says once that it is gone', async () => {
    const { socket, other, told } = await opened();

    other.breaks();
    socket.ping();

    expect(told).toEqual(['closed']);
  });

  it('says that it is gone where it is found closing', async () => {
    const { socket, other, told } = await opened();

    other.readyState = 2;
    socket.ping();

    expect(told).toEqual(['closed']);
    expect(other.sent).toEqual([]);
  });

  it('tells nothing once it was closed here', async () => {
    const { socket, other, told } = await opened();

    socket.close();
    other.says('pong');
    other.breaks();

    expect(told).toEqual([]);
    expect(other.closedWith).toBe(1000);
  });
});
