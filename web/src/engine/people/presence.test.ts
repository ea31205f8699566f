import { describe, expect, it } from 'vitest';
import { Presence } from './presence';

function setUp() {
  const told: string[] = [];
  return { presence: new Presence((id) => told.push(id)), news: () => told.splice(0) };
}

describe('presence', () => {
  it('is told where it changes', () => {
    const { presence, news } = setUp();
    presence.heard('ada', true);
    presence.heard('ada', true);
    expect(presence.isOnline('ada')).toBe(true);
    presence.heard('ada', false);

    expect(news()).toEqual(['ada', 'ada']);
  });

  it("is what the server's list says; whoever isn't named isn't there", () => {
    const { presence, news } = setUp();
    presence.heard('ada', true);
    news();
    presence.asked();
    presence.answered(['grace']);

    expect([presence.isOnline('ada'), presence.isOnline('grace')]).toEqual([false, true]);
    expect(news().sort()).toEqual(['ada', 'grace']);
  });

  it('that was pushed while the list was on its way is newer than it', () => {
    const { presence } = setUp();
    presence.heard('grace', true);
    presence.asked();
    presence.heard('ada', true);
    presence.heard('grace', false);
    presence.answered(['grace']);

    expect([presence.isOnline('ada'), presence.isOnline('grace')]).toEqual([true, false]);
  });

  it('is unknown without a socket', () => {
    const { presence, news } = setUp();
    presence.heard('ada', true);
    news();
    presence.reset();

    expect(presence.isOnline('ada')).toBe(false);
    expect(news()).toEqual(['ada']);
  });
});
