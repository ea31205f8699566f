import { describe, expect, it } from 'vitest';
import { createTimes } from './times';

const berlin = createTimes('en-GB', 'Europe/Berlin');
const at = (iso: string) => Date.parse(iso);
const NOW = at('2026-03-29T12:00:00+02:00'); // The day that Berlin puts its clocks forward.

describe('times', () => {
  it('are of the own zone', () => {
    expect(berlin.clock(at('2026-01-05T23:30:00Z'))).toBe('00:30');
    expect(berlin.dayKey(at('2026-01-05T23:30:00Z'))).toBe('2026-01-06');
    expect(createTimes('en-GB', 'America/New_York').dayKey(at('2026-01-06T00:30:00Z'))).toBe(
      '2026-01-05',
    );
  });

  it('of a list name the hour today, then yesterday, the weekday, the date', () => {
    expect(berlin.short(at('2026-03-29T01:15:00+01:00'), NOW)).toBe('01:15');
    expect(berlin.short(at('2026-03-28T23:59:00+01:00'), NOW)).toBe('Yesterday');
    expect(berlin.short(at('2026-03-28T00:00:00+01:00'), NOW)).toBe('Yesterday');
    expect(berlin.short(at('2026-03-27T12:00:00+01:00'), NOW)).toBe('Fri');
    expect(berlin.short(at('2026-03-23T12:00:00+01:00'), NOW)).toBe('Mon');
    expect(berlin.short(at('2026-03-22T12:00:00+01:00'), NOW)).toBe('22 Mar');
    expect(berlin.short(at('2025-12-31T12:00:00+01:00'), NOW)).toBe('31/12/25');
  });

  it('of a day are said with their year where it is another', () => {
    expect(berlin.day(NOW, NOW)).toBe('Today');
    expect(berlin.day(at('2026-03-28T12:00:00+01:00'), NOW)).toBe('Yesterday');
    expect(berlin.day(at('2026-03-02T12:00:00+01:00'), NOW)).toBe('Monday 2 March');
    expect(berlin.day(at('2025-03-02T12:00:00+01:00'), NOW)).toBe('Sunday, 2 March 2025');
  });

  it('that lie in the future get their date, not a weekday', () => {
    expect(berlin.short(at('2026-03-31T12:00:00+02:00'), NOW)).toBe('31 Mar');
  });

  it('that no date can be are left out', () => {
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, 9e15]) {
      expect(berlin.short(time, NOW)).toBe('');
      expect(berlin.day(time, NOW)).toBe('');
      expect(berlin.clock(time)).toBe('');
      expect(berlin.full(time)).toBe('');
    }
  });
});
