import type { CDPSession, Page } from '@playwright/test';

interface FromTarget {
  sessionId: string;
  message: string;
}

/** The developer tools of a page's worker, which Playwright doesn't give. */
export class WorkerDevtools {
  readonly #page: CDPSession;
  readonly #worker: Promise<string>;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #last = 0;

  private constructor(page: CDPSession) {
    this.#page = page;
    this.#worker = new Promise((resolve) => {
      page.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (targetInfo.type === 'worker') {
          resolve(sessionId);
        }
      });
    });
    page.on('Target.receivedMessageFromTarget', ({ message }: FromTarget) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
      this.#waiting.get(id ?? 0)?.(result);
    });
  }

  /**
   * Of the one worker that a page has, or will have.
   *
   * @param held a worker that is still to come does nothing before it is asked to
   */
  static async of(page: Page, held = false): Promise<WorkerDevtools> {
    const devtools = await page.context().newCDPSession(page);
    const worker = new WorkerDevtools(devtools);
    const how = { autoAttach: true, waitForDebuggerOnStart: held, flatten: false };
    await devtools.send('Target.setAutoAttach', how);
    return worker;
  }

  /** Once there is a worker. */
  async ask<T>(method: string, params: object = {}): Promise<T> {
    const sessionId = await this.#worker;
    this.#last++;
    const id = this.#last;
    const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.#page.send('Target.sendMessageToTarget', { sessionId, message });
    return (await answer) as T;
  }
}
