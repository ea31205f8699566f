import { ServerRefusal, senseless, Unreachable } from './failures';
import { isTrue, type JsonObject, numberIn, objectIn, required, type Schema } from './json';
import { objectOf, type Rest } from './rest';
import type { Session } from './session';

/** No account has a million. */
const MOST_LEFT = 1_000_000;

const NOT_MODIFIED = 304;
const NOT_FOUND = 404;
const CONFLICT = 409;
const UNPROCESSABLE = 422;

/** One-time prekeys that are left; `isLow`: the server wants more. */
export interface Stock {
  left: number;
  isLow: boolean;
}

/** What was handed out, as it came. */
export interface Taken {
  /** Absent where it is the known one. */
  bundle: JsonObject | undefined;
  /** The whole answer: what the prekeys of a batch share is there once. */
  offered: JsonObject;
}

/**
 * The key directory. Nothing that comes from it is believed by itself: signatures are for whoever
 * uses it to verify. Bundles and batches are JSON as the contract has it.
 */
export class KeyDirectory {
  readonly #rest: Rest;
  readonly #session: Session;

  constructor(rest: Rest, session: Session) {
    this.#rest = rest;
    this.#session = session;
  }

  /**
   * Publishes a bundle of one version more than the server's.
   *
   * @returns false where the server's is of another version
   */
  publish(bundle: object): Promise<boolean> {
    return this.#put('PUT', '/keys/bundle', bundle, CONFLICT);
  }

  /**
   * Uploads a batch; the same again changes nothing.
   *
   * @returns false where the server will never take it: it is too old, or from the future
   */
  upload(batch: object): Promise<boolean> {
    return this.#put('POST', '/keys/prekeys', batch, UNPROCESSABLE);
  }

  /** What the server says that it can still hand out of this account's one-time prekeys. */
  async stock(): Promise<Stock> {
    const count = objectOf<Schema<'PrekeyStock'>>(await this.#get('/keys/prekeys/count'));
    const left = required(numberIn(count, 'one_time'));
    if (left < 0 || left > MOST_LEFT) {
      throw senseless();
    }
    return { left, isLow: isTrue(count, 'low') };
  }

  /** Has the server withdraw all of this account's one-time prekeys that nobody has taken. */
  async withdraw(): Promise<void> {
    await this.#session.authorized((bearer) =>
      this.#rest.call('DELETE', '/keys/prekeys', { bearer }),
    );
  }

  /**
   * Somebody's bundle; `undefined` where they have none, or still the one of that version.
   *
   * @param knownVersion 0 for none
   */
  async bundle(userId: string, knownVersion: number): Promise<JsonObject | undefined> {
    const query = knownVersion === 0 ? '' : `?if_version=${knownVersion}`;
    return noneWhereNotFound(async () => {
      const answer = await this.#get(`/keys/${userId}/bundle${query}`);
      return answer.status === NOT_MODIFIED ? undefined : objectOf(answer);
    });
  }

  /**
   * Somebody's bundle and some one-time prekeys of theirs, which nobody else gets; `undefined`
   * where they have no bundle.
   *
   * @param knownVersion of the bundle that is here already, which isn't sent again; 0 for none
   * @throws Unreachable with a time to wait, where too much was asked for; without one, where the
   *     server is older than this program
   */
  async take(userId: string, count: number, knownVersion: number): Promise<Taken | undefined> {
    const known = knownVersion === 0 ? '' : `&if_version=${knownVersion}`;
    return noneWhereNotFound(async () => {
      const offered = objectOf(await this.#get(`/keys/${userId}?take=${count}${known}`));
      requireBatches(offered);
      const bundle = objectIn(offered.bundle);
      if (!bundle && !(knownVersion !== 0 && (offered.bundle ?? null) === null)) {
        throw new Unreachable('The server gives no bundle. Try again later.');
      }
      return { bundle, offered };
    });
  }

  #get(path: string) {
    return this.#session.authorized((bearer) => this.#rest.call('GET', path, { bearer }));
  }

  async #put(
    method: 'PUT' | 'POST',
    path: string,
    body: object,
    refused: number,
  ): Promise<boolean> {
    try {
      await this.#session.authorized((bearer) => this.#rest.call(method, path, { bearer, body }));
      return true;
    } catch (failure) {
      if (failure instanceof ServerRefusal && failure.status === refused) {
        return false;
      }
      throw failure;
    }
  }
}

async function noneWhereNotFound<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof ServerRefusal && failure.status === NOT_FOUND) {
      return undefined;
    }
    throw failure;
  }
}

/** A server of before hands out each prekey with the signatures of its batch. */
function requireBatches(offered: JsonObject): void {
  if (!Array.isArray(offered.batches)) {
    throw new Unreachable(
      'The server is older than this program and hands out keys in a form of before: ask who runs' +
        ' it to update it.',
    );
  }
}
