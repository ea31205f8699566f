import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../protocol/testing/fakeClock';
import { OwnTyping } from './ownTyping';
import { TheirTyping } from './theirTyping';

describe('their typing', () => {
  function setUp() {
    const clock = new FakeClock();
    const told: string[] = [];
    return {
      clock,
      typing: new TheirTyping(clock, (id) => told.push(id)),
      news: () => told.splice(0),
    };
  }

  it('ends by itself after 8 seconds without another word', async () => {
    const { clock, typing, news } = setUp();
    typing.heard('ada', true);
    await clock.pass(7_000);
    typing.heard('ada', true);
    await clock.pass(7_999);
    expect(typing.isTyping('ada')).toBe(true);
    await clock.pass(1);

    expect(typing.isTyping('ada')).toBe(false);
    expect(news()).toEqual(['ada', 'ada']);
  });

  it('ends when they say so, and once', async () => {
    const { clock, typing, news } = setUp();
    typing.heard('ada', true);
    typing.heard('ada', false);
    typing.heard('ada', false);
    await clock.pass(60_000);

    expect(news()).toEqual(['ada', 'ada']);
    expect(clock.delays).toEqual([]);
  });

  it('ends for all with the socket', () => {
    const { clock, typing } = setUp();
    typing.heard('ada', true);
    typing.heard('grace', true);
    typing.reset();

    expect([typing.isTyping('ada'), typing.isTyping('grace')]).toEqual([false, false]);
    expect(clock.delays).toEqual([]);
  });
});

describe('own typing', () => {
  function setUp() {
    const clock = new FakeClock();
    const sent: string[] = [];
    const typing = new OwnTyping(clock, (id, on) => sent.push(`${id} ${on}`));
    return { clock, typing, sent };
  }

  it('is said once in 4 seconds, however fast somebody types', async () => {
    const { clock, typing, sent } = setUp();
    for (let keys = 0; keys < 80; keys++) {
      typing.typed('ada');
      await clock.pass(100);
    }

    expect(sent).toEqual(['ada true', 'ada true']);
  });

  it('ends 6 seconds after the last key', async () => {
    const { clock, typing, sent } = setUp();
    typing.typed('ada');
    await clock.pass(3_000);
    typing.typed('ada');
    await clock.pass(5_999);
    expect(sent).toEqual(['ada true']);
    await clock.pass(1);

    expect(sent).toEqual(['ada true', 'ada false']);
    expect(clock.delays).toEqual([]);
  });

  it('ends at one when it begins at another', () => {
    const { typing, sent } = setUp();
    typing.typed('ada');
    typing.typed('grace');

    expect(sent).toEqual(['ada true', 'ada false', 'grace true']);
  });

  it('ends once when it is said to, and only for whom it is', () => {
    const { typing, sent } = setUp();
    typing.typed('ada');
    typing.stopped('grace');
    typing.stopped('ada');
    typing.stopped('ada');

    expect(sent).toEqual(['ada true', 'ada false']);
  });

  it('is forgotten with the socket, and said anew over the next', async () => {
    const { clock, typing, sent } = setUp();
    typing.typed('ada');
    typing.reset();
    expect(clock.delays).toEqual([]);
    typing.typed('ada');

    expect(sent).toEqual(['ada true', 'ada true']);
  });
});
