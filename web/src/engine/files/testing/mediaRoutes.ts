import { ServerRefusal } from '../../../protocol/failures';
import type { Upload } from '../../../protocol/mediaApi';
import { Lost, type MediaServer } from './mediaServer';

const NEVER = new AbortController().signal;

/** A {@link MediaServer} as HTTP has it: the relay's routes for files, and the links it gives. */
export class MediaRoutes {
  readonly #server: MediaServer;

  constructor(server: MediaServer) {
    this.#server = server;
  }

  /** What is answered; undefined for what isn't about files. */
  async answer(input: string, init: RequestInit = {}): Promise<Response | undefined> {
    const { pathname, href } = new URL(input);
    const [, , , routes, mediaId = '', last = ''] = pathname.split('/');
    const isLink = pathname.startsWith('/objects/');
    if (routes !== 'media' && !isLink) {
      return undefined;
    }
    try {
      return isLink
        ? await this.#object(href, init)
        : await this.#route(`${init.method} ${last}`, mediaId, init);
    } catch (failure) {
      if (failure instanceof ServerRefusal) {
        const { status, message, code } = failure;
        return Response.json({ status, detail: message, code }, { status });
      }
      throw failure instanceof Lost ? new TypeError('fetch failed') : failure;
    }
  }

  async #route(what: string, mediaId: string, init: RequestInit): Promise<Response> {
    const body = init.body === undefined ? {} : JSON.parse(String(init.body));
    switch (mediaId === '' ? 'begin' : what) {
      case 'begin':
        return uploadOf(
          await this.#server.begin({
            size: body.size,
            sha256: body.sha256,
            deleteHash: body.delete_hash,
            parts: body.parts ?? [],
          }),
        );
      case 'POST parts':
        return uploadOf(await this.#server.renew(mediaId));
      case 'POST complete':
        await this.#server.complete(mediaId);
        return new Response(null, { status: 204 });
      case 'DELETE ':
        await this.#server.delete(mediaId, body.secret);
        return new Response(null, { status: 204 });
      default: {
        const { url, until, size } = await this.#server.download(mediaId);
        return Response.json({ download: { url }, expires_at: timeOf(until), size });
      }
    }
  }

  async #object(url: string, init: RequestInit): Promise<Response> {
    if (init.method === 'PUT') {
      const bytes = new Blob([await new Response(init.body ?? null).arrayBuffer()]);
      // Which part of a file it is, the link says.
      const number = Number(new URL(url).searchParams.get('part'));
      const part = { number, offset: 0, size: bytes.size, url, headers: {} };
      const status = await this.#server.put(part, bytes, () => {}, NEVER);
      return new Response(null, { status });
    }
    const range = new Headers(init.headers).get('Range');
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let begin = 0;
    const sink = {
      from: async (offset: number) => {
        begin = offset;
      },
      write: async (bytes: Uint8Array<ArrayBuffer>) => {
        pieces.push(bytes);
      },
    };
    const most = Number.MAX_SAFE_INTEGER;
    const status = await this.#server
      .get(url, from, most, sink, () => {}, NEVER)
      .catch((e) => {
        // All that there is has come.
        if (e instanceof Lost) {
          return begin > 0 ? 206 : 200;
        }
        throw e;
      });
    return new Response(new Blob(pieces), {
      status,
      headers: status === 206 ? { 'Content-Range': `bytes ${begin}-/*` } : {},
    });
  }
}

function uploadOf({ mediaId, until, isMultipart, parts }: Upload): Response {
  return Response.json({
    media_id: mediaId,
    ...(until === undefined ? {} : { expires_at: timeOf(until) }),
    upload: {
      multipart: isMultipart,
      parts: parts.map((part) => ({ ...part, url: `${part.url}?part=${part.number}` })),
    },
  });
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
