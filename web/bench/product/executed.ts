import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from '@playwright/test';
import { WorkerDevtools } from './workerDevtools';

interface Coverage {
  result: {
    url: string;
    functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
  }[];
}

const COUNTED = { callCount: false, detailed: true };

/** Which parts of its scripts a page and its worker have run, as V8 counts it: by functions and branches. */
export class Executed {
  readonly #page: CDPSession;
  readonly #worker: WorkerDevtools;

  private constructor(page: CDPSession, worker: WorkerDevtools) {
    this.#page = page;
    this.#worker = worker;
  }

  /** From the beginning on, of a page that has loaded nothing yet. */
  static async of(page: Page): Promise<Executed> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Profiler.enable');
    await devtools.send('Profiler.startPreciseCoverage', COUNTED);
    const worker = await WorkerDevtools.of(page, true);
    return new Executed(devtools, worker);
  }

  /** Has the worker begin, once it is there. */
  async begin(): Promise<void> {
    await this.#worker.ask('Profiler.enable');
    await this.#worker.ask('Profiler.startPreciseCoverage', COUNTED);
    await this.#worker.ask('Runtime.runIfWaitingForDebugger');
  }

  /**
   * Bytes of gzip that each script would have without what hasn't run, by its path.
   *
   * @param texts of all scripts
   */
  async sizes(texts: ReadonlyMap<string, string>): Promise<Map<string, number>> {
    const taken: Coverage[] = [
      await this.#page.send('Profiler.takePreciseCoverage'),
      await this.#worker.ask<Coverage>('Profiler.takePreciseCoverage'),
    ];
    const sizes = new Map<string, number>();
    for (const { url, functions } of taken.flatMap(({ result }) => result)) {
      const path = URL.canParse(url) ? new URL(url).pathname : '';
      const text = texts.get(path);
      if (text !== undefined) {
        sizes.set(path, gzipSync(runOf(text, functions), { level: 9 }).length);
      }
    }
    return sizes;
  }
}

/** What has run of a script. Of ranges within each other the inner ones count. */
function runOf(text: string, functions: Coverage['result'][number]['functions']): string {
  const hasRun = new Uint8Array(text.length).fill(1);
  const ranges = functions
    .flatMap((it) => it.ranges)
    .sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset);
  for (const { startOffset, endOffset, count } of ranges) {
    hasRun.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  // By UTF-16, as V8 counts.
  return text
    .split('')
    .filter((_, at) => hasRun[at] === 1)
    .join('');
}
