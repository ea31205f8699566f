import { describe, expect, it } from 'vitest';
import { ME, message } from '../testing';
import { Arrivals } from './Arrivals';

describe('arrivals', () => {
  it('are those that are later than all before, each once', () => {
    const arrivals = new Arrivals(ME, 5);

    expect(arrivals.told([message(6), message(7)])).toBe(2);
    expect(arrivals.told([message(7), message(3)])).toBe(0);
    expect(arrivals.told([message(8)])).toBe(1);
  });

  it('are neither one’s own nor read elsewhere', () => {
    const arrivals = new Arrivals(ME, 5);

    expect(arrivals.told([message(6, { senderId: ME }), message(7, { state: 'read' })])).toBe(0);
  });
});
