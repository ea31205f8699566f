import type { CDPSession, Page } from '@playwright/test';
import { WorkerDevtools } from './workerDevtools';

/** What a page's scripts and its worker's still hold once all that they don't is collected. */
export class Heaps {
  readonly #page: CDPSession;
  readonly #worker: WorkerDevtools;

  private constructor(page: CDPSession, worker: WorkerDevtools) {
    this.#page = page;
    this.#worker = worker;
  }

  /** Of a page that has one worker. */
  static async of(page: Page): Promise<Heaps> {
    return new Heaps(await page.context().newCDPSession(page), await WorkerDevtools.of(page));
  }

  /** Bytes. */
  async inUse(): Promise<{ page: number; worker: number }> {
    await this.#page.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#page.send('Runtime.getHeapUsage');
    await this.#worker.ask('HeapProfiler.collectGarbage');
    const worker = await this.#worker.ask<{ usedSize: number }>('Runtime.getHeapUsage');
    return { page: usedSize, worker: worker.usedSize };
  }
}
