import { Rest } from '../rest';
import { ServerTime } from '../serverTime';
import { Session, type Tokens } from '../session';
import { FakeClock } from './fakeClock';
import { type Reply, ScriptedFetch } from './scriptedFetch';

export const BASE = 'https://relay.example.org/api/v1';

/** Somebody with a session that is good, at a scripted server. */
export function signedIn(...replies: Reply[]) {
  const clock = new FakeClock();
  const server = new ScriptedFetch(BASE).add(...replies);
  const time = new ServerTime(clock);
  const rest = new Rest(BASE, server.fetch, clock, time);
  let tokens: Tokens | undefined = {
    access: 'access-1',
    refresh: 'refresh-1',
    expires: clock.now() + 900_000,
  };
  const session = new Session(
    rest,
    {
      tokens: async () => tokens,
      keep: async (next) => {
        tokens = next;
      },
      forget: async () => {
        tokens = undefined;
      },
    },
    clock,
  );
  return { clock, server, time, rest, session };
}
