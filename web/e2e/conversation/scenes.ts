import type { Message, MessageFile } from '../../src/engine/api';
import type { FakeChat } from '../../src/ui/testing/fakeChat';
import { idOf, NOW, OWN_ID } from '../../src/ui/testing/fakeData';

type Scene = (chat: FakeChat, contactId: string) => void;

const MINUTE = 60_000;
let count = 0;

function say(
  contactId: string,
  mine: boolean,
  text: string,
  about: Partial<Message> & { ago?: number } = {},
): Message {
  const number = ++count;
  const { ago = 0, ...rest } = about;
  const time = NOW - ago * MINUTE;
  return {
    id: idOf('message', 500_000_000 + number),
    senderId: mine ? OWN_ID : contactId,
    contactId,
    created: time,
    arrived: time,
    state: mine ? 'read' : 'read',
    text,
    place: 1_000 + number,
    files: [],
    times: { sent: time, delivered: time + 1_000, read: time + 60_000 },
    details: {},
    ...rest,
  };
}

function file(number: number, about: Partial<MessageFile>): MessageFile {
  return {
    number,
    name: `file-${number}.pdf`,
    type: 'application/pdf',
    size: 240_000,
    state: 'here',
    done: 0,
    total: 240_000,
    ...about,
  };
}

const LONG = `A long story. ${'It goes on and on, and nobody knows when it will end. '.repeat(1_200)}`;
const LINKS = Array.from({ length: 1_000 }, (_, i) => `https://example.org/page/${i}`).join(' ');
const ZALGO = `H${'\u0337\u0352\u0343\u0311\u030d'.repeat(24)}e comes ${'\u0489'.repeat(60)}`;

/** A history of so many messages, all read. */
export function history(chat: FakeChat, contactId: string, messages: number): void {
  chat.stock(
    contactId,
    Array.from({ length: messages }, (_, i) =>
      say(
        contactId,
        i % 3 === 1,
        `Message ${i + 1}. ${'Some words that take a line or more. '.repeat(i % 5)}`,
        { ago: (messages - i) * 4 },
      ),
    ),
  );
}

/** A picture with a horizon, whatever is asked for. */
async function drawn(): Promise<Blob> {
  const canvas = new OffscreenCanvas(600, 400);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#9cc5d8';
    context.fillRect(0, 0, 600, 260);
    context.fillStyle = '#1f5f74';
    context.fillRect(0, 260, 600, 140);
    context.fillStyle = '#f2c14e';
    context.fillRect(420, 60, 80, 80);
  }
  return canvas.convertToBlob();
}

export const scenes: Record<string, Scene> = {
  usual: () => {},
  empty: () => {},
  states: (chat, id) =>
    chat.stock(id, [
      say(id, true, 'Are you there?', { ago: 2_000 }),
      say(id, false, 'Yes, since yesterday. The train was late, as ever.', { ago: 1_500 }),
      say(id, false, 'And you?', { ago: 1_499 }),
      say(id, true, 'Just got in. Delivered only.', { ago: 30, state: 'delivered' }),
      say(id, true, 'On the server.', { ago: 25, state: 'sent' }),
      say(id, true, 'Server’s word.', { ago: 20, state: 'delivered', details: { unproven: true } }),
      say(id, true, 'This one waits.', { ago: 10, state: 'sending' }),
      say(id, true, 'This one failed.', {
        ago: 9,
        state: 'failed',
        details: { failure: 'recipient_not_found' },
      }),
      say(id, false, '', { ago: 8, details: { damaged: true } }),
      say(id, false, 'From an old export.', { ago: 7, state: 'imported' }),
      say(id, false, '🎉', { ago: 6 }),
      say(id, true, '👍🏽👍🏽👍🏽', { ago: 5 }),
    ]),
  hostile: (chat, id) =>
    chat.stock(id, [
      say(
        id,
        false,
        '<img src=x onerror=alert(1)><b>not bold</b> &amp; <script>alert(2)</script>',
        { ago: 50 },
      ),
      say(id, false, '\u202eThis line turns around', { ago: 49 }),
      say(id, false, 'After it, nothing turns.', { ago: 48 }),
      say(id, false, ZALGO, { ago: 47 }),
      say(id, false, 'No piled marks on me.', { ago: 46 }),
      say(id, false, 'a'.repeat(400), { ago: 45 }),
      say(id, false, LONG, { ago: 44 }),
      say(id, false, LINKS, { ago: 43 }),
      say(id, false, 'Log in at https://аpple.com/login or https://bank.example@evil.example/', {
        ago: 42,
      }),
      say(id, false, 'مرحبا! هذا رابط https://example.org/a وهذا رقم 123.\nAnd an English line.', {
        ago: 41,
      }),
      say(id, true, 'שלום עולם (hello) 42', { ago: 40 }),
      say(id, false, '\n\n\n', { ago: 39 }),
    ]),
  files: (chat, id) => {
    chat.file = drawn;
    const picture = (about: Partial<MessageFile>) =>
      file(1, {
        name: 'harbour.png',
        type: 'image/png',
        width: 1_200,
        height: 800,
        blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
        ...about,
      });
    chat.stock(id, [
      say(id, false, 'From the ferry', { ago: 50, files: [picture({})] }),
      say(id, true, '', {
        ago: 45,
        files: [picture({ name: 'tall.png', width: 300, height: 2_000 })],
      }),
      say(id, false, '', { ago: 44, files: [picture({ state: 'on_server', size: 24_000_000 })] }),
      say(id, false, '', { ago: 43, files: [picture({ state: 'fetching', done: 60_000 })] }),
      say(id, false, 'The papers', {
        ago: 40,
        files: [
          file(1, { name: 'A very long name of a contract that nobody will ever read.pdf' }),
          file(2, {
            name: 'photo\u202egpj.exe',
            type: 'application/x-msdownload',
            state: 'on_server',
          }),
          file(3, { name: 'gone.zip', state: 'gone', fault: 'Its time on the server is over.' }),
        ],
      }),
      say(id, true, '', {
        ago: 4,
        state: 'sending',
        files: [
          file(1, {
            name: 'video.mp4',
            type: 'video/mp4',
            state: 'uploading',
            size: 9e7,
            done: 3e7,
            total: 9e7,
          }),
          file(2, { name: 'next.mp4', type: 'video/mp4', state: 'waiting', size: 9e7 }),
        ],
      }),
    ]);
  },
  history: (chat, id) => history(chat, id, 400),
  unread: (chat, id) => {
    history(chat, id, 300);
    const fresh = Array.from({ length: 30 }, (_, i) =>
      say(id, false, `New ${i + 1}. ${'Words and words. '.repeat((i % 4) * 3)}`, {
        ago: 30 - i,
        state: 'delivered',
      }),
    );
    chat.stock(id, fresh);
    chat.change(id, { unread: 30, firstUnread: fresh[0]?.id ?? '' });
  },
  notices: (chat, id) =>
    chat.change(id, { identityChanged: true, missing: 3, isContact: false, typing: false }),
  downgraded: (chat, id) => chat.change(id, { downgraded: true, held: 'DOWNGRADE' }),
  held: (chat, id) => chat.change(id, { held: 'EXPIRED_BUNDLE' }),
  blocked: (chat, id) => chat.change(id, { blocked: true }),
  stranger: (chat, id) => chat.change(id, { isContact: false }),
};
