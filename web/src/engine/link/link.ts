import type { Clock } from '../../protocol/clock';
import { LoginRequired, Unreachable } from '../../protocol/failures';
import type { Frame } from '../../protocol/frame';
import { Socket, type SocketEvents } from '../../protocol/socket';
import type { Connection } from '../api';
import type { LinkHandler, LinkOptions } from './linkOptions';
import { Retries } from './retries';

/** A socket that has held so long is one: what ends it is a new trouble. Milliseconds, as all. */
const STEADY = 10_000;

/** Until a frame is answered. */
const LONGEST_ANSWER = 10_000;

/** How often an open socket is tried; the gateway closes one that carries nothing for 10 minutes. */
const HEARTBEAT = 4 * 60_000;

/** How often the clock is looked at. */
const LOOK = 15_000;

/**
 * The clock has gone on by so much more than was waited: the machine slept, and what is open, or
 * waited for, is of before.
 */
const SLEEP = 30_000;

/**
 * Keeps a socket open: opened anew when it is gone, tried now and then, for a dead one doesn't say
 * so. One that is gone before anything has come over it was none: nobody is told that it was open,
 * and nothing is done over it. The tries get rarer until a socket has held for a while.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #clock: Clock;
  readonly #handler: LinkHandler;
  readonly #retries: Retries;

  #current: Socket | undefined;
  #wanted = false;
  /** Of what is told: a thing of an earlier socket, or an earlier try, is passed over. */
  #generation = 0;
  /** Whether something has come over the socket. */
  #answered = false;
  /** Calls off the try that is under way. */
  #try: AbortController | undefined;
  #state: Connection = 'offline';
  /** Until then the server wants to be left alone, by what has passed. */
  #quietUntil = 0;

  #disarmTry = nothing;
  #disarmPong: (() => void) | undefined;
  #disarmBeat = nothing;
  #disarmSteady = nothing;
  #disarmLook = nothing;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#handler = options.handler;
    this.#retries = new Retries(options.random);
  }

  /** The socket, where one carries. */
  get socket(): Socket | undefined {
    return this.#answered && this.#current?.isOpen ? this.#current : undefined;
  }

  get connection(): Connection {
    return this.#state;
  }

  /** Whether there is, or is to be, a socket. */
  get isWanted(): boolean {
    return this.#wanted;
  }

  /** Has a socket from now on. */
  open(): void {
    this.#wanted = true;
    this.#disarmLook();
    this.#lookLater();
    void this.#connect();
  }

  close(): void {
    this.#wanted = false;
    this.#disarmLook();
    this.#drop();
    this.#became('offline');
  }

  /**
   * Tries at once: the window was opened, the network has come or gone. A server that wants to be
   * left alone is.
   */
  wake(): void {
    if (this.#current) {
      this.#ping();
    } else if (this.#clock.elapsed() >= this.#quietUntil) {
      void this.#connect();
    }
  }

  async #connect(): Promise<void> {
    if (!this.#wanted || this.#current || this.#try) {
      return;
    }
    this.#disarmTry();
    const mine = ++this.#generation;
    const calledOff = new AbortController();
    this.#try = calledOff;
    this.#answered = false;
    this.#became('connecting');
    try {
      const socket = await this.#opened(mine, calledOff.signal);
      if (mine === this.#generation) {
        this.#began(socket);
      } else {
        socket.close();
      }
    } catch (failure) {
      if (mine === this.#generation) {
        this.#failed(failure);
      }
    }
  }

  async #opened(mine: number, calledOff: AbortSignal): Promise<Socket> {
    const ticket = await this.#options.ticket();
    const events: SocketEvents = {
      frame: (frame) => this.#came(mine, frame),
      closed: () => this.#lost(mine),
    };
    const { WebSocket, url } = this.#options;
    return Socket.open(WebSocket, url, ticket, this.#clock, events, calledOff);
  }

  #failed(reason: unknown): void {
    this.#try = undefined;
    if (reason instanceof LoginRequired) {
      this.close();
      this.#handler.loginRequired();
      return;
    }
    if (reason instanceof Unreachable) {
      this.#retries.heed(reason);
      this.#quietUntil = this.#clock.elapsed() + (reason.retryAfter ?? 0) * 1000;
    }
    this.#retryLater();
    this.#handler.notOpened(reason);
  }

  #began(socket: Socket): void {
    this.#try = undefined;
    this.#current = socket;
    this.#disarmSteady = this.#clock.after(STEADY, () => {
      if (this.#answered) {
        this.#retries.reset();
      }
    });
    this.#ping();
    this.#beatLater();
  }

  #retryLater(): void {
    this.#became('offline');
    this.#disarmTry();
    this.#disarmTry = this.#clock.after(this.#retries.next(), () => void this.#connect());
  }

  #drop(): void {
    this.#generation++;
    this.#try?.abort();
    this.#try = undefined;
    this.#disarmTry();
    this.#disarmPong?.();
    this.#disarmPong = undefined;
    this.#disarmBeat();
    this.#disarmSteady();
    this.#current?.close();
    this.#current = undefined;
  }

  #lost(which: number): void {
    if (which !== this.#generation) {
      return;
    }
    const carried = this.#answered;
    this.#drop();
    this.#retryLater();
    if (carried) {
      this.#handler.lost();
    } else {
      this.#handler.notOpened(
        new Unreachable('The server opens sockets, but nothing comes over them. Try again later.'),
      );
    }
  }

  #beatLater(): void {
    this.#disarmBeat = this.#clock.after(HEARTBEAT, () => {
      this.#beatLater();
      this.#ping();
      if (this.socket) {
        this.#handler.beat();
      }
    });
  }

  /** Asks for an answer; without one in time to what was asked first, the socket is dead. */
  #ping(): void {
    const which = this.#generation;
    this.#disarmPong ??= this.#clock.after(LONGEST_ANSWER, () => this.#lost(which));
    this.#current?.ping();
  }

  #lookLater(): void {
    const due = this.#clock.now() + LOOK;
    this.#disarmLook = this.#clock.after(LOOK, () => {
      this.#lookLater();
      if (this.#clock.now() > due + SLEEP) {
        this.wake();
      }
    });
  }

  #came(which: number, frame: Frame): void {
    this.#disarmPong?.();
    this.#disarmPong = undefined;
    if (!this.#answered) {
      this.#answered = true;
      this.#became('online');
      this.#handler.opened();
    }
    // What was told may have had it closed.
    if (which === this.#generation) {
      this.#handler.frame(frame);
    }
  }

  #became(state: Connection): void {
    if (state !== this.#state) {
      this.#state = state;
      this.#handler.connection(state);
    }
  }
}

function nothing(): void {}
