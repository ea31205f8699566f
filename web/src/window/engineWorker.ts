import type { ToWorker } from '../worker';
import workerUrl from '../worker?worker&url';
import { scriptUrl } from './trusted';

/**
 * This tab's worker: one of those that may lead. It stands back while the page is frozen or kept
 * for the back button, for what is frozen answers nobody.
 */
export class EngineWorker {
  #worker = start(false);

  constructor() {
    document.addEventListener('freeze', () => this.#tell('resign'));
    document.addEventListener('resume', () => this.#tell('stand'));
    window.addEventListener('pagehide', ({ persisted }) => persisted && this.#tell('resign'));
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#tell('stand'));
  }

  /** Another one in place of this one, that leads at once whoever holds the lock. */
  takeOver(): void {
    this.#worker.terminate();
    this.#worker = start(true);
  }

  #tell(told: ToWorker): void {
    this.#worker.postMessage(told);
  }
}

function start(steal: boolean): Worker {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'quantchat' });
  worker.postMessage(steal ? 'steal' : 'stand');
  return worker;
}
