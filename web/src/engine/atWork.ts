import { Refused } from '../crypto';
import type { Clock } from '../protocol/clock';
import { LoginRequired, ServerRefusal, Unreachable } from '../protocol/failures';
import type { Frame, SendRefused } from '../protocol/frame';
import type { KeyDirectory } from '../protocol/keyDirectory';
import { Lane } from '../protocol/lane';
import type { RelayApi } from '../protocol/relayApi';
import { StoreError } from '../store/store';
import type { Connection } from './api';
import { type AtWorkParts, assemble } from './assembly';
import { INTERNAL, isNotLoaded, wordsOf } from './failures';
import type { Identities } from './identities';
import type { Inbox } from './inbox';
import type { ClockWatch } from './link/clockWatch';
import { Link } from './link/link';
import type { LinkHandler } from './link/linkOptions';
import { Retries } from './link/retries';
import { isForGood, type Outbox } from './outbox';
import type { MintId } from './outboxDates';
import type { OwnKeys } from './ownKeys';
import type { Shared } from './parts';
import type { Peers } from './peers';
import { Quarantine } from './quarantine';
import type { Receipts } from './receipts';
import type { Recovery } from './recovery';
import { Repeated } from './repeated';
import type { RequestsOnDemand } from './requestsOnDemand';
import type { Sealing } from './sealing';
import type { Signals } from './signals';
import * as outbox from './stored/outbox';
import type { OwnBundleStore } from './stored/ownBundles';
import type { PeerStore } from './stored/peers';
import { keepValue, valueNamed } from './stored/state';
import { HOUR, OVER, type Pause, pause, SECOND } from './surroundings';

const UPKEEP = HOUR;

/** How old what the server says of contacts, their names among it, may get while one looks. */
const CONTACTS_KEPT = HOUR;

/** How old the server's time in the store may get. */
const TIME_KEPT = HOUR;

/** Whatever the connection is, what is due is deleted as often. */
const FORGETTING = HOUR;

/** One account at work: what comes in and goes out, in which order. */
export class AtWork implements LinkHandler {
  readonly ownKeys: OwnKeys;
  readonly peers: Peers;
  readonly outbox: Outbox;
  readonly recovery: Recovery;
  readonly sealing: Sealing;
  readonly peerStore: PeerStore;
  readonly bundles: OwnBundleStore;
  readonly directory: KeyDirectory;
  readonly quarantine: Quarantine;
  readonly mintId: MintId;
  readonly #parts: AtWorkParts;
  readonly #shared: Shared;
  readonly #clock: Clock;
  readonly #watch: ClockWatch;
  readonly #relay: RelayApi;
  readonly #inbox: Inbox;
  readonly #receipts: Receipts;
  readonly #signals: Signals;
  readonly #requests: RequestsOnDemand;
  readonly #link: Link;
  readonly #retries: Retries;

  /** Frames, each after the last. */
  readonly #frames = new Lane();
  readonly #incoming = new Lane();
  readonly #keys = new Lane();
  readonly #pumping = new Repeated(() => this.#pump());
  readonly #resuming = new Repeated(() => this.#resume());
  readonly #receiptsOut = new Repeated(() => this.#sendReceipts());
  /** Messages that were pushed, and wait to be opened. */
  #pushed: Extract<Frame, { kind: 'new_message' }>['message'][] = [];

  #upkeepDone: Pause = OVER;
  #contactsKnown: Pause = OVER;
  /** The directory has asked to be left alone for so long. */
  #keysQuiet: Pause = OVER;
  #disarmResume: (() => void) | undefined;
  #disarmPump: (() => void) | undefined;
  #disarmForget: () => void = () => undefined;
  #stopped = false;

