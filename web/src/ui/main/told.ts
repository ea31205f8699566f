import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { nameOf } from '../names';
import { announce } from '../parts/announce';
import { dismissToasts, toast } from '../parts/Toast';
import { type AppState, useAppState } from '../state';

/** Says what the engine tells that has no place of its own on a screen. */
export function useTold(): void {
  const state = useAppState();
  useEffect(() => {
    const endings = listen(state);
    return () => {
      for (const end of endings) {
        end();
      }
      dismissToasts();
    };
  }, []);
}

function listen(state: AppState): (() => void)[] {
  const { chat, conversations, router } = state;
  const nameFor = (contactId: string) => {
    const line = conversations.peek()?.get(contactId);
    return line === undefined ? 'somebody' : nameOf(line);
  };
  return [
    sayRefused(state),
    sayConnection(state),
    chat.on('failed', ({ detail }) => toast({ text: detail, kind: 'error' })),
    chat.on('contactAdded', ({ contactId, username }) => {
      const line = conversations.peek()?.get(contactId);
      const route = router.route.peek();
      const isOpen = route.name === 'conversation' && route.contactId === contactId;
      toast({
        text: `${line === undefined ? username : nameOf(line)} has added you as a contact.`,
        ...(line !== undefined &&
          !isOpen && {
            action: {
              label: 'Open',
              onSelect: () => router.go({ name: 'conversation', contactId }),
            },
          }),
      });
    }),
    chat.on('restored', ({ asked, notAsked }) =>
      toast({ text: restoredSaid(asked.map(nameFor), notAsked.map(nameFor)), kind: 'error' }),
    ),
  ];
}

/** Says that a message was refused when it is; not again at each start. */
export function sayRefused(
  { quarantined, router }: Pick<AppState, 'quarantined' | 'router'>,
  say = toast,
): () => void {
  let last: number | undefined;
  return effect(() => {
    const count = quarantined.value;
    if (last !== undefined && count !== undefined && count > last) {
      say({
        text: 'A message was refused, for it isn’t what it says it is.',
        action: {
          label: 'Look',
          onSelect: () => router.go({ name: 'settings', section: 'refused' }),
        },
      });
    }
    last = count;
  });
}

/** Going offline and coming back is seen in the list; who doesn't see is told. */
function sayConnection({ connection, phase }: AppState): () => void {
  let wasOffline = false;
  return effect(() => {
    const now = connection.value;
    if (now === 'offline' && !wasOffline) {
      announce('You are offline. What you write is sent when you are back.');
    } else if (now === 'online' && wasOffline && phase.peek().name === 'ready') {
      announce('You are online again.');
    }
    wasOffline = now === 'offline' || (wasOffline && now !== 'online');
  });
}

/** What came back from a copy lacks what was sent and received since. */
export function restoredSaid(asked: readonly string[], notAsked: readonly string[]): string {
  const sentences = [
    'What is stored here came from an older copy or an account file. Keys were replaced.',
  ];
  if (asked.length > 0) {
    sentences.push(`Asked to send again what is missing: ${listed(asked)}.`);
  }
  if (notAsked.length > 0) {
    sentences.push(
      `Their programs can’t, so what they sent since is lost here: ${listed(notAsked)}.`,
    );
  }
  return sentences.join(' ');
}

const MOST_NAMES = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
