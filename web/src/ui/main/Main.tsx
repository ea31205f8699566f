import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '../../engine/api';
import { Conversation } from '../conversation/Conversation';
import { lazy, lazyDialog } from '../lazy';
import { Side } from '../list/Side';
import { nameOf } from '../names';
import { useClock } from '../now';
import { EmptyState } from '../parts/EmptyState';
import { Hint } from '../parts/Hint';
import * as icons from '../parts/icons';
import { hashOf } from '../router';
import { useAppState } from '../state';
import { holdTyping } from '../typedAhead';
import './main.css';
import { useInUse } from './inUse';
import { useTold } from './told';

const Search = lazy(() => import('../conversation/Search').then((it) => it.Search));
const Settings = lazy(() => import('../settings/Settings').then((it) => it.Settings));
const Blocked = lazy(() => import('../settings/Blocked').then((it) => it.Blocked));
const Switcher = lazyDialog(() => import('./Switcher').then((it) => it.Switcher));
const Verify = lazy(() => import('../settings/Verify').then((it) => it.Verify));

/** The list at the start, what is open at the end; one of both where it is narrow. */
export function Main({ account, loginRequired }: { account: Account; loginRequired: boolean }) {
  const { chat, router, conversations, settings } = useAppState();
  const [switching, setSwitching] = useState(false);
  useClock();
  useTold();
  useInUse(chat, settings.value);
  useTitle();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) holdTyping();
        setSwitching(true);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const route = router.route.value;
  const contactId = route.name === 'conversation' ? route.contactId : undefined;
  const known = contactId !== undefined && conversations.value?.has(contactId);
  // Who has just signed in is still at the address of a way in: that is the list.
  const paneShown = known || ['search', 'settings', 'blocked', 'verify'].includes(route.name);
  const main = useRef<HTMLElement>(null);
  useEffect(() => keepFocus(main.current, paneShown), [paneShown, hashOf(route)]);
  return (
    <main ref={main} class={paneShown ? 'main main-pane-shown' : 'main'}>
      <h1 class="unseen">QuantChat</h1>
      <Side
        account={account}
        loginRequired={loginRequired}
        open={contactId}
        onSwitch={() => setSwitching(true)}
      />
      <Pane account={account} />
      {switching && <Switcher onClose={() => setSwitching(false)} />}
    </main>
  );
}

/** What had the focus may be gone with its screen; then it goes to what is shown instead. */
function keepFocus(main: HTMLElement | null, paneShown: boolean): void {
  const focused = document.activeElement;
  if (focused === null || focused === document.body || !focused.checkVisibility()) {
    const next = paneShown ? '.pane' : '.row-link[tabindex="0"]';
    const found =
      main?.querySelector<HTMLElement>(next) ?? main?.querySelector<HTMLElement>('.side');
    found?.focus({ preventScroll: true });
  }
}

function Pane({ account }: { account: Account }) {
  const { chat, router, conversations, sorted, settings, connection } = useAppState();
  const route = router.route.value;
  const toList = () => router.go({ name: 'list' });
  switch (route.name) {
    case 'conversation': {
      const conversation = conversations.value?.get(route.contactId);
      if (conversation === undefined) {
        break;
      }
      return (
        <section
          class="pane"
          tabIndex={-1}
          aria-label={`Conversation with ${nameOf(conversation)}`}
        >
          <Conversation
            key={route.contactId}
            chat={chat}
            account={account}
            conversation={conversation}
            settings={settings.value}
            connection={connection.value}
            at={route.messageId}
            onBack={toList}
            onClose={toList}
          />
        </section>
      );
    }
    case 'search':
      return (
        <section class="pane" tabIndex={-1} aria-label="Search messages">
          <Search
            chat={chat}
            account={account}
            conversations={sorted.value}
            onOpen={(contactId, messageId) =>
              router.go({ name: 'conversation', contactId, messageId })
            }
            onClose={toList}
          />
        </section>
      );
    case 'settings':
      return (
        <section class="pane" tabIndex={-1} aria-label="Settings">
          <Settings account={account} section={route.section} />
        </section>
      );
    case 'blocked':
      return (
        <section class="pane" tabIndex={-1} aria-label="Blocked people">
          <Blocked />
        </section>
      );
    case 'verify':
      return (
        <section class="pane" tabIndex={-1} aria-label="Verify your address">
          <Verify token={route.token} />
        </section>
      );
  }
  return (
    <section class="pane pane-empty" aria-label="No conversation is open">
      <EmptyState icon={icons.shield} title="Choose a conversation">
        <p>What you write is encrypted here, and can be read by nobody but you two.</p>
        {sorted.value.length > 0 && (
          <Hint name="account-file" chat={chat} settings={settings.value}>
            <p class="pane-hint">
              Your identity and history are on this device alone.{' '}
              <a href={hashOf({ name: 'settings', section: 'data' })}>Save an account file</a> in
              case it is lost or cleared.
            </p>
          </Hint>
        )}
      </EmptyState>
    </section>
  );
}

/** How much is unread, and with whom one is: for the tab. */
function useTitle(): void {
  const { router, conversations, sorted } = useAppState();
  const unread = sorted.value.reduce(
    (sum, it) => sum + (it.muted || it.archived || it.blocked ? 0 : it.unread),
    0,
  );
  const route = router.route.value;
  const open =
    route.name === 'conversation' ? conversations.value?.get(route.contactId) : undefined;
  const title = `${unread > 0 ? `(${unread}) ` : ''}${open === undefined ? '' : `${nameOf(open)} · `}QuantChat`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
