import {
  type Bundle,
  type Identity,
  type JsonObject,
  OfferedPrekey,
  Peer,
  SignedBundle,
  Suite,
} from '../../crypto';
import { fingerprintOf } from '../fingerprint';
import type { Reads, Transaction } from '../transaction';
import { arrange } from './conversations';
import { nextInSequence } from './state';
import { Table } from './table';

interface PeerRow {
  userId: string;
  /** When the server was last asked for a newer bundle. */
  checked: number;
  /** Another number once something of the peer has changed. */
  revision: number;
  bundle: JsonObject;
  floor: string;
  floorVersion: number;
  changed?: JsonObject;
}

/** Somebody who is known. */
export interface Known {
  peer: Peer;
  checked: number;
  revision: number;
}

/** The version of the newest bundle that was seen of an identity. */
export interface Seen {
  fingerprint: string;
  userId: string;
  version: number;
}

interface PrekeyRow {
  keyId: string;
  /** Whose it is, while it may be used. */
  unspentOf?: string;
  seq: number;
  offered: number;
  offer?: JsonObject;
}

const table = new Table<PeerRow>('peers');
const identities = new Table<Seen>('identities');
const prekeys = new Table<PrekeyRow>('prekeys');

/** To read a bundle takes as long as to open a message: so many are kept as they were read. */
const MOST_READ = 500;

/** Pins: who people are, what strength was had with them, and one-time prekeys of theirs. */
export class PeerStore {
  readonly #read = new Map<string, { revision: number; peer: Peer }>();

  async find(reads: Reads, userId: string): Promise<Known | undefined> {
    const row = await table.get(reads, userId);
    return row && { peer: this.#peer(row), checked: row.checked, revision: row.revision };
  }

  #peer(row: PeerRow): Peer {
    const before = this.#read.get(row.userId);
    if (before?.revision === row.revision) {
      return before.peer;
    }
    const peer = new Peer({
      userId: row.userId,
      bundle: SignedBundle.fromMap(row.bundle),
      floor: Suite.named(row.floor),
      floorVersion: row.floorVersion,
      changed: row.changed && SignedBundle.fromMap(row.changed),
    });
    this.#hold(row.revision, peer);
    return peer;
  }

