import { describe, expect, it } from 'vitest';
import { Calendar } from './days';

const at = (text: string) => Date.parse(text);

describe('days', () => {
  const berlin = new Calendar('en-GB', 'Europe/Berlin');
  const now = at('2026-03-31T10:00:00Z');

  it('names today, yesterday, the days of a week, and dates', () => {
    expect(berlin.dayName(at('2026-03-31T00:30:00Z'), now)).toBe('Today');
    expect(berlin.dayName(at('2026-03-30T12:00:00Z'), now)).toBe('Yesterday');
    expect(berlin.dayName(at('2026-03-26T12:00:00Z'), now)).toBe('Thursday');
    expect(berlin.dayName(at('2026-03-24T12:00:00Z'), now)).toBe('Tue 24 March');
    expect(berlin.dayName(at('2025-12-31T12:00:00Z'), now)).toBe('31 December 2025');
  });

  it('counts days of the own zone', () => {
    const late = at('2026-03-30T22:30:00Z');

    expect(berlin.dayName(late, now)).toBe('Today');
    expect(new Calendar('en-GB', 'America/New_York').dayName(late, now)).toBe('Yesterday');
  });

  it('counts days, not spans of 24 hours, when clocks are put forward', () => {
    expect(berlin.dayName(at('2026-03-28T23:30:00Z'), at('2026-03-29T22:30:00Z'))).toBe(
      'Yesterday',
    );
  });

  it('gives a date to what says it is from the future', () => {
    expect(berlin.dayName(at('2026-04-02T10:00:00Z'), now)).toBe('Thu 2 April');
  });

  it('keeps days apart in languages with other calendars and digits', () => {
    const persian = new Calendar('fa-IR', 'Asia/Tehran');

    expect(persian.day(now)).toBe('2026-03-31');
  });
});
