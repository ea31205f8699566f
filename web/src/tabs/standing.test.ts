import { describe, expect, it } from 'vitest';
import { lead } from './leading';
import { stand } from './standing';
import { FakeBus, FakeLocks } from './testing/fakeTabs';

const locks = new FakeLocks();
const bus = new FakeBus();

/** A tab's worker, whose engine says when it runs. */
function worker(name: string, steal = false) {
  const end = new AbortController();
  const states: string[] = [];
  let lives = 0;
  const over = stand(
    (stealing) =>
      lead(
        {
          locks: locks.of(name),
          channel: bus.open(name),
          id: `${name}-${++lives}`,
          start: async () => {
            states.push('started');
            return { chat: {} as never, stop: async () => void states.push('stopped') };
          },
          steal: stealing,
        },
        end.signal,
      ),
    steal,
    end.signal,
  );
  return { states, end, over };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a candidate', () => {
  it('whose lock was stolen follows the thief', async () => {
    const slow = worker('slow');
    await settled();
    const thief = worker('thief', true);
    await settled();
    expect(slow.states).toEqual(['started', 'stopped']);
    expect(locks.holder).toBe('thief');

    thief.end.abort();
    await thief.over;
    await settled();
    expect(locks.holder).toBe('slow');
    expect(slow.states).toEqual(['started', 'stopped', 'started']);

    slow.end.abort();
    await slow.over;
    expect(slow.states.at(-1)).toBe('stopped');
    expect(locks.holder).toBeUndefined();
  });
});