  #hold(revision: number, peer: Peer): void {
    if (this.#read.size >= MOST_READ) {
      this.#read.clear();
    }
    this.#read.set(peer.userId, { revision, peer });
  }

  /** Everybody who is known. */
  async all(reads: Reads): Promise<Peer[]> {
    return (await table.list(reads)).map((row) => this.#peer(row));
  }

  /** Keeps a peer of an account file, unless they are known; gives whether they weren't. */
  async bring(transaction: Transaction, peer: Peer): Promise<boolean> {
    if (await table.get(transaction, peer.userId)) {
      return false;
    }
    await this.keep(transaction, peer);
    return true;
  }

  /** The newest versions of all identities that were seen. */
  seen(reads: Reads): Promise<Seen[]> {
    return identities.list(reads);
  }

  /** Remembers a version, unless a newer one was seen. */
  async bringSeen(transaction: Transaction, seen: Seen): Promise<void> {
    const before = await identities.get(transaction, seen.fingerprint);
    if (!before || before.version < seen.version) {
      identities.put(transaction, seen);
    }
  }

  /** A name of all that is kept of somebody: another one once something has changed. */
  async revision(reads: Reads, userId: string): Promise<string> {
    return (await table.get(reads, userId))?.revision.toString() ?? '';
  }

  /** Keeps a peer, and what the list shows of them; when the server was last asked stays. */
  async keep(transaction: Transaction, peer: Peer): Promise<void> {
    const before = await table.get(transaction, peer.userId);
    if (before && this.#isUnchanged(before, peer)) {
      return;
    }
    const { revision: _, ...rest } = before ?? { checked: 0, revision: 0 };
    const after = {
      userId: peer.userId,
      checked: rest.checked,
      bundle: peer.bundle.toMap(),
      floor: peer.floor.version,
      floorVersion: peer.floorVersion,
      ...(peer.changed ? { changed: peer.changed.toMap() } : {}),
    };
    if (before && isSame(rest, after)) {
      return;
    }
    // A number that was never had before: also not in a transaction that was given up.
    const revision = await nextInSequence(transaction);
    table.put(transaction, { ...after, revision });
    this.#hold(revision, peer);
    await arrange(transaction, peer.userId, {
      identityChanged: peer.changed !== undefined,
      downgraded: isDowngraded(peer),
    });
  }

  /** Most messages change nothing of a peer, and to write one down takes long. */
  #isUnchanged({ userId, revision }: PeerRow, peer: Peer): boolean {
    const known = this.#read.get(userId);
    return (
      known?.revision === revision &&
      known.peer.bundle === peer.bundle &&
      known.peer.changed === peer.changed &&
      known.peer.floor === peer.floor &&
      known.peer.floorVersion === peer.floorVersion
    );
  }

  /** The server was asked for a newer bundle. */
  async checked(transaction: Transaction, userId: string, when: number): Promise<void> {
    const row = await table.get(transaction, userId);
    if (row) {
      table.put(transaction, { ...row, checked: when });
    }
  }

  /** Remembers the version of an identity's newest bundle, whatever becomes of who they are. */
  saw(transaction: Transaction, bundle: Bundle): void {
    identities.put(transaction, {
      fingerprint: fingerprintOf(bundle.identity),
      userId: bundle.userId,
      version: bundle.version,
    });
  }

  /** The version of the newest bundle that was seen of an identity. */
  async newestSeen(reads: Reads, identity: Identity): Promise<number | undefined> {
    return (await identities.get(reads, fingerprintOf(identity)))?.version;
  }

  /** Keeps a one-time prekey that the server handed out; one that was seen before isn't kept. */
  async offer(
    transaction: Transaction,
    userId: string,
    offered: OfferedPrekey,
    now: number,
  ): Promise<void> {
    const keyId = offered.prekey.id;
    if (!(await prekeys.get(transaction, keyId))) {
      prekeys.put(transaction, {
        keyId,
        unspentOf: userId,
        seq: await nextInSequence(transaction),
        offered: now,
        offer: offered.toMap(),
      });
    }
  }

  /** A one-time prekey that was handed out since then and wasn't used yet. */
  async nextPrekey(
    reads: Reads,
    userId: string,
    since: number,
  ): Promise<OfferedPrekey | undefined> {
    const rows = await prekeys.list(reads, { index: 'unspent', prefix: [userId] });
    const next = rows.find(({ offered }) => offered >= since);
    return next?.offer && OfferedPrekey.fromMap(next.offer);
  }

  /** The prekey was used, or is no good: it isn't taken again, whoever hands it out. */
  async spend(transaction: Transaction, keyId: string): Promise<void> {
    const row = await prekeys.get(transaction, keyId);
    if (row) {
      spent(transaction, row);
    }
  }

  async isSpent(reads: Reads, keyId: string): Promise<boolean> {
    const row = await prekeys.get(reads, keyId);
    return row !== undefined && row.unspentOf === undefined;
  }

  /** Those of an identity that is no longer theirs; or all that are left of everybody's. */
  async dropPrekeys(transaction: Transaction, userId?: string): Promise<void> {
    const prefix = userId === undefined ? [] : [userId];
    for (const row of await prekeys.list(transaction, { index: 'unspent', prefix })) {
      spent(transaction, row);
    }
  }
}

function spent(transaction: Transaction, row: PrekeyRow): void {
  const { unspentOf: _, offer: __, ...rest } = row;
  prekeys.put(transaction, rest);
}

function isSame(one: object, other: object): boolean {
  const text = (value: object) => JSON.stringify(Object.entries(value).sort());
  return text(one) === text(other);
}

/** Whether a person's consent is needed before anything goes to them. */
function isDowngraded(peer: Peer): boolean {
  const best = Suite.strongestOf(peer.bundle.bundle.capabilities);
  return best?.isWeakerThan(peer.floor) ?? false;
}

/** The peer once a message in that suite has gone to them, or come from them. */
export function havingUsed(peer: Peer, suite: Suite): Peer {
  return suite.isWeakerThan(peer.floor)
    ? peer
    : new Peer({
        userId: peer.userId,
        bundle: peer.bundle,
        floor: suite,
        floorVersion: peer.bundle.bundle.version,
        changed: peer.changed,
      });
}
