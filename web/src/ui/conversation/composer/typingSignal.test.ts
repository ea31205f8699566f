import { describe, expect, it } from 'vitest';
import { TypingSignal } from './typingSignal';

function signal() {
  let now = 0;
  let due: { at: number; call: () => void } | undefined;
  const told: [number, boolean][] = [];
  const clock = {
    now: () => now,
    after: (ms: number, call: () => void) => {
      const mine = { at: now + ms, call };
      due = mine;
      return () => {
        if (due === mine) due = undefined;
      };
    },
  };
  const at = (time: number) => {
    if (due && due.at <= time) {
      now = due.at;
      const { call } = due;
      due = undefined;
      call();
    }
    now = time;
  };
  return { signal: new TypingSignal((typing) => told.push([now, typing]), clock), at, told };
}

describe('the typing signal', () => {
  it('is told seldom while somebody types, and its end once', () => {
    const { signal: typing, at, told } = signal();

    for (let time = 0; time <= 7_000; time += 200) {
      at(time);
      typing.typed(false);
    }
    at(60_000);

    expect(told).toEqual([
      [0, true],
      [3_000, true],
      [6_000, true],
      [12_000, false],
    ]);
  });

  it('ends with the text', () => {
    const { signal: typing, at, told } = signal();

    typing.typed(false);
    at(1_000);
    typing.typed(true);
    typing.stop();
    at(60_000);

    expect(told).toEqual([
      [0, true],
      [1_000, false],
    ]);
  });

  it('begins anew at once', () => {
    const { signal: typing, at, told } = signal();

    typing.typed(false);
    at(500);
    typing.stop();
    at(1_000);
    typing.typed(false);

    expect(told.map(([, on]) => on)).toEqual([true, false, true]);
  });
});
