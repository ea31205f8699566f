import type { Rest } from '../protocol/rest';
import type { Session } from '../protocol/session';
import type { Store } from '../store/store';
import { Failure } from './failures';
import type { Outgoing, Transfers } from './files/transfers';
import type { Shared } from './parts';
import type { Emit } from './told';

export interface TransfersParts {
  shared: Shared;
  store: Store;
  rest: Rest;
  session: Session;
  fetch: typeof fetch;
  emit: Emit;
  outgoing: Outgoing;
}

/** Messages without files: nothing is sealed, and what others sent is known by name alone. */
export function transfersOf(_parts: TransfersParts): Transfers {
  const refuse = async (): Promise<never> => {
    throw new Failure('files', "This release can't send or fetch files.");
  };
  return {
    seal: refuse,
    drop: async () => undefined,
    sweep: async () => undefined,
    start: () => undefined,
    stop: () => undefined,
    wake: () => undefined,
    open: refuse,
    cancel: refuse,
    added: async () => [],
    shown: async () => [],
    whenUp: async () => [],
    deletion: async () => [],
    deletionOfConversation: async () => [],
    reissued: async () => [],
  };
}
