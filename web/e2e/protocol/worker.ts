import { systemClock } from '../../src/protocol/clock';
import type { Frame } from '../../src/protocol/frame';
import type { Part } from '../../src/protocol/mediaApi';
import { ObjectClient } from '../../src/protocol/objectClient';
import { Rest } from '../../src/protocol/rest';
import { ServerTime } from '../../src/protocol/serverTime';
import { Socket } from '../../src/protocol/socket';

const time = new ServerTime(systemClock);
const rest = new Rest(`${location.origin}/api/v1`, fetch, systemClock, time);
const objects = new ObjectClient({ fetch, XMLHttpRequest, clock: systemClock });

/** What a test asks for by name, of the worker that the engine would be in. */
const asked = {
  /** A status, or what was said in its place. */
  call: (path: string) =>
    rest.call('GET', path).then(
      (answer) => answer.status,
      (failure: Error) => `${failure.name}: ${failure.message}`,
    ),

  serverNow: async () => time.now(),

  async put(size: number, callOffAt: number) {
    const calledOff = new AbortController();
    const headers = { host: 'elsewhere', 'content-length': '7', 'x-amz-checksum-sha256': 'hash' };
    const part: Part = { number: 1, offset: 0, size, url: '/bucket/a', headers };
    let [moved, times] = [0, 0];
    const flow = (bytes: number) => {
      moved += bytes;
      times++;
      if (moved >= callOffAt) {
        calledOff.abort(new Error('called off'));
      }
    };
    const status = await objects
      .put(part, new Blob([new Uint8Array(size)]), flow, calledOff.signal)
      .catch((failure: Error) => failure.message);
    return { status, moved, times };
  },

  async get(from: number, most: number) {
    let [begin, text] = [-1, ''];
    const sink = {
      from: async (offset: number) => {
        begin = offset;
      },
      write: async (bytes: Uint8Array) => {
        text += new TextDecoder().decode(bytes);
      },
    };
    const status = await objects
      .get('/bucket/a', from, most, sink, () => {}, new AbortController().signal)
      .catch((failure: Error) => failure.message);
    return { status, begin, text };
  },

  /** What comes over a socket until it is gone. */
  async socket(ticket: string) {
    const url = `${location.origin.replace('http', 'ws')}/ws`;
    const frames: (Frame['kind'] | string)[] = [];
    let end: () => void = () => {};
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const events = { frame: (frame: Frame) => frames.push(frame.kind), closed: () => end() };
    try {
      const socket = await Socket.open(WebSocket, url, ticket, systemClock, events);
      socket.ping();
      await ended;
    } catch (failure) {
      frames.push((failure as Error).name);
    }
    return frames;
  },
};

export type Asked = typeof asked;

addEventListener(
  'message',
  async ({ data }: MessageEvent<{ name: keyof Asked; args: never[] }>) => {
    const call = asked[data.name] as (...args: never[]) => Promise<unknown>;
    postMessage(await call(...data.args));
  },
);
