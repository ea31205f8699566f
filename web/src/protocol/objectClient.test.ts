import { beforeEach, describe, expect, it } from 'vitest';
import { Unreachable } from './failures';
import type { Part } from './mediaApi';
import { ObjectClient, type Sink } from './objectClient';
import { FakeClock, settled } from './testing/fakeClock';
import { cut, type Reply, ScriptedFetch, silence } from './testing/scriptedFetch';
import { ScriptedUpload, scriptedXMLHttpRequest } from './testing/scriptedUpload';

const LINK = 'https://bucket.example.org/a';
const PART: Part = {
  number: 1,
  offset: 0,
  size: 6,
  url: LINK,
  headers: { host: 'bucket.example.org', 'content-length': '6', 'x-amz-checksum-sha256': 'h' },
};
const NEVER = new AbortController().signal;

class SinkOfTest implements Sink {
  readonly begins: number[] = [];
  text = '';

  async from(offset: number) {
    this.begins.push(offset);
  }

  async write(bytes: Uint8Array) {
    this.text += new TextDecoder().decode(bytes);
  }
}

beforeEach(() => {
  ScriptedUpload.made = [];
});

describe('an upload', () => {
  function uploading(signal = NEVER) {
    const clock = new FakeClock();
    const moved: number[] = [];
    const client = new ObjectClient({
      fetch: new ScriptedFetch('').fetch,
      XMLHttpRequest: scriptedXMLHttpRequest,
      clock,
    });
    const done = client.put(PART, new Blob(['abcdef']), (bytes) => moved.push(bytes), signal);
    const request = ScriptedUpload.made.at(-1);
    if (!request) {
      throw new Error('Nothing is uploaded');
    }
    return { clock, moved, request, done };
  }

  it("goes with the link's headers, but for those that the browser sets", async () => {
    const { request, done } = uploading();
    request.answers(200);

    expect(await done).toBe(200);
    expect(request).toMatchObject({
      method: 'PUT',
      url: LINK,
      headers: { 'x-amz-checksum-sha256': 'h' },
    });
    expect(await request.body?.text()).toBe('abcdef');
  });

  it('tells how far it is, each byte once', async () => {
    const { request, moved, done, clock } = uploading();

    request.moves(2);
    request.moves(2);
    request.moves(5);
    request.moves(1);
    request.answers(200);
    await done;

    expect(moved.reduce((sum, bytes) => sum + bytes, 0)).toBe(6);
    expect(moved.filter((bytes) => bytes < 0)).toEqual([]);
    expect(clock.delays).toEqual([]);
  });

  it('says what was answered, and does not call it sent', async () => {
    const { request, moved, done } = uploading();
    request.answers(403);

    expect(await done).toBe(403);
    expect(moved).toEqual([]);
  });

  it('fails where the connection is cut', async () => {
    const { request, done } = uploading();
    request.breaks();

    await expect(done).rejects.toBeInstanceOf(Unreachable);
  });

  it('is given up where nothing moves for 30 seconds, and not before', async () => {
    const { request, done, clock } = uploading();
    const failure = done.catch((reason: unknown) => reason);

    await clock.pass(29_000);
    request.moves(1);
    await clock.pass(29_999);
    expect(request.isAborted).toBe(false);
    await clock.pass(1);

    expect(request.isAborted).toBe(true);
    expect(((await failure) as Error).message).toContain('carries nothing');
  });

  it('is called off with the reason that is given', async () => {
    const calledOff = new AbortController();
    const { request, done } = uploading(calledOff.signal);
    calledOff.abort(new Error('Not wanted any more'));

    await expect(done).rejects.toThrow('Not wanted any more');
    expect(request.isAborted).toBe(true);
  });

  it('never begins where it was called off before', async () => {
    const calledOff = AbortSignal.abort(new Error('Not wanted any more'));
    const { request, done } = uploading(calledOff);

    await expect(done).rejects.toThrow('Not wanted any more');
    expect(request.body).toBeUndefined();
  });
});

