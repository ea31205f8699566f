import { randomBytes } from 'node:crypto';
import WebSocketOfNode from 'ws';
import { AccountApi } from '../../../protocol/accountApi';
import { systemClock } from '../../../protocol/clock';
import type { Frame } from '../../../protocol/frame';
import { KeyDirectory } from '../../../protocol/keyDirectory';
import { MediaApi } from '../../../protocol/mediaApi';
import { RelayApi } from '../../../protocol/relayApi';
import { Rest } from '../../../protocol/rest';
import { ServerTime } from '../../../protocol/serverTime';
import { Session, type Tokens } from '../../../protocol/session';
import { SignIn } from '../../../protocol/signIn';
import { Socket, type WebSocketConstructor } from '../../../protocol/socket';
import { HeldTokens } from '../heldTokens';

/** The address of a relay that runs, without limits: `http://localhost:8080`; empty for none. */
export const RELAY = process.env.QUANTCHAT_RELAY ?? '';
if (RELAY === '') {
  console.log('No relay is asked: QUANTCHAT_RELAY has no address of one.');
}

export const PASSWORD = 'correct horse battery staple';
export const PROGRAM = 'QuantChat (Firefox, Linux)';

export const socketUrl = `${RELAY.replace('http', 'ws')}/ws`;
export const webSocket = WebSocketOfNode as unknown as WebSocketConstructor;
export const serverTime = new ServerTime(systemClock);
export const rest = new Rest(`${RELAY}/api/v1`, fetch, systemClock, serverTime);
export const signIn = new SignIn(rest, systemClock, PROGRAM);

/** Somebody with an account at a real relay. */
export class Person {
  readonly id: string;
  readonly email: string;
  readonly held: HeldTokens;
  readonly session: Session;
  readonly account: AccountApi;
  readonly relay: RelayApi;
  readonly keys: KeyDirectory;
  readonly media: MediaApi;

  constructor(id: string, email: string, tokens: Tokens) {
    this.id = id;
    this.email = email;
    this.held = new HeldTokens(tokens);
    this.session = new Session(rest, this.held, systemClock);
    this.account = new AccountApi(rest, this.session);
    this.relay = new RelayApi(rest, this.session);
    this.keys = new KeyDirectory(rest, this.session);
    this.media = new MediaApi(rest, this.session, `${RELAY}/api/v1`);
  }

  static async registered(): Promise<Person> {
    const email = `${randomBytes(8).toString('hex')}@example.com`;
    const names = { username: 'ada', fullName: 'Ada Lovelace' };
    const { profile, tokens } = await signIn.register(email, PASSWORD, names);
    return new Person(profile.userId, email, tokens);
  }

  static async loggedIn(email: string): Promise<Person> {
    const { profile, tokens } = await signIn.login(email, PASSWORD);
    return new Person(profile.userId, email, tokens);
  }

  /** A socket, with what has come over it. */
  async connected() {
    const frames: Frame[] = [];
    let waiting: () => void = () => {};
    const socket = await Socket.open(
      webSocket,
      socketUrl,
      await this.relay.socketTicket(),
      systemClock,
      {
        frame: (frame) => {
          frames.push(frame);
          waiting();
        },
        closed: () => waiting(),
      },
    );
    const comes = async (kind: Frame['kind']): Promise<Frame> => {
      for (;;) {
        const found = frames.findIndex((frame) => frame.kind === kind);
        const [frame] = found < 0 ? [] : frames.splice(found, 1);
        if (frame) {
          return frame;
        }
        await new Promise<void>((done) => {
          waiting = done;
        });
      }
    };
    return { socket, comes };
  }
}
