import { render } from 'preact';
import { VList, type VListHandle } from 'virtua';
import type { Message, MessagePage, PagePlace } from '../src/engine/api';
import { Conversation } from '../src/ui/conversation/Conversation';
import { MessageRow, type RowActions } from '../src/ui/conversation/list/MessageRow';
import { INITIAL_SETTINGS } from '../src/ui/state';
import { createFakeChat, OWN_ACCOUNT } from '../src/ui/testing/fakeChat';
import { idOf, lineOf, NOW, OWN_ID } from '../src/ui/testing/fakeData';
import '../src/ui/base.css';

/** What the bench calls in the page. */
export interface ScrollBench {
  /** Shows the list anew; milliseconds until its end is painted. */
  open(list: List): Promise<number>;
  /** Scrolls up as fast as frames come; what came of it. */
  scroll(frames: number): Promise<Scrolled>;
}

/** The conversation as it is, or its rows in `virtua`, which is given all 100,000 at once. */
export type List = 'own' | 'virtua';

export interface Scrolled {
  /** Of tasks of more than 50 ms, by their lengths. */
  longTasks: number[];
  /** Of frames, the time that took longest. */
  worstFrame: number;
  /** Messages passed. */
  passed: number;
  /** The most rows that were in the document at once. */
  rows: number;
}

const COUNT = 100_000;
const CONTACT = idOf('contact', 0);
const WORDS =
  'the ferry leaves at nine from the old harbour and the dog stays with my sister'.split(' ');

/** Message `at` of the conversation: made when it is asked for, the same each time. */
function message(at: number): Message {
  const time = NOW - (COUNT - at) * 90_000;
  const mine = at % 5 < 2;
  const words = Array.from(
    { length: 3 + ((at * 7) % 40) },
    (_, i) => WORDS[(at + i * 3) % WORDS.length],
  );
  return {
    id: idOf('message', at),
    senderId: mine ? OWN_ID : CONTACT,
    contactId: CONTACT,
    created: time,
    arrived: time,
    state: 'read',
    text: `${at} ${words.join(' ')}${at % 17 === 0 ? ' https://example.org/ferry' : ''}`,
    place: at,
    files: [],
    times: {},
    details: {},
  };
}

function page(place: PagePlace, limit: number): MessagePage {
  const from =
    'before' in place
      ? place.before - limit
      : 'after' in place
        ? place.after + 1
        : 'around' in place
          ? Number.parseInt(place.around.slice(-12), 16) - limit / 2
          : COUNT - limit;
  const first = Math.max(0, from);
  const last = Math.min(COUNT, 'before' in place ? place.before : from + limit);
  return {
    messages: Array.from({ length: last - first }, (_, i) => message(first + i)),
    hasEarlier: first > 0,
    hasLater: last < COUNT,
  };
}

const root = document.querySelector('#app') as HTMLElement;
const chat = createFakeChat({ conversations: 1 });
chat.messages = async (_, place, limit) => page(place, limit);
const conversation = lineOf(0, []);
const all = Array.from({ length: COUNT }, (_, at) => message(at));
const nothing = () => {};
const actions: RowActions = {
  retry: nothing,
  openMenu: nothing,
  openFile: nothing,
  saveFile: nothing,
  cancelFile: nothing,
  focused: nothing,
  file: async () => new Blob(),
};

/** Its types are React's, by which a reference to an element isn't one to its handle. */
const toItsEnd: object = {
  ref: (list: VListHandle | null) => list?.scrollToIndex(COUNT - 1, { align: 'end' }),
};

function Virtua() {
  return (
    <div class="conv">
      <VList class="conv-scroller" {...toItsEnd} data={all}>
        {(each) => (
          <MessageRow
            key={each.id}
            rowKey={each.id}
            message={each}
            mine={each.senderId === OWN_ID}
            author=""
            first
            last
            reachable={false}
            marks={undefined}
            lit={false}
            actions={actions}
          />
        )}
      </VList>
    </div>
  );
}

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

async function open(list: List): Promise<number> {
  render(null, root);
  await frame();
  await frame();
  const began = performance.now();
  render(
    list === 'virtua' ? (
      <Virtua />
    ) : (
      <Conversation
        chat={chat}
        account={OWN_ACCOUNT}
        conversation={conversation}
        settings={INITIAL_SETTINGS}
        connection="online"
        at={undefined}
      />
    ),
    root,
  );
  while (!root.textContent?.includes(`${COUNT - 1} `)) await frame();
  // The frame after is painted when the one after that begins.
  await frame();
  return performance.now() - began;
}

async function scroll(frames: number): Promise<Scrolled> {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) longTasks.push(Math.round(entry.duration));
  });
  observer.observe({ type: 'longtask' });
  const scroller = root.querySelector('.conv-scroller') as HTMLElement;
  const top = () => Number.parseInt(root.querySelector('.conv-text')?.textContent ?? '', 10);
  const began = top();
  let rows = 0;
  let worstFrame = 0;
  let last = await frame();
  for (let i = 0; i < frames; i++) {
    scroller.scrollTop -= 600;
    const now = await frame();
    worstFrame = Math.max(worstFrame, now - last);
    last = now;
    rows = Math.max(rows, root.querySelectorAll('.conv-row').length);
  }
  await frame();
  await frame();
  for (const entry of observer.takeRecords()) longTasks.push(Math.round(entry.duration));
  observer.disconnect();
  return { longTasks, worstFrame, passed: began - top(), rows };
}

declare global {
  interface Window {
    bench: ScrollBench;
  }
}
window.bench = { open, scroll };
