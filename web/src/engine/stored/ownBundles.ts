import { Bundle, type JsonObject, SignedBundle } from '../../crypto';
import type { Reads, Transaction } from '../transaction';
import { Table } from './table';

interface BundleRow {
  version: number;
  expires: number;
  published: boolean;
  bundle: JsonObject;
}

/** The newest ones stay: the next one goes on from there. */
const LEAST_KEPT = 8;

const table = new Table<BundleRow>('own_bundles');

/** The account's own bundles: the newest, and those before it that messages may still name. */
export class OwnBundleStore {
  /** As they were read, by version; with the text that they were read from. */
  readonly #read = new Map<number, { text: string; signed: SignedBundle }>();

  #signed(row: BundleRow): SignedBundle {
    const text = JSON.stringify(row.bundle);
    const before = this.#read.get(row.version);
    if (before?.text === text) {
      return before.signed;
    }
    const signed = SignedBundle.fromMap(row.bundle);
    this.#read.set(row.version, { text, signed });
    return signed;
  }

  /** Keeps a bundle, unpublished, in the place of one of its version. */
  keep(transaction: Transaction, signed: SignedBundle): void {
    table.put(transaction, {
      version: signed.bundle.version,
      expires: signed.bundle.expires,
      published: false,
      bundle: signed.toMap(),
    });
  }

  async published(transaction: Transaction, version: number): Promise<void> {
    const row = await table.get(transaction, version);
    if (row) {
      table.put(transaction, { ...row, published: true });
    }
  }

  async isPublished(reads: Reads, version: number): Promise<boolean> {
    return (await table.get(reads, version))?.published ?? false;
  }

  /** The newest, published or not; one of a version out of reach only where there is no other. */
  async latest(reads: Reads): Promise<SignedBundle | undefined> {
    const row = (await newestFirst(reads))[0];
    return row && this.#signed(row);
  }

  /** The highest version that others may have seen; 0 where there is none. */
  async highestPublished(reads: Reads): Promise<number> {
    const rows = await newestFirst(reads);
    return rows.find((row) => row.published && isWithinReach(row))?.version ?? 0;
  }

  /** Lets go of those that nobody has seen, above a version. */
  async dropUnpublishedAbove(transaction: Transaction, version: number): Promise<void> {
    for (const row of await newestFirst(transaction)) {
      if (!row.published && row.version > version && isWithinReach(row)) {
        table.delete(transaction, row.version);
      }
    }
  }

  /** The one of that version, if a message may still name it. */
  async find(reads: Reads, version: number): Promise<SignedBundle | undefined> {
    const row = await table.get(reads, version);
    return row && this.#signed(row);
  }

  /** None expires later than then: a clock that was wrong once doesn't keep one for ever. */
  async limitTo(transaction: Transaction, then: number): Promise<void> {
    for (const row of await table.list(transaction)) {
      if (row.expires > then) {
        table.put(transaction, { ...row, expires: then });
      }
    }
  }

  /**
   * Bundles that had expired by then, but for the newest ones: what a clock that was wrong once
   * takes for expired may be what a message names.
   */
  async forgetBefore(transaction: Transaction, then: number): Promise<void> {
    for (const row of (await newestFirst(transaction)).slice(LEAST_KEPT)) {
      if (row.expires < then) {
        table.delete(transaction, row.version);
      }
    }
  }
}

function isWithinReach(row: BundleRow): boolean {
  return row.version <= Bundle.HIGHEST_VERSION;
}

/** Those out of reach come last. */
async function newestFirst(reads: Reads): Promise<BundleRow[]> {
  const rows = await table.list(reads, { descending: true });
  return [...rows.filter(isWithinReach), ...rows.filter((row) => !isWithinReach(row))];
}
