import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, type ConsoleMessage, type Page } from '@playwright/test';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A whole QuantChat on a port of its own, as `./quantchat up` runs it. */
export class Relay {
  readonly #running: string | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'quantchat-e2e-'));
  #process: ChildProcess | undefined;
  #port = 0;

  /** @param running one that runs already, is asked as it is, and can't be killed */
  constructor(running?: string) {
    this.#running = running;
  }

  get url(): string {
    return this.#running ?? `http://localhost:${this.#port}`;
  }

  /** On the port that it had, with what it had stored. */
  async start(): Promise<void> {
    if (this.#running !== undefined) {
      return;
    }
    const started = spawn(
      './quantchat',
      [
        'up',
        ...['--port', String(this.#port), '--data', this.#folder],
        ...['--parameter', 'RateLimits=false'],
      ],
      // A group of its own: the script's Java ends with it.
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
    );
    this.#process = started;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      started.stdout?.on('data', (more) => {
        said += String(more);
        const port = /REST http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
        if (port !== undefined) {
          this.#port = Number(port);
          resolve();
        }
      });
      started.once('exit', (code) => reject(new Error(`The relay ended with ${code}: ${said}`)));
    });
  }

  /** The code of the newest mail to an address about something; waits until it is there. */
  async code(email: string, subject: RegExp): Promise<string> {
    let found: string | undefined;
    await expect
      .poll(() => {
        found = this.#mails(email, subject).at(-1);
        return found;
      })
      .toBeDefined();
    const code = /^ {4}([0-9A-Z]{5}-[0-9A-Z]{5})$/m.exec(found ?? '')?.[1];
    if (code === undefined) {
      throw new Error(`There is no code in ${found}`);
    }
    return code;
  }

  /** In the order in which they were sent, as their names begin with the time. */
  #mails(email: string, subject: RegExp): string[] {
    const folder = process.env.QUANTCHAT_MAILS ?? join(this.#folder, 'mail');
    return readdirSync(folder)
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .filter((mail) => {
        const head = mail.slice(0, mail.indexOf('\n\n'));
        return (
          head.includes(`To: ${email}`) && subject.test(/^Subject: (.*)$/m.exec(head)?.[1] ?? '')
        );
      });
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process?.pid !== undefined && process.exitCode === null) {
      const gone = once(process, 'exit');
      globalThis.process.kill(-process.pid, 'SIGKILL');
      await gone;
    }
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Fixtures {
  /** Ends the browsers of a test with it: those that it made itself would go on beside all that follow. */
  ended: undefined;
  /** Fails a test in which a page breaks the CSP, throws, or asks another server for anything. */
  watch(page: Page): void;
}

export const test = base.extend<Fixtures, { relay: Relay }>({
  relay: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it.
    async ({}, use) => {
      // One that runs already saves its start; `QUANTCHAT_MAILS` is where its mails land.
      const relay = new Relay(process.env.QUANTCHAT_RELAY);
      await relay.start();
      await use(relay);
      await relay.end();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  ended: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it.
  watch: async ({}, use) => {
    const faults: string[] = [];
    await use((page) => {
      page.on('pageerror', (fault) => faults.push(`thrown: ${fault.message}`));
      page.on('console', (message) => {
        if (isViolation(message)) {
          faults.push(message.text());
        }
      });
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        // Where the test itself goes is no fault of the page.
        const isOwn = request.isNavigationRequest() || origin === originOf(page);
        if (protocol.startsWith('http') && !isOwn) {
          faults.push(`asked elsewhere: ${request.url()}`);
        }
      });
    });
    base.expect(faults).toEqual([]);
  },
});

export const expect = base.expect;

function originOf(page: Page): string {
  return page.url().startsWith('http') ? new URL(page.url()).origin : '';
}

function isViolation(message: ConsoleMessage): boolean {
  return /Content Security Policy|Trusted ?Type/i.test(message.text());
}
