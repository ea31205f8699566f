/** Times as people read them, in their own zone and the way they write dates. */

const DAY = 86_400_000;

export interface Times {
  /** `14:05` */
  clock(time: number): string;
  /** In a list: the time today, `Yesterday`, the weekday within a week, then the date. */
  short(time: number, now: number): string;
  /** Over a day's messages: `Today`, `Yesterday`, else the date, with the year where it's another. */
  day(time: number, now: number): string;
  /** Date and time in full. */
  full(time: number): string;
  /** The same for all times of a day, another for each day. */
  dayKey(time: number): string;
}

/** `locale` and `zone` are the browser's where they are left out. */
export function createTimes(locale?: string, zone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, zone === undefined ? options : { ...options, timeZone: zone });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const dayOfYear = format({ day: 'numeric', month: 'short' });
  const numeric = format({ day: '2-digit', month: '2-digit', year: '2-digit' });
  const longDay = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const longDate = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const full = format({ dateStyle: 'long', timeStyle: 'short' });
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(zone !== undefined && { timeZone: zone }),
  });
  const dayKey = (time: number) => (isTime(time) ? parts.format(time) : '');
  /** Days between two times, as a calendar counts them: a change of the clock isn't one. */
  const daysAgo = (time: number, now: number) =>
    Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(time))) / DAY);
  const year = (time: number) => dayKey(time).slice(0, -6);
  return {
    dayKey,
    clock: (time) => (isTime(time) ? clock.format(time) : ''),
    full: (time) => (isTime(time) ? full.format(time) : ''),
    short(time, now) {
      if (!isTime(time)) {
        return '';
      }
      const days = daysAgo(time, now);
      if (days === 0) {
        return clock.format(time);
      }
      if (days === 1) {
        return 'Yesterday';
      }
      if (days > 1 && days < 7) {
        return weekday.format(time);
      }
      return year(time) === year(now) ? dayOfYear.format(time) : numeric.format(time);
    },
    day(time, now) {
      if (!isTime(time)) {
        return '';
      }
      const days = daysAgo(time, now);
      if (days === 0) {
        return 'Today';
      }
      if (days === 1) {
        return 'Yesterday';
      }
      return year(time) === year(now) ? longDay.format(time) : longDate.format(time);
    },
  };
}

/** What a `Date` can hold: a sender may say anything. */
function isTime(time: number): boolean {
  return Math.abs(time) <= 8.64e15;
}

export const times: Times = createTimes();
