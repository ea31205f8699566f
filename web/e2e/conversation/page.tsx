import { signal } from '@preact/signals';
import { render } from 'preact';
import type { Conversation as Line } from '../../src/engine/api';
import { Conversation } from '../../src/ui/conversation/Conversation';
import { Search } from '../../src/ui/conversation/Search';
import { liveRegion } from '../../src/ui/parts/announce';
import { Toasts } from '../../src/ui/parts/Toast';
import { INITIAL_SETTINGS } from '../../src/ui/state';
import { createFakeChat, OWN_ACCOUNT } from '../../src/ui/testing/fakeChat';
import { idOf } from '../../src/ui/testing/fakeData';
import { scenes } from './scenes';
import '../../src/ui/base.css';
import './page.css';

/** A conversation alone, with an engine in memory: `?scene=NAME&theme=dark`. */
const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';

const chat = createFakeChat();
const contactId = idOf('contact', Number(query.get('contact') ?? 0));
chat.change(contactId, { draft: sessionStorage.getItem('draft') ?? '' });
scenes[query.get('scene') ?? 'usual']?.(chat, contactId);

const line = signal<Line | undefined>(undefined);
const settings = signal(INITIAL_SETTINGS);
const at = signal<string | undefined>(query.get('at') ?? undefined);
const searching = signal(query.has('search'));
const shown = signal(contactId);
chat.on('conversation', (told) => {
  if (told.contactId === shown.value) line.value = told.conversation;
  // What is stored outlives the page.
  if (told.contactId === contactId) sessionStorage.setItem('draft', told.conversation?.draft ?? '');
});
chat.on('settings', (told) => {
  settings.value = told;
});

async function show(id: string): Promise<void> {
  const lines = await chat.conversations();
  shown.value = id;
  line.value = lines.find((each) => each.contactId === id);
}

function Page() {
  return (
    <>
      <main class="page">
        <h1 class="unseen">QuantChat</h1>
        {searching.value ? (
          <Search
            chat={chat}
            account={OWN_ACCOUNT}
            conversations={line.value ? [line.value] : []}
            onOpen={(id, messageId) => {
              searching.value = false;
              at.value = messageId;
              void show(id);
            }}
            onClose={() => {
              searching.value = false;
            }}
          />
        ) : line.value === undefined ? (
          <p>No conversation</p>
        ) : (
          <Conversation
            chat={chat}
            account={OWN_ACCOUNT}
            conversation={line.value}
            settings={settings.value}
            connection="online"
            at={at.value}
            onBack={query.has('back') ? () => {} : undefined}
          />
        )}
      </main>
      <Toasts />
    </>
  );
}

declare global {
  interface Window {
    chat: typeof chat;
    contactId: string;
    show: typeof show;
  }
}
window.chat = chat;
window.contactId = contactId;
window.show = show;

liveRegion();
await show(contactId);
const root = document.querySelector('#app');
if (root) render(<Page />, root);
