/**
 * The server has understood the request and won't do it; asking again is of no use, or not before
 * a while has passed. `message` is the server's words, for a person to act on.
 */
export class ServerRefusal extends Error {
  override name = 'ServerRefusal';
  /** Of HTTP, 400 to 499. */
  readonly status: number;
  /** The server's word for programs; empty where there is none. */
  readonly code: string;
  /** Seconds after which the same may be taken; absent where that isn't said. */
  readonly retryAfter: number | undefined;

  constructor(status: number, detail: string, code = '', retryAfter?: number) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether it would be taken once the clock here is right, and it is made anew. */
  get isForTheClock(): boolean {
    return this.code === CLOCK;
  }

  /** Whether it stands for one recipient, and passes: others may be written to. */
  get isOfTheRecipient(): boolean {
    return isOfTheRecipient(this.code);
  }
}

/** No answer, or one that says to come back later. What was asked may have been done. */
export class Unreachable extends Error {
  override name = 'Unreachable';
  /** Seconds that the server wants to be left alone for, at most a day; absent where it doesn't say. */
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** There is no session, or it has ended: the password is needed again. */
export class LoginRequired extends Error {
  override name = 'LoginRequired';

  constructor() {
    super('Your session has ended. Sign in again.');
  }
}

/** A text holds half of a character, which no other program could read as it was written. */
export class BrokenText extends Error {
  override name = 'BrokenText';

  constructor() {
    super('This text holds half of a character. Type it again, or leave that character out.');
  }
}

/** What the server calls a refusal for nothing but a time that is too far from its own. */
const CLOCK = 'clock';

const OF_THE_RECIPIENT: ReadonlySet<string> = new Set(['stranger_allowance', 'inbox_full']);

export function isOfTheRecipient(code: string): boolean {
  return OF_THE_RECIPIENT.has(code);
}

/** An answer that the contract doesn't allow: the server is out of order, or it isn't the server. */
export function senseless(): Unreachable {
  return new Unreachable("The server's answer makes no sense. Try again later.");
}
