import type { Change, Row } from './store';

/**
 * The step from one version of the schema to the next; the first in the list leads from version 1
 * to 2. New tables and indexes are made of the schema itself and need an empty step, so that the
 * version counts up. What is changed in rows stands here, by table: each of its rows is given once,
 * and what is returned is committed: the row put again where it only has to enter a new index. The
 * row's own key must not change: put it into another table to have another.
 *
 * Steps are never changed once they are released, and a table stays in the schema as long as a
 * step reads it.
 */
export interface Migration {
  readonly rewrite?: Readonly<Record<string, (row: Row) => Change[]>>;
}

/** How far the rows are: the version that all have, and the place within the next step. */
export interface Progress {
  version: number;
  table?: string;
  /** The key of the last row that was rewritten. */
  after?: (number | string)[];
}

/** What the steps are run on. */
export interface Rewritten {
  progress(): Promise<Progress>;
  /** The rows after a key, in its order, each with its key. */
  page(
    table: string,
    after: (number | string)[] | undefined,
    limit: number,
  ): Promise<{ key: (number | string)[]; row: Row }[]>;
  /** The changes, and how far it is, at once. */
  commit(changes: Change[], progress: Progress): Promise<void>;
}

const PAGE = 200;

/** Goes on where a program that was ended in the middle had come to. */
export async function migrate(steps: readonly Migration[], store: Rewritten): Promise<void> {
  let progress = await store.progress();
  for (let version = progress.version; version <= steps.length; version++) {
    for (const [table, change] of tablesOf(steps[version - 1])) {
      if (progress.table !== undefined && table < progress.table) {
        continue;
      }
      progress = await rewrite(store, table, change, {
        version,
        ...(progress.table === table && progress.after && { after: progress.after }),
      });
    }
    progress = { version: version + 1 };
    await store.commit([], progress);
  }
}

async function rewrite(
  store: Rewritten,
  table: string,
  change: (row: Row) => Change[],
  from: Progress,
): Promise<Progress> {
  let progress: Progress = { ...from, table };
  for (;;) {
    const rows = await store.page(table, progress.after, PAGE);
    const last = rows.at(-1);
    if (last === undefined) {
      return progress;
    }
    progress = { version: from.version, table, after: last.key };
    await store.commit(
      rows.flatMap(({ row }) => change(row)),
      progress,
    );
  }
}

/** In the order of their names, by which the progress is kept. */
function tablesOf(step: Migration | undefined): [string, (row: Row) => Change[]][] {
  return Object.entries(step?.rewrite ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}
