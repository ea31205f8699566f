import { browserSurroundings } from './engine/browserSurroundings';
import { openEngine } from './engine/engine';
import { type Candidate, lead } from './tabs/leading';
import { stand } from './tabs/standing';
import { CHANNEL, type Channel } from './tabs/wire';

/** What a tab says to its worker: be ready to lead, lead at once, let others lead. */
export type ToWorker = 'stand' | 'steal' | 'resign';

let standing: AbortController | undefined;
/** What goes on of an earlier candidacy: one worker runs one engine. */
let over: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data === 'resign') {
    standing?.abort();
    standing = undefined;
  } else if (standing === undefined) {
    const candidacy = new AbortController();
    standing = candidacy;
    const next = () =>
      stand((steal) => candidate(candidacy.signal, steal), data === 'steal', candidacy.signal);
    // Whether or not the one before could start its engine.
    over = over.then(next, next);
  }
});

async function candidate(signal: AbortSignal, steal: boolean): Promise<void> {
  // A channel of its own for each candidacy: a former one's listeners are gone with it.
  const channel = new BroadcastChannel(CHANNEL) as unknown as Channel;
  try {
    const start: Candidate['start'] = (emit) => openEngine(browserSurroundings(), emit);
    await lead({ locks: navigator.locks, channel, id: crypto.randomUUID(), start, steal }, signal);
  } finally {
    channel.close();
  }
}
