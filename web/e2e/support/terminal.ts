import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ROOT } from './relay';

const run = promisify(execFile);

/** A line of `chat --json`. */
interface Said {
  event: string;
  text?: string;
  message_id?: string;
  state?: string;
}

/** Somebody at a terminal: the Java client's commands, with a store of their own. */
export class Terminal {
  readonly name: string;
  readonly email: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'quantchat-terminal-'));
  readonly #options: string[];
  #chat: ChildProcess | undefined;
  /** Texts that are in the conversation, whoever wrote them. */
  readonly #shown = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(name: string, url: string) {
    this.name = `${name.toLowerCase()}-${randomBytes(4).toString('hex')}`;
    this.email = `${this.name}@example.org`;
    const secrets = join(this.#folder, 'secrets');
    writeFileSync(secrets, 'a passphrase of theirs\ncorrect horse battery staple\n');
    this.#options = [
      `--server=${url}/api/v1`,
      `--socket-url=${url.replace('http', 'ws')}/ws`,
      `--store=${join(this.#folder, 'store')}`,
      `--secrets-from=${secrets}`,
    ];
  }

  async register(): Promise<void> {
    await this.command('register', this.email);
  }

  async command(...given: string[]): Promise<string> {
    const running = run('./quantchat', [...given, ...this.#options], { cwd: ROOT });
    // `chat` reads what is piped into it: nothing.
    running.child.stdin?.end();
    return (await running).stdout;
  }

  /** Talks with somebody, and learns what was said before. */
  async chat(who: string): Promise<void> {
    const chat = spawn('./quantchat', ['chat', who, '--json', '--history=1000', ...this.#options], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    this.#chat = chat;
    createInterface({ input: chat.stdout }).on('line', (line) => {
      const said: Said = JSON.parse(line);
      if (said.event === 'message' && said.text !== undefined) {
        this.#shown.add(said.text);
      }
      for (const listener of this.#listeners) {
        listener();
      }
    });
    const opened = new Promise<void>((resolve, reject) => {
      createInterface({ input: chat.stdout }).on('line', (line) => {
        if ((JSON.parse(line) as Said).event === 'connection') {
          resolve();
        }
      });
      chat.once('exit', (code) => reject(new Error(`chat ended with ${code}`)));
    });
    // Only a test that is killed on purpose doesn't wait for it.
    opened.catch(() => {});
    await opened;
  }

  say(text: string): void {
    this.#chat?.stdin?.write(`${text}\n`);
  }

  /** Waits until a text is in the conversation here. */
  async has(text: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#shown.has(text)) {
          this.#listeners.delete(look);
          resolve();
        }
      };
      this.#listeners.add(look);
      look();
    });
  }

  isShown(text: string): boolean {
    return this.#shown.has(text);
  }

  /** As `kill -9` does, in the middle of whatever it does. */
  async kill(): Promise<void> {
    const chat = this.#chat;
    this.#chat = undefined;
    if (chat?.pid !== undefined && chat.exitCode === null && chat.signalCode === null) {
      const gone = once(chat, 'exit');
      process.kill(-chat.pid, 'SIGKILL');
      await gone;
    }
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
