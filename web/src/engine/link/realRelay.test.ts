import { describe, expect, it } from 'vitest';
import { systemClock } from '../../protocol/clock';
import { Person, RELAY, socketUrl, webSocket } from '../account/testing/relayPerson';
import type { Connection } from '../api';
import { Link } from './link';

describe.skipIf(RELAY === '')('at a real relay', () => {
  it('a link is open until the session ends', async () => {
    const ada = await Person.registered();
    const states: Connection[] = [];
    let open: () => void = () => {};
    let end: () => void = () => {};
    const opened = new Promise<void>((done) => {
      open = done;
    });
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const link = new Link({
      WebSocket: webSocket,
      url: socketUrl,
      ticket: () => ada.relay.socketTicket(),
      clock: systemClock,
      random: Math.random,
      handler: {
        connection: (state) => states.push(state),
        opened: () => open(),
        notOpened: () => {},
        frame: () => {},
        beat: () => {},
        lost: () => {},
        loginRequired: () => end(),
      },
    });
    link.open();
    await opened;
    expect(link.connection).toBe('online');
    await ada.session.logout();
    await ended;

    expect(states).toEqual(['connecting', 'online', 'offline', 'connecting', 'offline']);
  });
});
