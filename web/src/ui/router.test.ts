import { describe, expect, it } from 'vitest';
import { createRouter, hashOf, parseRoute, type Route } from './router';

const ID = '3f0e9a10-6f4c-4b7a-9d55-0c2f3f1f7a11';

describe('an address', () => {
  const routes: Route[] = [
    { name: 'list' },
    { name: 'archive' },
    { name: 'conversation', contactId: ID },
    { name: 'conversation', contactId: ID, messageId: 'm/1 %' },
    { name: 'search' },
    { name: 'settings' },
    { name: 'settings', section: 'privacy' },
    { name: 'blocked' },
    { name: 'register' },
    { name: 'forgot' },
    { name: 'reset' },
    { name: 'reset', token: 'a_b-c' },
    { name: 'verify', token: 'a_b-c' },
  ];

  it.each(routes)('comes back as it went: $name', (route) => {
    expect(parseRoute(hashOf(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/c/', '#/c', '#/verify', '#//', '#/__proto__'])(
    'that leads nowhere shows the list: %s',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ name: 'list' });
    },
  );

  it('that is badly encoded is taken as it stands', () => {
    expect(parseRoute('#/c/%E0%A4%A')).toEqual({ name: 'conversation', contactId: '%E0%A4%A' });
  });
});

/** As much of a window as a router knows. */
function windowAt(hash: string) {
  const listeners: (() => void)[] = [];
  const location = {
    current: hash,
    get hash() {
      return this.current;
    },
    set hash(next: string) {
      this.current = next;
      for (const listener of listeners) {
        listener();
      }
    },
  };
  const history = {
    replaceState: (_state: unknown, _title: string, next: string) => {
      location.current = next;
    },
  };
  const addEventListener = (_name: string, listener: () => void) => listeners.push(listener);
  return { location, history, addEventListener } as unknown as Window;
}

describe('a router', () => {
  it('follows the address, whoever changes it', () => {
    const window = windowAt('#/settings');
    const router = createRouter(window);
    expect(router.route.value).toEqual({ name: 'settings' });

    window.location.hash = '#/blocked';
    expect(router.route.value).toEqual({ name: 'blocked' });

    router.go({ name: 'conversation', contactId: ID });
    expect(window.location.hash).toBe(`#/c/${ID}`);
    expect(router.route.value).toEqual({ name: 'conversation', contactId: ID });
  });

  it.each(['reset', 'verify'] as const)('takes the token to %s by out of the address', (name) => {
    const window = windowAt(`#/${name}/secret`);
    const router = createRouter(window);
    expect(router.route.value).toEqual({ name, token: 'secret' });
    expect(window.location.hash).toBe(`#/${name}`);

    window.location.hash = `#/${name}/another`;
    expect(router.route.value).toEqual({ name, token: 'another' });
    expect(window.location.hash).toBe(`#/${name}`);
  });

  it('replaces where it is asked to', () => {
    const window = windowAt('#/reset');
    const router = createRouter(window);

    router.go({ name: 'list' }, { replace: true });

    expect(window.location.hash).toBe('#/');
    expect(router.route.value).toEqual({ name: 'list' });
  });
});
