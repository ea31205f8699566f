import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const CSP =
  "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types quantchat";

/** The page does nothing but to have the worker, as the product's does. */
const PAGE_SCRIPT = `
const policy = trustedTypes.createPolicy('quantchat', { createScriptURL: (url) => url });
const worker = new Worker(policy.createScriptURL('/page.js'), { type: 'module' });
globalThis.ask = (name, ...args) => new Promise((done) => {
  worker.onmessage = ({ data }) => done(data);
  worker.postMessage({ name, args });
});
`;

export const FILE = 'abcdefghij';

/** A server that does what a relay, or what stands in its place, may do. */
export class ScriptedServer {
  /** What was asked, and the headers with which files were put. */
  readonly asked: string[] = [];
  readonly put: { headers: IncomingMessage['headers']; size: number }[] = [];
  readonly #scripts: ReadonlyMap<string, string>;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true });

  constructor(scripts: ReadonlyMap<string, string>) {
    this.#scripts = scripts;
    this.#server.on('upgrade', (request, socket, head) => {
      this.asked.push(`socket ${request.url}`);
      if (!request.url?.endsWith('?ticket=good%26')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (opened) => {
        opened.on('message', () => {
          opened.send('{"type":"pong"}');
          opened.send('no JSON');
          opened.send(Buffer.from('{"type":"pong"}'), { binary: true });
          opened.send('{"type":"prekeys_low","payload":{}}');
          opened.send(`{"type":"pong","more":"${'x'.repeat(300_000)}"}`);
        });
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  end(): void {
    for (const socket of this.#sockets.clients) {
      socket.terminate();
    }
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(`${request.method} ${path}`);
    const script = path === '/main.js' ? PAGE_SCRIPT : this.#scripts.get(path);
    if (script !== undefined) {
      response.writeHead(200, {
        'Content-Type': 'text/javascript',
        'Content-Security-Policy': CSP,
      });
      response.end(script);
    } else if (path === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': CSP });
      response.end('<!doctype html><script type="module" src="/main.js"></script>');
    } else if (path.startsWith('/bucket/')) {
      this.#object(request, response);
    } else {
      this.#route(path, response);
    }
  }

  #route(path: string, response: ServerResponse): void {
    switch (path) {
      case '/api/v1/not-modified':
        response.writeHead(304).end();
        break;
      case '/api/v1/elsewhere':
        response.writeHead(302, { Location: '/api/v1/stolen' }).end();
        break;
      case '/api/v1/cut':
        response.destroy();
        break;
      case '/api/v1/cut-later':
        response.writeHead(200, { 'Content-Length': 99 });
        response.write('{"a":', () => response.destroy());
        break;
      case '/api/v1/huge':
        response.writeHead(200).end(`{"a":"${'x'.repeat(9 * 1024 * 1024)}"}`);
        break;
      case '/api/v1/page':
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Hello</html>');
        break;
      case '/api/v1/ok':
        response.writeHead(200, { 'Set-Cookie': 'a=b', 'Cache-Control': 'max-age=60' }).end('{}');
        break;
      default:
        response.writeHead(404).end('{"detail":"There is no such route."}');
    }
  }

  #object(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === 'PUT') {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      request.on('end', () => {
        this.put.push({ headers: request.headers, size });
        response.writeHead(200).end();
      });
      return;
    }
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    if (from === undefined) {
      response.writeHead(200).end(FILE);
    } else {
      const range = `bytes ${from}-${FILE.length - 1}/${FILE.length}`;
      response.writeHead(206, { 'Content-Range': range }).end(FILE.slice(Number(from)));
    }
  }
}
