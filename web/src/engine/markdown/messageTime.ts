import { UnreadableError } from './archivedMessage';

/** RFC 3339, and what Java takes beyond it: years of more digits with a sign, offsets, 24:00. */
const TIME =
  /^([+-]?\d{4,10})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{0,9}))?(Z|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/i;

const LAST_YEAR = 999_999_999;

/** 9999-12-31T23:59:59.999Z. */
const LAST = 253_402_300_799_999;

export function writeTime(time: number): string {
  return new Date(time).toISOString();
}

/** Milliseconds of a message's time. */
export function readTime(written: string): number {
  const time = parsed(written);
  if (time === undefined) {
    throw new UnreadableError('its field timestamp is no time');
  }
  if (!(time >= 0 && time <= LAST)) {
    throw new UnreadableError('its time is none that a message can have');
  }
  return time;
}

/** Not a number where it is a time of a year that JavaScript hasn't. */
function parsed(written: string): number | undefined {
  const found = TIME.exec(written);
  if (found === null) {
    return undefined;
  }
  const [, years = '', ...rest] = found;
  const [month, day, hour, minute, second] = rest.slice(0, 5).map(Number) as number[];
  const year = Number(years);
  const isFit =
    Math.abs(year) <= LAST_YEAR &&
    isSigned(years) &&
    isDate(year, month ?? 0, day ?? 0) &&
    isTimeOfDay(hour ?? 0, minute ?? 0, second ?? 0, found[7] ?? '');
  const offset = offsetOf(found);
  if (!isFit || offset === undefined) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(year, (month ?? 1) - 1, day);
  // A leap second is the one before it.
  date.setUTCHours(hour ?? 0, minute, Math.min(second ?? 0, 59));
  const fraction = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return date.getTime() + fraction - offset;
}

/** A year of four digits has no plus; one of more has. */
function isSigned(years: string): boolean {
  const digits = years.replace(/^[+-]/, '').length;
  return years.startsWith('-') || years.startsWith('+') === digits > 4;
}

function isDate(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function isTimeOfDay(hour: number, minute: number, second: number, fraction: string): boolean {
  if (hour === 24) {
    return minute === 0 && second === 0 && Number(fraction) === 0;
  }
  const isLeapSecond = hour === 23 && minute === 59 && second === 60;
  return hour < 24 && minute < 60 && (second < 60 || isLeapSecond);
}

/** Milliseconds; at most 18 hours. */
function offsetOf(found: RegExpExecArray): number | undefined {
  const [hours, minutes, seconds] = found.slice(10, 13).map((digits) => Number(digits ?? 0));
  const size = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  const isFit = (minutes ?? 0) < 60 && (seconds ?? 0) < 60 && size <= 18 * 3600;
  return isFit ? (found[9] === '-' ? -1000 : 1000) * size : undefined;
}
