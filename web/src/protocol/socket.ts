import type { Clock } from './clock';
import type { Frames } from './contract';
import { Unreachable } from './failures';
import { type Frame, frameOf } from './frame';
import { objectIn, read, textIn, write } from './json';

/** Until a socket is open, milliseconds. */
const LONGEST_OPENING = 10_000;

/** The gateway's limit for one frame of a client's, bytes. */
const LARGEST_FRAME = 32 * 1024;

/** The gateway sends 128 KiB at most; this is in UTF-16 units. */
const LARGEST_INCOMING = 256 * 1024;

const OPEN = 1;
const NORMAL_CLOSURE = 1000;

/** Is told what comes in, one thing at a time. */
export interface SocketEvents {
  frame(frame: Frame): void;
  /** The connection is gone; said once. */
  closed(): void;
}

/** As much of the browser's as is needed. */
export type WebSocketConstructor = new (url: string) => WebSocket;

/**
 * One open socket. Frames are JSON objects `{type, payload}`; that one was lost is told by
 * {@link SocketEvents.closed}.
 */
export class Socket {
  readonly #socket: WebSocket;
  readonly #events: SocketEvents;
  #open = true;

  private constructor(socket: WebSocket, events: SocketEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.onmessage = (event: MessageEvent<unknown>) => this.#came(event.data);
    socket.onclose = () => this.#end();
    socket.onerror = () => this.#end();
  }

  /**
   * Opens one. A browser says of a handshake that was refused no more than that it was.
   *
   * @param url such as `wss://chat.example.org/ws`
   * @param calledOff ends the opening, with its reason
   * @throws Unreachable where it can't be opened now
   */
  static open(
    WebSocketOf: WebSocketConstructor,
    url: string,
    ticket: string,
    clock: Pick<Clock, 'after'>,
    events: SocketEvents,
    calledOff?: AbortSignal,
  ): Promise<Socket> {
    const unreachable = () =>
      new Unreachable("The server can't be reached: no socket comes about. Try again later.");
    return new Promise((resolve, reject) => {
      calledOff?.throwIfAborted();
      let socket: WebSocket;
      try {
        socket = new WebSocketOf(`${url}?ticket=${encodeURIComponent(ticket)}`);
      } catch {
        // What the browser says holds the address, and that the ticket.
        throw unreachable();
      }
      const over = () => {
        disarm();
        calledOff?.removeEventListener('abort', callOff);
      };
      const end = (reason: unknown) => {
        over();
        detach(socket);
        socket.close();
        reject(reason);
      };
      const fail = () => end(unreachable());
      const callOff = () => end(calledOff?.reason);
      const disarm = clock.after(LONGEST_OPENING, fail);
      calledOff?.addEventListener('abort', callOff);
      socket.onerror = fail;
      socket.onclose = fail;
      socket.onopen = () => {
        over();
        resolve(new Socket(socket, events));
      };
    });
  }

  get isOpen(): boolean {
    return this.#open && this.#socket.readyState === OPEN;
  }

  /** Asks for an answer, of any kind. */
  ping(): void {
    this.#tell('ping', {});
  }

  /** Tells somebody that the user types, or has stopped. */
  typing(recipientId: string, isTyping: boolean): void {
    this.#tell('typing', { recipient_id: recipientId, is_typing: isTyping });
  }

  /**
   * Tells a message's sender that it was delivered, or read.
   *
   * @param proof base64, for the sender alone to check; absent where it can't be made
   */
  confirm(
    state: 'delivered' | 'read',
    messageId: string,
    senderId: string,
    proof: string | undefined,
  ): void {
    this.#tell(state === 'read' ? 'read_confirmation' : 'delivery_confirmation', {
      message_id: messageId,
      sender_id: senderId,
      ...(proof === undefined ? {} : { proof }),
    });
  }

  /** @param messageIds at most 100; what isn't there any more does no harm */
  acknowledge(messageIds: readonly string[]): void {
    this.#tell('acknowledge', { message_ids: [...messageIds] });
  }

  /**
   * Hands a message to the relay.
   *
   * @param request the send request's JSON
   * @returns false where it doesn't fit into a frame
   */
  send(request: string): boolean {
    const frame = `{"type":"send","payload":${request}}`;
    if (new TextEncoder().encode(frame).length > LARGEST_FRAME) {
      return false;
    }
    this.#sendText(frame);
    return true;
  }

  /** Says goodbye; nothing more is told of this socket. */
  close(): void {
    this.#open = false;
    detach(this.#socket);
    this.#socket.close(NORMAL_CLOSURE);
  }

  #tell<Type extends keyof Frames>(type: Type, payload: Frames[Type]['payload']): void {
    this.#sendText(write({ type, payload }));
  }

  /** A browser drops in silence what is sent over a socket that is closing. */
  #sendText(frame: string): void {
    if (this.isOpen) {
      this.#socket.send(frame);
    } else {
      this.#end();
    }
  }

  /** Frames without a type are the gateway's own: nothing is lost by passing them over. */
  #came(data: unknown): void {
    if (!this.#open || typeof data !== 'string') {
      return;
    }
    if (data.length > LARGEST_INCOMING) {
      this.#end();
      return;
    }
    const frame = objectIn(read(data));
    const type = frame && textIn(frame, 'type');
    if (frame && type !== undefined) {
      this.#events.frame(frameOf(type, objectIn(frame.payload) ?? {}));
    }
  }

  #end(): void {
    if (this.#open) {
      this.close();
      this.#events.closed();
    }
  }
}

function detach(socket: WebSocket): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  // One that is closed while it opens has failed; Node's ends the program where nobody hears that.
  socket.onerror = () => {};
}
