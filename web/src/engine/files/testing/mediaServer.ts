import { createHash } from 'node:crypto';
import { ServerRefusal, Unreachable } from '../../../protocol/failures';
import type { Download, MediaApi, Part, SealedFile, Upload } from '../../../protocol/mediaApi';
import type { Flow, ObjectClient, Sink } from '../../../protocol/objectClient';

const PART_SIZE = 8 << 20;

interface Stored {
  file: SealedFile;
  isMultipart: boolean;
  /** By their numbers. */
  parts: Map<number, Buffer>;
  isComplete: boolean;
}

/** A network that is lost; nobody knows what was done. */
export class Lost extends Unreachable {
  constructor() {
    super('The connection is lost.');
  }
}

/**
 * A relay's media, and the storage under its links, in memory: single and in parts, with hashes
 * checked, ranges, links that end, and deletion by secret. What goes wrong is told by the test.
 */
export class MediaServer
  implements
    Pick<MediaApi, 'begin' | 'renew' | 'complete' | 'download' | 'delete'>,
    Pick<ObjectClient, 'put' | 'get'>
{
  readonly stored = new Map<string, Stored>();
  /** The largest file in one piece; another way is refused. */
  largestSingle = 16 << 20;
  /** When it forgets what it is given from now on. */
  until: number | undefined;
  /** Called before each request, and after what it does was done: what it throws, the client gets. */
  before: (request: string) => void = () => {};
  after: (request: string) => void = () => {};
  /** What becomes of a link's answer: bytes that come, and whether it then ends too early. */
  served: (content: Buffer) => { content: Buffer; isLost?: boolean } = (content) => ({ content });
  /** What a link's storage answers instead. */
  status: number | undefined;
  /** Whether it understands Range. */
  hasRanges = true;
  requests: string[] = [];
  #next = 0;
  #link = 0;
  /** Links end with the next of their kind. */
  #links = new Map<string, string>();

  async begin(file: SealedFile): Promise<Upload> {
    return this.#answered('begin', () => {
      // What MediaApi does where one way is refused, is its own test's.
      const isMultipart = file.size > this.largestSingle;
      const id = `${'m'.repeat(39)}${String(this.#next++).padStart(3, '0')}A`;
      this.stored.set(id, { file, isMultipart, parts: new Map(), isComplete: false });
      return this.#upload(id);
    });
  }

  async renew(mediaId: string): Promise<Upload> {
    return this.#answered('renew', () => this.#upload(mediaId));
  }

  async complete(mediaId: string): Promise<void> {
    this.#answered('complete', () => {
      const stored = this.#find(mediaId);
      if (this.#missing(stored).length > 0) {
        throw new ServerRefusal(409, 'Parts are missing.');
      }
      stored.isComplete = true;
    });
  }

  async download(mediaId: string): Promise<Download> {
    return this.#answered('download', () => {
      const stored = this.#find(mediaId);
      if (!stored.isComplete) {
        throw new ServerRefusal(404, 'There is no such file.');
      }
      return { url: this.#linked(mediaId), until: this.until ?? 0, size: stored.file.size };
    });
  }

  async delete(mediaId: string, secret: string): Promise<void> {
    this.#answered('delete', () => {
      const { file } = this.#find(mediaId);
      const hash = createHash('sha256').update(Buffer.from(secret, 'base64')).digest('base64');
      if (hash !== file.deleteHash) {
        throw new ServerRefusal(403, 'This is not the secret.');
      }
      this.stored.delete(mediaId);
    });
  }

  async put(part: Part, bytes: Blob, flow: Flow, signal: AbortSignal): Promise<number> {
    const content = Buffer.from(await bytes.arrayBuffer());
    return this.#carried('put', signal, () => {
      const stored = this.stored.get(this.#links.get(part.url.replace(/\?.*/, '')) ?? '');
      if (this.status !== undefined || stored === undefined) {
        return this.status ?? 403;
      }
      const expected = stored.isMultipart ? stored.file.parts[part.number - 1] : stored.file.sha256;
      if (createHash('sha256').update(content).digest('base64') !== expected) {
        return 400;
      }
      stored.parts.set(part.number, content);
      stored.isComplete ||= !stored.isMultipart;
      flow(content.length);
      return 200;
    });
  }

  async get(
    url: string,
    from: number,
    most: number,
    sink: Sink,
    flow: Flow,
    signal: AbortSignal,
  ): Promise<number> {
    const stored = this.stored.get(this.#links.get(url) ?? '');
    const status = this.#carried(
      'get',
      signal,
      () => this.status ?? (stored === undefined ? 403 : from > 0 && this.hasRanges ? 206 : 200),
    );
    if (status >= 300 || stored === undefined) {
      return status;
    }
    const begin = status === 206 ? from : 0;
    const whole = Buffer.concat(
      [...stored.parts.keys()].sort().map((n) => stored.parts.get(n) ?? Buffer.alloc(0)),
    );
    const { content, isLost = false } = this.served(whole.subarray(begin));
    await sink.from(begin);
    for (let at = 0; at < Math.min(content.length, most - begin); at += 60_000) {
      signal.throwIfAborted();
      const bytes = Uint8Array.from(content.subarray(at, Math.min(at + 60_000, most - begin)));
      await sink.write(bytes);
      flow(bytes.length);
    }
    if (isLost || content.length < most - begin) {
      throw new Lost();
    }
    this.after('got');
    return status;
  }

  /** All of its bytes, of all files. */
  get bytes(): number {
    const parts = [...this.stored.values()].flatMap((each) => [...each.parts.values()]);
    return parts.reduce((sum, part) => sum + part.length, 0);
  }

  #answered<T>(request: string, work: () => T): T {
    this.requests.push(request);
    this.before(request);
    const answer = work();
    this.after(request);
    return answer;
  }

  #carried(request: string, signal: AbortSignal, work: () => number): number {
    signal.throwIfAborted();
    const status = this.#answered(request, work);
    signal.throwIfAborted();
    return status;
  }

  #find(mediaId: string): Stored {
    const stored = this.stored.get(mediaId);
    if (stored === undefined) {
      throw new ServerRefusal(404, 'There is no such file.');
    }
    return stored;
  }

  #upload(mediaId: string): Upload {
    const stored = this.#find(mediaId);
    return {
      mediaId,
      until: this.until,
      isMultipart: stored.isMultipart,
      parts: this.#missing(stored).map((part) => ({ ...part, url: this.#linked(mediaId) })),
    };
  }

  #missing({ file, isMultipart, parts }: Stored): Omit<Part, 'url'>[] {
    const size = isMultipart ? PART_SIZE : file.size;
    const missing: Omit<Part, 'url'>[] = [];
    for (let offset = 0, number = 1; offset < file.size; offset += size, number++) {
      if (!parts.has(number)) {
        const left = Math.min(size, file.size - offset);
        missing.push({ number, offset, size: left, headers: {} });
      }
    }
    return missing;
  }

  #linked(mediaId: string): string {
    const url = `http://relay.test/objects/${this.#link++}`;
    this.#links.set(url, mediaId);
    return url;
  }

  /** All links that were given are of no use any more. */
  expire(): void {
    this.#links.clear();
  }
}
