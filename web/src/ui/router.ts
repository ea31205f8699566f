import { type ReadonlySignal, signal } from '@preact/signals';

/** What the address says after `#`. Ids are checked by nobody here: an unknown one shows the list. */
export type Route =
  | { name: 'list' }
  | { name: 'archive' }
  | { name: 'conversation'; contactId: string; messageId?: string }
  | { name: 'search' }
  | { name: 'settings'; section?: string }
  | { name: 'blocked' }
  | { name: 'register' }
  | { name: 'forgot' }
  | { name: 'reset'; token?: string }
  | { name: 'verify'; token: string };

export function parseRoute(hash: string): Route {
  const [name = '', first, second, third] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  switch (name) {
    case 'c':
      if (!first) {
        return { name: 'list' };
      }
      return second === 'm' && third
        ? { name: 'conversation', contactId: first, messageId: third }
        : { name: 'conversation', contactId: first };
    case 'settings':
      return first ? { name, section: first } : { name };
    case 'reset':
      return first ? { name, token: first } : { name };
    case 'verify':
      return first ? { name, token: first } : { name: 'list' };
    case 'archive':
    case 'search':
    case 'blocked':
    case 'register':
    case 'forgot':
      return { name };
    default:
      return { name: 'list' };
  }
}

export function hashOf(route: Route): string {
  switch (route.name) {
    case 'list':
      return '#/';
    case 'conversation': {
      const at = route.messageId === undefined ? [] : ['m', route.messageId];
      return path('c', route.contactId, ...at);
    }
    case 'settings':
      return path('settings', ...(route.section === undefined ? [] : [route.section]));
    case 'reset':
      return path('reset', ...(route.token === undefined ? [] : [route.token]));
    case 'verify':
      return path('verify', route.token);
    default:
      return path(route.name);
  }
}

function path(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** An address is typed by people too: what isn't percent-encoded well is taken as it stands. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** `replace` leaves no way back to where one was. */
  go(route: Route, options?: { replace?: boolean }): void;
}

/**
 * Follows the address of `window`, so that the browser's back does what it says. The token of a
 * mail's link is known here alone from then on: the address, and what the browser remembers of it,
 * are seen by others.
 */
export function createRouter(window: Window): Router {
  const taken = (): Route => {
    const there = parseRoute(window.location.hash);
    if ('token' in there) {
      window.history.replaceState(null, '', path(there.name));
    }
    return there;
  };
  const route = signal(taken());
  window.addEventListener('hashchange', () => {
    route.value = taken();
  });
  return {
    route,
    go(to, { replace = false } = {}) {
      if (replace) {
        window.history.replaceState(null, '', hashOf(to));
        route.value = to;
      } else if (hashOf(to) !== window.location.hash) {
        window.location.hash = hashOf(to);
      }
    },
  };
}
