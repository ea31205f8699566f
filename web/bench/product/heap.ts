import type { CDPSession, Page } from '@playwright/test';

interface FromTarget {
  sessionId: string;
  message: string;
}

/** What a page's scripts and its worker's still hold once all that they don't is collected. */
export class Heaps {
  readonly #devtools: CDPSession;
  readonly #worker: string;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #last = 0;

  private constructor(devtools: CDPSession, worker: string) {
    this.#devtools = devtools;
    this.#worker = worker;
    devtools.on('Target.receivedMessageFromTarget', ({ message }: FromTarget) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
      this.#waiting.get(id ?? 0)?.(result);
    });
  }

  /** Of a page that has one worker. */
  static async of(page: Page): Promise<Heaps> {
    const devtools = await page.context().newCDPSession(page);
    const attached = new Promise<string>((resolve) => {
      devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (targetInfo.type === 'worker') {
          resolve(sessionId);
        }
      });
    });
    const how = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await devtools.send('Target.setAutoAttach', how);
    return new Heaps(devtools, await attached);
  }

  /** Bytes. */
  async inUse(): Promise<{ page: number; worker: number }> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#devtools.send('Runtime.getHeapUsage');
    await this.#ask('HeapProfiler.collectGarbage');
    const worker = (await this.#ask('Runtime.getHeapUsage')) as { usedSize: number };
    return { page: usedSize, worker: worker.usedSize };
  }

  async #ask(method: string): Promise<unknown> {
    this.#last++;
    const id = this.#last;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    await this.#devtools.send('Target.sendMessageToTarget', {
      sessionId: this.#worker,
      message: JSON.stringify({ id, method }),
    });
    return answer;
  }
}
