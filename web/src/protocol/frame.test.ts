import { describe, expect, it } from 'vitest';
import { frameOf } from './frame';

const ADA = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const MESSAGE = '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17';

describe('a frame', () => {
  it('brings a message as it came', () => {
    const message = { message_id: MESSAGE, sender_id: ADA, stranger: true, tomorrow: [1] };

    expect(frameOf('new_message', message)).toEqual({
      kind: 'new_message',
      message,
      senderId: ADA,
      isToFetch: false,
      stranger: true,
    });
    expect(frameOf('new_message', { fetch: true })).toMatchObject({
      isToFetch: true,
      senderId: undefined,
    });
  });

  it('says what became of a message', () => {
    expect(frameOf('message_queued', { message_id: MESSAGE })).toEqual({
      kind: 'queued',
      messageId: MESSAGE,
    });
    expect(
      frameOf('error', {
        type: 'send',
        message_id: MESSAGE,
        status: 429,
        detail: 'Full.',
        code: 'inbox_full',
        retry_after: 41,
      }),
    ).toEqual({
      kind: 'send_refused',
      messageId: MESSAGE,
      status: 429,
      detail: 'Full.',
      code: 'inbox_full',
      retryAfter: 41,
    });
  });

  it('refuses a message in its own words where the relay has none that can be read', () => {
    const payload = {
      type: 'send',
      message_id: MESSAGE,
      status: '429',
      retry_after: -1,
      detail: 7,
    };

    expect(frameOf('error', payload)).toMatchObject({
      status: 0,
      code: '',
      retryAfter: undefined,
      detail: 'The relay refuses it.',
    });
  });

  it('says that somebody has a message, also where it is unclear which', () => {
    expect(frameOf('message_read', { user_id: ADA, message_id: MESSAGE, proof: 'p' })).toEqual({
      kind: 'receipt',
      userId: ADA,
      messageId: MESSAGE,
      state: 'read',
      proof: 'p',
    });
    expect(frameOf('message_delivered', { user_id: ADA, message_id: 7, proof: 7 })).toMatchObject({
      state: 'delivered',
      messageId: undefined,
      proof: undefined,
    });
  });

  it('says who types, who is there and who has added the account', () => {
    expect(frameOf('typing', { user_id: ADA, is_typing: true })).toMatchObject({ isTyping: true });
    expect(frameOf('typing', { user_id: ADA, is_typing: 'yes' })).toMatchObject({
      isTyping: false,
    });
    expect(frameOf('user_online', { user_id: ADA })).toMatchObject({ isOnline: true });
    expect(frameOf('user_offline', { user_id: ADA })).toMatchObject({ isOnline: false });
    expect(frameOf('contact_added', { contact_id: ADA })).toMatchObject({ username: '' });
    expect(frameOf('prekeys_low', {})).toEqual({ kind: 'prekeys_low' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['pong', {}],
    ['an_event_of_tomorrow', { user_id: ADA }],
    ['constructor', {}],
    ['typing', { is_typing: true }],
    ['user_online', { user_id: 'ada' }],
    ['message_queued', { message_id: MESSAGE.toUpperCase() }],
    ['error', { type: 'typing', status: 422, message_id: MESSAGE }],
    ['error', { type: 'send', status: 422 }],
  ])('%s %j is nothing that is waited for', (type, payload) => {
    expect(frameOf(type, payload)).toEqual({ kind: 'other' });
  });
});
