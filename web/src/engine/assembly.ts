import type { Capabilities, IdentityKeys } from '../crypto';
import { KeyDirectory } from '../protocol/keyDirectory';
import { RelayApi } from '../protocol/relayApi';
import type { Rest } from '../protocol/rest';
import type { ServerTime } from '../protocol/serverTime';
import type { Session } from '../protocol/session';
import type { WebSocketConstructor } from '../protocol/socket';
import type { StoreError } from '../store/store';
import type { Connection } from './api';
import { Askings } from './askings';
import type { Transfers } from './files/transfers';
import { type Acknowledge, Inbox } from './inbox';
import { KeyTime } from './keyTime';
import { ClockWatch } from './link/clockWatch';
import { MessageIds } from './messageIds';
import { Opening } from './opening';
import { Outbox } from './outbox';
import type { MintId } from './outboxDates';
import { OwnKeys } from './ownKeys';
import type { Shared } from './parts';
import { Peers } from './peers';
import type { People } from './people/people';
import { Receipts } from './receipts';
import { Recovery } from './recovery';
import { Refusals } from './refusals';
import type { Refusing } from './refusing';
import { RequestsOnDemand } from './requestsOnDemand';
import type { Resealing } from './resealing';
import { Sealing } from './sealing';
import { Settling } from './settling';
import { Signals } from './signals';
import { OwnBundleStore } from './stored/ownBundles';
import { OwnKeyring } from './stored/ownKeys';
import { PeerStore } from './stored/peers';
import { Streams } from './streams';
import type { Emit } from './told';

export interface AtWorkParts {
  shared: Shared;
  rest: Rest;
  session: Session;
  serverTime: ServerTime;
  WebSocket: WebSocketConstructor;
  socketUrl: string;
  identity: IdentityKeys;
  capabilities: Capabilities;
  batchSize: number;
  people: People;
  transfers: Transfers;
  /** From 0 to 1, without 1: for waits. */
  chance: () => number;
  hasSession: () => Promise<boolean>;
  emit: Emit;
  connection: (state: Connection) => void;
  /** The session has ended: the password is needed again. */
  loginRequired: () => void;
  /** The store can't be used any more. */
  storeFailed: (fault: StoreError) => void;
}

/** All that works for one account, put together. */
export interface Assembly {
  relay: RelayApi;
  directory: KeyDirectory;
  watch: ClockWatch;
  mintId: MintId;
  peerStore: PeerStore;
  bundles: OwnBundleStore;
  ownKeys: OwnKeys;
  peers: Peers;
  sealing: Sealing;
  outbox: Outbox;
  requests: RequestsOnDemand;
  recovery: Recovery;
  inbox: Inbox;
  receipts: Receipts;
  signals: Signals;
}

export function assemble(parts: AtWorkParts, acknowledge: Acknowledge): Assembly {
  const { shared, rest, session, transfers, emit, identity, serverTime, chance } = parts;
  const { capabilities } = parts;
  const peerStore = new PeerStore();
  const bundles = new OwnBundleStore();
  const relay = new RelayApi(rest, session);
  const directory = new KeyDirectory(rest, session);
  const watch = new ClockWatch(
    serverTime,
    shared.clock,
    () => relay.askTime(),
    (ahead) => emit('clockOff', { ahead }),
  );
  const ids = new MessageIds(shared.random);
  const mintId: MintId = (when) => ids.next(when, watch.serverNow());
  const time = new KeyTime({ shared, serverTime, hasSession: parts.hasSession });
  const calm = (): Promise<void> => inbox.calm();
  const ownKeys = new OwnKeys({ ...parts, bundles, directory, time, calm });
  const peers = new Peers({ shared, store: peerStore, directory });
  const sealing = new Sealing({ shared, peers, store: peerStore, keys: identity, capabilities });
  const requests = new RequestsOnDemand(shared, peerStore, mintId);
  const receipts = new Receipts(shared, peerStore);
  const made = { relay, directory, watch, mintId, peerStore, bundles, ownKeys, peers, sealing };
  const inbox = inboxOf(parts, { ...made, requests }, acknowledge);
  return {
    ...made,
    requests,
    receipts,
    outbox: new Outbox({ shared, relay, sealing, transfers, mintId, clock: watch, chance, emit }),
    recovery: new Recovery({
      shared,
      bundles,
      peers: peerStore,
      directory,
      ownKeys,
      requests,
      transfers,
      mintId,
    }),
    inbox,
    signals: new Signals(shared, receipts),
  };
}

type ForInbox = Pick<
  Assembly,
  'relay' | 'mintId' | 'peerStore' | 'bundles' | 'ownKeys' | 'peers' | 'requests'
>;

function inboxOf(
  { shared, transfers, emit }: AtWorkParts,
  made: ForInbox,
  acknowledge: Acknowledge,
): Inbox {
  const { relay, mintId, peerStore, requests } = made;
  const askings = new Askings(shared, made.peers);
  const refusals = new Refusals(shared, peerStore, askings);
  const streams = new Streams();
  const refusing = async (): Promise<Refusing> => {
    const { Refusing } = await import('./refusing');
    return new Refusing({ shared, refusals, requests: await requests.load() });
  };
  const opening = new Opening({
    shared,
    keyring: new OwnKeyring(shared.transactions.reads, made.bundles),
    peers: peerStore,
    askings,
    refusals,
    oneTime: made.ownKeys.oneTime,
    isAskedFor: (key) => requests.isAskedFor(key),
    refusing,
  });
  // Seldom asked for: loaded when it is.
  const resealing = async (): Promise<Resealing> => {
    const { Resealing } = await import('./resealing');
    return new Resealing({ shared, peers: peerStore, transfers, mintId });
  };
  const settling = new Settling({
    shared,
    peers: peerStore,
    resealing,
    streams,
    transfers,
  });
  return new Inbox({
    shared,
    relay,
    opening,
    settling,
    askings,
    streams,
    requests,
    acknowledge,
    emit,
  });
}