  constructor(parts: AtWorkParts) {
    const made = assemble(parts, (messageIds) => this.acknowledge(messageIds));
    this.#parts = parts;
    this.#shared = parts.shared;
    this.#clock = parts.shared.clock;
    this.ownKeys = made.ownKeys;
    this.peers = made.peers;
    this.outbox = made.outbox;
    this.recovery = made.recovery;
    this.sealing = made.sealing;
    this.peerStore = made.peerStore;
    this.bundles = made.bundles;
    this.directory = made.directory;
    this.mintId = made.mintId;
    this.quarantine = new Quarantine(parts.shared, made.relay);
    this.#watch = made.watch;
    this.#relay = made.relay;
    this.#inbox = made.inbox;
    this.#receipts = made.receipts;
    this.#signals = made.signals;
    this.#requests = made.requests;
    this.#retries = new Retries(parts.chance);
    this.#link = new Link({
      WebSocket: parts.WebSocket,
      url: parts.socketUrl,
      ticket: () => this.#relay.socketTicket(),
      clock: this.#clock,
      random: parts.chance,
      handler: this,
    });
  }

  /** What people compare and agree to is loaded when they do. */
  async identities(): Promise<Identities> {
    const { Identities } = await import('./identities');
    return new Identities(this.#shared, this.ownKeys, this.peers, this.peerStore);
  }

  /** Whether a message is still to go out. */
  async waits(messageId: string): Promise<boolean> {
    return (await outbox.find(this.#shared.transactions.reads, messageId)) !== undefined;
  }

  /** The server's time, as far as it was ever known. */
  async serverTime(): Promise<number | undefined> {
    const { reads } = this.#shared.transactions;
    return this.#watch.serverNow() ?? (await valueNamed(reads, 'server_time'));
  }

  /** Works from now on, and has a socket where `connected`. */
  start(connected: boolean): void {
    this.#forgetNowAndThen();
    if (connected) {
      this.connect();
    }
  }

  #forgetNowAndThen(): void {
    void this.#tried(() => this.#keys.run(() => this.ownKeys.forget()));
    this.#disarmForget = this.#clock.after(FORGETTING, () => this.#forgetNowAndThen());
  }

  connect(): void {
    this.#parts.transfers.start();
    this.#link.open();
  }

  disconnect(): void {
    this.#parts.transfers.stop();
    this.#link.close();
    this.#parts.people.lost();
    this.outbox.disconnected();
  }

  /** Nothing is begun any more. What has begun ends by itself, or with the store. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.disconnect();
    this.#disarmForget();
    this.#disarmResume?.();
    this.#disarmPump?.();
    this.#signals.stop();
    await this.#shared.transactions.run(async () => undefined);
  }

  wake(): void {
    this.#link.wake();
    if (this.isConnected && this.#contactsKnown.isOver()) {
      void this.#runOrResume(() => this.#lookWhoIsThere());
    }
  }

  get isConnected(): boolean {
    return this.#link.socket !== undefined;
  }

  /** Tells a contact that the user types, or has stopped, where there is a socket. */
  sendTyping(contactId: string, isTyping: boolean): void {
    this.#link.socket?.typing(contactId, isTyping);
  }

  /** There is a message to send, or something that messages waited for is there. */
  written(): void {
    this.#parts.transfers.wake();
    if (this.#link.isWanted) {
      void this.#tried(() => this.#pumping.run());
    }
  }

  /** The user has agreed to something that messages waited for: also ones that came in. */
  unblocked(): void {
    this.#parts.transfers.wake();
    if (this.#link.isWanted) {
      void this.#resuming.run();
    }
  }

  /** Somebody was added by the user, or has added the user: what one tells now passes, perhaps. */
  befriended(): void {
    void this.#runOrResume(() => this.#lookWhoIsThere());
    this.tellReceipts();
  }

  tellReceipts(): void {
    void this.#tried(() => this.#receiptsOut.run());
  }

  /** Rotates the prekeys whether or not that is due. */
  rotate(): Promise<void> {
    return this.#keys.run(() => this.ownKeys.rotate());
  }

  /** Has the relay forget messages. */
  async acknowledge(messageIds: string[]): Promise<void> {
    const { socket } = this.#link;
    if (socket) {
      socket.acknowledge(messageIds);
    } else {
      await this.#relay.acknowledge(messageIds);
    }
    this.#parts.transfers.wake();
  }

  // ---- the link

  connection(state: Connection): void {
    this.#parts.connection(state);
  }

  opened(): void {
    this.#signals.reset();
    this.#parts.transfers.wake();
    void this.#resuming.run();
    void this.#runOrResume(() => this.#lookWhoIsThere());
  }

  beat(): void {
    void this.#resuming.run();
  }

  lost(): void {
    this.outbox.disconnected();
    this.#parts.people.lost();
    void this.#tried(() => this.#pumping.run());
  }

  notOpened(): void {
    // It is tried again by itself, and the connection's state says so.
  }

  loginRequired(): void {
    this.#parts.loginRequired();
  }

  frame(frame: Frame): void {
    void this.#frames.run(() => this.#tried(() => this.#take(frame)));
  }

  async #take(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'new_message':
        await this.#arrived(frame);
        break;
      case 'queued':
        await this.outbox.sent(frame.messageId);
        await this.#receipts.sent(frame.messageId);
        void this.#runOrResume(() => this.#pumping.run());
        break;
      case 'send_refused':
        await this.#sendRefused(frame);
        break;
      case 'prekeys_low':
        this.#upkeepDone = this.#keysQuiet;
        void this.#runOrResume(() => this.#keepUp());
        break;
      case 'contact_added':
        this.#parts.people.take(frame);
        this.befriended();
        break;
      case 'receipt':
        await this.#signals.showed(frame.userId);
        await this.#receipts.take(frame);
        break;
      case 'typing':
        await this.#signals.showed(frame.userId);
        this.#parts.people.take(frame);
        break;
      case 'presence':
        this.#parts.people.take(frame);
        if (frame.isOnline) {
          await this.#signals.showed(frame.userId);
        } else {
          this.#signals.left(frame.userId);
        }
        break;
      case 'other':
      // It says that the socket is alive, which the link has seen.
    }
    this.tellReceipts();
  }

  async #arrived(frame: Extract<Frame, { kind: 'new_message' }>): Promise<void> {
    if (!frame.stranger && frame.senderId !== undefined) {
      this.#parts.people.theirTyping.ended(frame.senderId);
      await this.#signals.showed(frame.senderId);
    }
    if (frame.isToFetch) {
      void this.#runOrResume(() => this.#catchUp());
    } else {
      this.#pushed.push(frame.message);
      void this.#runOrResume(() => this.#incoming.run(() => this.#takePushed()));
    }
  }

  async #takePushed(): Promise<void> {
    const messages = this.#pushed;
    this.#pushed = [];
    if (messages.length === 0) {
      return;
    }
    await this.#inbox.take(messages);
    if (this.#inbox.isLookDue()) {
      void this.#runOrResume(() => this.#catchUp());
    } else {
      await this.#answer();
    }
    this.tellReceipts();
  }

  /** A send that was refused for good fails; one that can't be taken now is sent again. */
  async #sendRefused(frame: SendRefused): Promise<void> {
    const { messageId, status, detail, code, retryAfter } = frame;
    const refusal = new ServerRefusal(status, detail, code, retryAfter);
    if (isForGood(status)) {
      await this.outbox.refused(messageId, refusal);
      void this.#runOrResume(() => this.#pumping.run());
      await this.#keepTime();
    } else if (retryAfter !== undefined) {
      await this.outbox.notNow(messageId, refusal);
      void this.#runOrResume(() => this.#pumping.run());
    }
  }

  // ---- what is to be done

  /** Does what a gap may have held up; a part that can't be done now doesn't hold up the others. */
  async #resume(): Promise<void> {
    const done = await Promise.all([
      this.#tried(() => this.#keepUp()),
      this.#tried(() => this.#pumping.run()),
      this.#tried(() => this.#catchUp()),
    ]);
    this.tellReceipts();
    await this.#tried(() => this.#keepTime());
    if (done.includes(false)) {
      this.#resumeLater();
    } else {
      this.#retries.reset();
    }
  }

  #keepUp(): Promise<void> {
    return this.#keys.run(async () => {
      if (!this.#upkeepDone.isOver()) {
        return;
      }
      try {
        await this.ownKeys.upkeep();
        await this.recovery.look();
        this.#upkeepDone = pause(this.#clock, UPKEEP);
      } catch (failure) {
        if (failure instanceof Unreachable) {
          this.#keysQuiet = pause(this.#clock, (failure.retryAfter ?? 0) * SECOND);
          this.#upkeepDone = this.#keysQuiet;
        }
        throw failure;
      }
    });
  }

  async #catchUp(): Promise<void> {
    try {
      const isLeft = await this.#incoming.run(() => this.#inbox.catchUp());
      if (isLeft) {
        this.#resumeLater();
      } else {
        await this.#keys.run(() => this.recovery.finish());
      }
      await this.#answer();
    } finally {
      this.tellReceipts();
    }
  }

  /** What came in may ask for something to go out. */
  async #answer(): Promise<void> {
    const hasAsked = await this.#requests.run();
    if (this.#inbox.hasAnswered() || hasAsked) {
      void this.#runOrResume(() => this.#pumping.run());
    }
  }

  /** Sends what is waiting, and again later while something is. */
  async #pump(): Promise<void> {
    if ((await this.outbox.run(this.#link.socket)) && !this.#stopped) {
      this.#disarmPump?.();
      this.#disarmPump = this.#clock.after(this.outbox.nextTry(), () => {
        this.#disarmPump = undefined;
        void this.#tried(() => this.#pumping.run());
      });
    }
  }

  /** Whoever is there may have missed receipts that went out while they weren't. */
  async #lookWhoIsThere(): Promise<void> {
    const { contacts, presence } = this.#parts.people;
    this.#contactsKnown = pause(this.#clock, CONTACTS_KEPT);
    await contacts.refresh();
    for (const { userId } of await contacts.known()) {
      if (presence.isOnline(userId)) {
        await this.#signals.showed(userId);
      }
    }
    this.tellReceipts();
  }

  /** While it is caught up, only what has become much: to read comes first. */
  async #sendReceipts(): Promise<void> {
    const { socket } = this.#link;
    if (socket && (!this.#inbox.isCatchingUp || (await this.#signals.owesMuch()))) {
      await this.#signals.sendReceipts(socket);
    }
  }

  /** Remembers the server's time, and tells the user if the clock here is off. */
  async #keepTime(): Promise<void> {
    await this.#watch.look();
    const now = this.#watch.serverNow();
    if (now !== undefined) {
      await this.#shared.transactions.run(async (transaction) => {
        const kept = await valueNamed(transaction, 'server_time');
        if (kept === undefined || Math.abs(now - kept) >= TIME_KEPT) {
          keepValue(transaction, 'server_time', now);
        }
      });
    }
  }

  async #runOrResume(part: () => Promise<void>): Promise<void> {
    if (!(await this.#tried(part))) {
      this.#resumeLater();
    }
  }

  #resumeLater(): void {
    if (!this.#disarmResume && !this.#stopped) {
      this.#disarmResume = this.#clock.after(this.#retries.next(), () => {
        this.#disarmResume = undefined;
        if (this.isConnected) {
          void this.#resuming.run();
        }
      });
    }
  }

  /** Whether a part was done, or need not be tried again; it never hinders another. */
  async #tried(part: () => Promise<unknown>): Promise<boolean> {
    if (this.#stopped) {
      return true;
    }
    try {
      await part();
      return true;
    } catch (failure) {
      return await this.#failed(failure);
    }
  }

  async #failed(failure: unknown): Promise<boolean> {
    if (this.#stopped) {
      return true;
    }
    if (failure instanceof LoginRequired) {
      this.#parts.loginRequired();
      return true;
    }
    if (failure instanceof Unreachable) {
      this.#retries.heed(failure);
    } else if (failure instanceof StoreError) {
      this.#parts.storeFailed(failure);
    } else if (failure instanceof ServerRefusal) {
      // Of the clock the user is told anyway, and by how much it is off.
      if (!failure.isForTheClock) {
        this.#parts.emit('failed', { code: failure.code || 'refused', detail: failure.message });
      }
    } else if (failure instanceof Refused) {
      this.#parts.emit('failed', { code: failure.refusal, detail: await wordsOf(failure) });
    } else if (!isNotLoaded(failure)) {
      // What isn't loaded now is when this is tried again.
      this.#shared.fault(failure);
      this.#parts.emit('failed', { code: 'internal', detail: INTERNAL });
    }
    return false;
  }
}
