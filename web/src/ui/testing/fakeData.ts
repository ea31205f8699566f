import type { Conversation, Message, MessageFile } from '../../engine/api';

/** A fixed now, so that pictures of the screens are the same every time: a Thursday, 16:20 UTC. */
export const NOW = Date.parse('2026-03-05T16:20:00Z');
export const OWN_ID = '00000000-0000-4000-8000-000000000001';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A well-formed id for each number. */
export function idOf(kind: 'contact' | 'message', number: number): string {
  const tail = number.toString(16).padStart(12, '0');
  return kind === 'contact' ? `c0000000-0000-4000-8000-${tail}` : `a0000000-0000-4000-9000-${tail}`;
}

/** What is said of a person beyond an ordinary contact. */
export interface Person {
  fullName: string;
  says: readonly string[];
  line?: Partial<Conversation>;
}

const ZALGO = `Z${'\u0337\u0352\u0343'.repeat(20)}a${'\u0334\u0360'.repeat(25)}lgo`;

export const PEOPLE: readonly Person[] = [
  {
    fullName: 'Mara Lindqvist',
    says: [
      'Did the ferry tickets arrive?',
      'Yes, both of them. Cabin on deck 7.',
      'Lovely. Then only the dog is missing.',
      'My sister takes him. She has a garden, he has plans.',
      'See you at the harbour at nine?',
    ],
    line: { pinned: true, online: true, verified: true, typing: true },
  },
  {
    fullName: 'Jonas Okafor',
    says: [
      'The draft is on page four, have a look when you can: https://example.org/draft?v=4',
      'Reading it now.',
      'I would cut the second paragraph.',
    ],
    line: { online: true, unread: 3, pinned: true },
  },
  {
    fullName: 'Dr. Aiyana Whitehorse-Featherstonehaugh',
    says: ['Your results are back, all is well.', 'That is good to hear. Thank you!'],
    line: { draft: 'One more question: should I keep taking the' },
  },
  {
    fullName: 'ليلى حدّاد',
    says: ['مساء الخير، هل نلتقي غداً؟', 'نعم، في الساعة العاشرة عند المكتبة.'],
    line: { unread: 1 },
  },
  {
    fullName: 'Theo Brandt',
    says: ['Can you send me the floor plan again?', 'Here it is.'],
    line: { failed: 1 },
  },
  {
    fullName: 'Ines Carvalho',
    says: ['Bom dia! The parcel is with the neighbour.', 'You are a treasure.'],
    line: { identityChanged: true, verified: false },
  },
  {
    fullName: '山田 さくら',
    says: ['写真を送ります。', 'ありがとう!とてもきれいですね 🌸'],
    line: { muted: true, unread: 12 },
  },
  {
    fullName: 'Noor van den Berg',
    says: ['Book club moves to Tuesday.', 'Fine with me.'],
    line: { markedUnread: true },
  },
  {
    fullName: `Wolfgang ${'Maximilian '.repeat(17)}III`.slice(0, 200),
    says: ['This name is as long as names may be, and longer.'],
  },
  {
    fullName: `${ZALGO} the Restless`,
    says: [`H${'\u0337\u0352\u0343'.repeat(30)}e comes`],
  },
  {
    fullName: '\u202egnp.exe\u202c Evil',
    says: ['\u202eThis line turns around', '<img src=x onerror=alert(1)><b>not bold</b>'],
    line: { isContact: false, unread: 2 },
  },
  {
    fullName: 'Sam Whitaker',
    says: ['I have deleted that account, please use this one.'],
    line: { archived: true },
  },
  { fullName: 'Olga Petrova', says: ['Спасибо за всё!'], line: { archived: true, unread: 1 } },
  { fullName: 'Cold Caller', says: ['Great offers for you'], line: { blocked: true } },
  { fullName: 'Kwame Mensah', says: [] },
];

const GIVEN = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid', 'Grete', 'Hugo', 'Imani'];
const FAMILY = ['Abel', 'Brook', 'Castro', 'Dahl', 'Egede', 'Fontaine', 'Grimaldi', 'Hahn'];

/** The first ones are `PEOPLE`; any number of ordinary ones comes after. */
export function personOf(number: number): Person {
  const known = PEOPLE[number];
  if (known !== undefined) {
    return known;
  }
  const given = GIVEN[number % GIVEN.length] ?? '';
  const family = FAMILY[Math.floor(number / GIVEN.length) % FAMILY.length] ?? '';
  return {
    fullName: `${given} ${family} ${number}`,
    says: ['Are you coming tonight?', `I will be there at ${(number % 5) + 6}.`],
  };
}

/** The messages of person `number`, oldest first. Theirs and mine take turns, theirs first. */
export function messagesOf(number: number): Message[] {
  const { says, line } = personOf(number);
  const contactId = idOf('contact', number);
  const unread = line?.unread ?? 0;
  return says.map((text, at) => {
    const left = says.length - 1 - at;
    const mine = at % 2 === 1 && left >= unread;
    const arrived = NOW - number * 5 * HOUR - left * 7 * MINUTE - 3 * MINUTE;
    const failed = mine && left === 0 && line?.failed === 1;
    return {
      id: idOf('message', number * 1_000_000 + at),
      senderId: mine ? OWN_ID : contactId,
      contactId,
      created: arrived,
      arrived,
      state: failed ? 'failed' : mine ? (number % 2 === 0 ? 'read' : 'delivered') : 'delivered',
      text,
      place: at + 1,
      files: failed ? [picture('floor-plan.png')] : [],
      times: { sent: arrived, delivered: arrived + 900 },
      details: {
        crypto_version: 'v2',
        mode: 'one_time',
        ...(failed && { failure: 'recipient_not_found' }),
      },
    };
  });
}

function picture(name: string): MessageFile {
  return {
    number: 1,
    name,
    type: 'image/png',
    size: 180_000,
    width: 1200,
    height: 800,
    state: 'here',
    done: 0,
    total: 0,
  };
}

/** The line of the list of person `number`, with these messages. */
export function lineOf(number: number, messages: readonly Message[]): Conversation {
  const { fullName, line } = personOf(number);
  const contactId = idOf('contact', number);
  const last = messages.at(-1);
  const unread = line?.unread ?? 0;
  const first = unread > 0 ? messages.at(-Math.min(unread, messages.length)) : undefined;
  return {
    contactId,
    username: `person${number}`,
    fullName,
    email: `person${number}@example.org`,
    isContact: true,
    blocked: false,
    online: false,
    typing: false,
    verified: false,
    identityChanged: false,
    downgraded: false,
    missing: 0,
    unread,
    markedUnread: false,
    failed: 0,
    pinned: false,
    muted: false,
    archived: false,
    draft: '',
    lastActivity: last?.arrived ?? NOW - number * 5 * HOUR,
    ...line,
    ...(first !== undefined && { firstUnread: first.id }),
    ...lastOf(last),
  };
}

export function lastOf(last: Message | undefined): Pick<Conversation, 'last'> {
  if (last === undefined) {
    return {};
  }
  return {
    last: {
      id: last.id,
      mine: last.senderId === OWN_ID,
      state: last.state,
      text: last.text.slice(0, 200),
      files: last.files.length,
      arrived: last.arrived,
    },
  };
}
