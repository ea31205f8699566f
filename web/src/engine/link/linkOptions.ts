import type { Clock } from '../../protocol/clock';
import type { Frame } from '../../protocol/frame';
import type { WebSocketConstructor } from '../../protocol/socket';
import type { Connection } from '../api';

/** Does what is to be done about a socket. Nothing here may be waited for: it is told, no more. */
export interface LinkHandler {
  connection(state: Connection): void;
  /** There is a socket, and it carries: catch up. */
  opened(): void;
  /** There is none yet, or still none. */
  notOpened(reason: unknown): void;
  frame(frame: Frame): void;
  /** The socket was tried: a good time for upkeep. */
  beat(): void;
  lost(): void;
  /** The session has ended; no more tries until {@link Link.open}. */
  loginRequired(): void;
}

export interface LinkOptions {
  WebSocket: WebSocketConstructor;
  /** Such as `wss://chat.example.org/ws`. */
  url: string;
  /** Of `POST /auth/socket-ticket`. */
  ticket: () => Promise<string>;
  clock: Clock;
  /** From 0 to 1, without 1. */
  random: () => number;
  handler: LinkHandler;
}
