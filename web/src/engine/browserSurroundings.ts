import { systemClock } from '../protocol/clock';
import { BrowserShelf } from './browserShelf';
import type { Surroundings } from './surroundings';

/** What an engine finds in a browser, in a page or a worker. */
export function browserSurroundings(): Surroundings {
  return {
    clock: systemClock,
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
    fetch: globalThis.fetch.bind(globalThis),
    XMLHttpRequest,
    WebSocket,
    origin: location.origin,
    accounts: () => BrowserShelf.open(),
    batchSize: 100,
    step: () => undefined,
    fault: (failure) => console.error(failure),
  };
}