describe('a download', () => {
  function client(...replies: Reply[]) {
    const clock = new FakeClock();
    const server = new ScriptedFetch('').add(...replies);
    return { clock, server, objects: new ObjectClient({ fetch: server.fetch, clock }) };
  }

  function sends(status: number, text: string, range?: string): Reply {
    const headers: Record<string, string> = range === undefined ? {} : { 'Content-Range': range };
    return () => new Response(text, { status, headers });
  }

  it('comes whole', async () => {
    const { objects, server, clock } = client(sends(200, 'abcdef'));
    const sink = new SinkOfTest();
    const moved: number[] = [];

    const status = await objects.get(LINK, 0, 6, sink, (bytes) => moved.push(bytes), NEVER);

    expect({ status, text: sink.text, begins: sink.begins }).toEqual({
      status: 200,
      text: 'abcdef',
      begins: [0],
    });
    expect(moved).toEqual([6]);
    expect(server.asked[0]?.headers.has('Range')).toBe(false);
    expect(clock.delays).toEqual([]);
  });

  it('goes on where it was left', async () => {
    const { objects, server } = client(sends(206, 'def', 'bytes 3-5/6'));
    const sink = new SinkOfTest();

    expect(await objects.get(LINK, 3, 6, sink, () => {}, NEVER)).toBe(206);
    expect(sink).toMatchObject({ text: 'def', begins: [3] });
    expect(server.asked[0]?.headers.get('Range')).toBe('bytes=3-');
  });

  it('begins anew at a server that knows no ranges', async () => {
    const { objects } = client(sends(200, 'abcdef'));
    const sink = new SinkOfTest();

    await objects.get(LINK, 3, 6, sink, () => {}, NEVER);

    expect(sink).toMatchObject({ text: 'abcdef', begins: [0] });
  });

  it.each<[string, Reply]>([
    ['of another place', sends(206, 'abc', 'bytes 0-2/6')],
    ['of no place', sends(206, 'def')],
    ['that is refused', sends(403, '<Error/>')],
    ['that is gone', sends(404, '')],
  ])('%s writes nothing', async (_, reply) => {
    const { objects } = client(reply);
    const sink = new SinkOfTest();

    await objects.get(LINK, 3, 6, sink, () => {}, NEVER);

    expect(sink.begins).toEqual([]);
  });

  it('that is larger than it was said to be is not read to its end', async () => {
    let isCancelled = false;
    const { objects } = client(
      () =>
        new Response(
          new ReadableStream({
            pull: (to) => to.enqueue(new TextEncoder().encode('abcd')),
            cancel: () => {
              isCancelled = true;
            },
          }),
        ),
    );
    const sink = new SinkOfTest();

    await objects.get(LINK, 0, 6, sink, () => {}, NEVER);

    expect(sink.text).toBe('abcdab');
    expect(isCancelled).toBe(true);
  });

  it('that ends too early keeps what has come', async () => {
    const { objects } = client(sends(200, 'abc'));
    const sink = new SinkOfTest();

    await expect(objects.get(LINK, 0, 6, sink, () => {}, NEVER)).rejects.toThrow('too early');
    expect(sink.text).toBe('abc');
  });

  it('fails where the connection is cut', async () => {
    const { objects } = client(cut);

    await expect(objects.get(LINK, 0, 6, new SinkOfTest(), () => {}, NEVER)).rejects.toBeInstanceOf(
      Unreachable,
    );
  });

  it('is given up where nothing comes for 30 seconds', async () => {
    const { objects, clock } = client(silence);
    const failure = objects
      .get(LINK, 0, 6, new SinkOfTest(), () => {}, NEVER)
      .catch((reason: unknown) => reason);

    await clock.pass(30_000);

    expect(((await failure) as Error).message).toContain('carries nothing');
  });

  it('fails as what writes it does', async () => {
    const { objects } = client(sends(200, 'abcdef'));
    const sink = new SinkOfTest();
    sink.write = async () => {
      throw new Error('There is no room.');
    };

    await expect(objects.get(LINK, 0, 6, sink, () => {}, NEVER)).rejects.toThrow('no room');
  });

  it('is called off with the reason that is given', async () => {
    const calledOff = new AbortController();
    const { objects } = client(silence);
    const failure = objects
      .get(LINK, 0, 6, new SinkOfTest(), () => {}, calledOff.signal)
      .catch((reason: unknown) => reason);
    await settled();
    calledOff.abort(new Error('Not wanted any more'));

    expect(((await failure) as Error).message).toBe('Not wanted any more');
  });
});
