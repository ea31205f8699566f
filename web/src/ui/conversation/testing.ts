import type { Message, MessageFile } from '../../engine/api';

export const ME = '00000000-0000-4000-8000-000000000001';
export const THEM = '00000000-0000-4000-8000-000000000002';

/** A message from them, in its place; with what a test is about. */
export function message(place: number, about: Partial<Message> = {}): Message {
  return {
    id: `10000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    senderId: THEM,
    contactId: THEM,
    created: Date.UTC(2026, 2, 30, 10) + place * 1_000,
    arrived: Date.UTC(2026, 2, 30, 10) + place * 1_000,
    state: 'delivered',
    text: `text ${place}`,
    place,
    files: [],
    times: {},
    details: {},
    ...about,
  };
}

export function file(number: number, about: Partial<MessageFile> = {}): MessageFile {
  return {
    number,
    name: `file${number}.pdf`,
    type: 'application/pdf',
    size: 1_000,
    state: 'here',
    done: 0,
    total: 1_000,
    ...about,
  };
}
