import { type Block, newestFirst, type Position } from './block';
import type { BlockEntry, Directory } from './directory';
import type { FindOptions, Found, SearchText } from './types';

/** Before the newest message. */
export const START: Position = { time: Number.POSITIVE_INFINITY, id: '' };

/** After every id. */
const LAST_ID = '\uffff';

/** How many blocks are opened at once at the most; the first answer waits for fewer. */
const MOST_AT_ONCE = 16;

export interface Finding {
  words: readonly string[];
  /** Only older ones are found. */
  after: Position;
  options: FindOptions;
  tail: ReadonlyMap<string, SearchText>;
  directory: Directory;
  /** `undefined` where one of them isn't there any more. */
  load(entries: readonly BlockEntry[]): Promise<Block[] | undefined>;
  isLate(): boolean;
}

/** @throws SyntaxError for what no answer had as its `next` */
export function positionOf(next: string): Position {
  const [, time, id = ''] = /^(-?[0-9.e+-]+|Infinity):(.*)$/su.exec(next) ?? [];
  if (time === undefined || Number.isNaN(Number(time))) {
    throw new SyntaxError('This is not where a search goes on.');
  }
  return { time: Number(time), id };
}

/**
 * Goes through the blocks from the one with the newest message on. What is newer than all that
 * wasn't looked at yet is sure to be in its place and can be told.
 */
export async function findIn(finding: Finding): Promise<Found | 'changed'> {
  const { after, options, directory } = finding;
  const hits = tailHits(finding);
  const entries = directory.blocks.filter((it) => it.oldest <= after.time);
  let looked = 0;
  let atOnce = 2;
  let ahead: Promise<Block[] | undefined> | undefined;
  while (looked < entries.length) {
    const horizon = entries[looked]?.newest ?? 0;
    const isFurther = horizon < after.time;
    const told = hits.filter((it) => it.time > horizon).length;
    if (told > options.limit || (looked > 0 && isFurther && finding.isLate())) {
      break;
    }
    const blocks = await (ahead ?? finding.load(entries.slice(looked, looked + atOnce)));
    if (blocks === undefined) {
      return 'changed';
    }
    // The next ones are read and opened by other threads while these are looked through.
    const next = looked + blocks.length;
    atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
    ahead = looked > 0 ? finding.load(entries.slice(next, next + atOnce)) : undefined;
    // Whoever waits for it hears of its failure.
    ahead?.catch(() => {});
    for (const block of blocks) {
      hits.push(...blockHits(finding, block));
    }
    looked = next;
  }
  return answer(finding, hits, entries[looked]?.newest);
}

function tailHits({ words, after, options, tail }: Finding): Position[] {
  const { contactId } = options;
  return [...tail.values()].filter(
    (it) =>
      (contactId === undefined || it.contactId === contactId) &&
      newestFirst(after, it) < 0 &&
      words.every((word) => it.text.includes(word)),
  );
}

/** One more than the limit: then it is known that there are more. */
function blockHits({ words, after, options, tail }: Finding, block: Block): Position[] {
  const hits: Position[] = [];
  for (const hit of block.find(words, options.contactId, after)) {
    if (!tail.has(hit.id)) {
      hits.push(hit);
      if (hits.length > options.limit) {
        break;
      }
    }
  }
  return hits;
}

/** @param horizon the time of the newest message that wasn't looked at, if there is one */
function answer(finding: Finding, hits: Position[], horizon: number | undefined): Found {
  const { limit } = finding.options;
  const sure = hits
    .filter((it) => horizon === undefined || it.time > horizon)
    .sort(newestFirst)
    .filter((it, at, all) => it.id !== all[at - 1]?.id);
  const told = sure.slice(0, limit);
  const ids = told.map((it) => it.id);
  const last = told.at(-1);
  if (sure.length > limit && last) {
    return { ids, next: `${last.time}:${last.id}`, progress: progressOf(finding, last.time) };
  }
  if (horizon !== undefined) {
    return { ids, next: `${horizon}:${LAST_ID}`, progress: progressOf(finding, horizon) };
  }
  return { ids, progress: 1 };
}

/** Of all messages, those in blocks that only have newer ones than that. */
function progressOf({ directory, tail }: Finding, time: number): number {
  const passed = directory.blocks.filter((it) => it.oldest > time);
  const count = (blocks: BlockEntry[]) => blocks.reduce((sum, it) => sum + it.count, tail.size);
  return count(passed) / Math.max(1, count(directory.blocks));
}
