import { BatchStatement } from './batchStatement';
import type { JsonObject } from './json';
import { OfferedPrekey, pathSize } from './offeredPrekey';
import { require } from './refused';
import { readSignatures, signatureToMap } from './signature';
import { WireFields } from './wireFields';

/**
 * One-time prekeys of one account as they are handed out together: what those of one batch share,
 * its statement and signatures, once; of a path only what isn't in that of the prekey before.
 */
export class OfferedPrekeys {
  /** As many are handed out at once. */
  static readonly MOST = 5;

  readonly userId: string;
  /** In the order in which they are to be used. */
  readonly all: readonly OfferedPrekey[];

  constructor(userId: string, all: readonly OfferedPrekey[]) {
    this.userId = userId;
    this.all = all;
  }

  /** As they go out. */
  toMap(): Record<string, unknown> {
    const batches: Record<string, unknown>[] = [];
    const known: string[] = [];
    const prekeys: Record<string, unknown>[] = [];
    let before: { batch: number; index: number } | undefined;
    for (const offered of this.all) {
      const shared = sharedMap(offered);
      let batch = known.indexOf(JSON.stringify(shared));
      if (batch < 0) {
        batch = known.push(JSON.stringify(shared)) - 1;
        batches.push(shared);
      }
      const last = before?.batch === batch ? before.index : undefined;
      const size = pathSize(last, offered.index, offered.path.length);
      prekeys.push({ batch, ...offered.ownMap(size) });
      before = { batch, index: offered.index };
    }
    return { user_id: this.userId, batches, one_time_prekeys: prekeys };
  }

  /**
   * Reads what was handed out, and checks of it all but proofs and signatures. A batch of which
   * there is no prekey is passed over.
   *
   * @throws {Refused} what is wrong with it; MALFORMED for a prekey of no batch here
   */
  static fromMap(map: JsonObject): OfferedPrekeys {
    const fields = new WireFields(map);
    const userId = fields.id('user_id');
    const batches = fields.objects('batches', OfferedPrekeys.MOST).map((batch) => ({
      statement: BatchStatement.from(batch, userId),
      signatures: readSignatures(batch, 'signatures'),
    }));
    const all: OfferedPrekey[] = [];
    let placeBefore = -1;
    for (const prekey of fields.objects('one_time_prekeys', OfferedPrekeys.MOST)) {
      const place = prekey.number('batch');
      const batch = batches[place];
      require(batch !== undefined, 'MALFORMED', prekey.pathOf('batch'));
      const before = place === placeBefore ? all.at(-1) : undefined;
      all.push(OfferedPrekey.from(prekey, batch.statement, batch.signatures, before));
      placeBefore = place;
    }
    return new OfferedPrekeys(userId, all);
  }
}

function sharedMap(offered: OfferedPrekey): Record<string, unknown> {
  return { ...offered.batch.toMap(), signatures: offered.signatures.map(signatureToMap) };
}
