/**
 * Sockets that a test holds the other end of. Each one that is made is in {@link ScriptedSocket.made};
 * nothing happens by itself.
 */
export class ScriptedSocket {
  static made: ScriptedSocket[] = [];

  readonly url: string;
  readonly sent: { type: string; payload: Record<string, unknown> }[] = [];
  readyState = 0;
  closedWith: number | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    ScriptedSocket.made.push(this);
  }

  static get last(): ScriptedSocket {
    const last = ScriptedSocket.made.at(-1);
    if (!last) {
      throw new Error('No socket was opened');
    }
    return last;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.readyState = 3;
    this.closedWith = code ?? 1005;
  }

  /** The handshake is done. */
  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(type: string, payload: unknown = {}): void {
    this.saysText(JSON.stringify({ type, payload }));
  }

  saysText(data: unknown): void {
    this.onmessage?.({ data });
  }

  /** The connection is cut, or the handshake is refused. */
  breaks(): void {
    this.readyState = 3;
    this.onerror?.();
    this.onclose?.();
  }
}

/** For what asks for a browser's. */
export const scriptedWebSocket = ScriptedSocket as unknown as new (url: string) => WebSocket;
