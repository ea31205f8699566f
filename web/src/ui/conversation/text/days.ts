/**
 * Days and times as they are said, in a zone and a language: those of the browser, unless a test
 * says others. Formats are made once; making one costs more than a thousand uses.
 */
export class Calendar {
  private readonly dayKey: Intl.DateTimeFormat;
  private readonly clock: Intl.DateTimeFormat;
  private readonly weekday: Intl.DateTimeFormat;
  private readonly date: Intl.DateTimeFormat;
  private readonly dateWithYear: Intl.DateTimeFormat;
  private readonly full: Intl.DateTimeFormat;

  constructor(locale?: string, timeZone?: string) {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options);
    this.dayKey = new Intl.DateTimeFormat('en-CA', {
      dateStyle: 'short',
      calendar: 'iso8601',
      numberingSystem: 'latn',
      ...(timeZone && { timeZone }),
    });
    this.clock = format({ hour: 'numeric', minute: '2-digit' });
    this.weekday = format({ weekday: 'long' });
    this.date = format({ weekday: 'short', day: 'numeric', month: 'long' });
    this.dateWithYear = format({ day: 'numeric', month: 'long', year: 'numeric' });
    this.full = format({ dateStyle: 'full', timeStyle: 'medium' });
  }

  /** The same for all times of one day, and for no other. */
  day(time: number): string {
    return this.dayKey.format(time);
  }

  /** As a day line says it: today, yesterday, the weekday within a week, then the date. */
  dayName(time: number, now: number): string {
    const ago = this.daysBetween(time, now);
    if (ago === 0) return 'Today';
    if (ago === 1) return 'Yesterday';
    if (ago > 1 && ago < 7) return this.weekday.format(time);
    return this.day(time).slice(0, 4) === this.day(now).slice(0, 4)
      ? this.date.format(time)
      : this.dateWithYear.format(time);
  }

  time(time: number): string {
    return this.clock.format(time);
  }

  dateAndTime(time: number): string {
    return this.full.format(time);
  }

  private daysBetween(earlier: number, later: number): number {
    return (Date.parse(this.day(later)) - Date.parse(this.day(earlier))) / 86_400_000;
  }
}
