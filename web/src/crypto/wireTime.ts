import { require } from './refused';

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** 9999-12-31T23:59:59.999Z. */
const LAST = 253_402_300_799_999;

/** Times on the wire: RFC 3339, UTC, milliseconds and `Z`, always 24 characters. */
export const WireTime = {
  format(time: number): string {
    requireMilliseconds(time);
    return new Date(time).toISOString();
  },

  /** @throws {Refused} MALFORMED for every other spelling, and before 1970 */
  parse(field: string, text: string): number {
    const time = FORM.test(text) ? Date.parse(text) : Number.NaN;
    // A 30th of February is read as a day of March, and so written otherwise.
    const isTime = time >= 0 && time <= LAST && new Date(time).toISOString() === text;
    require(isTime, 'MALFORMED', field);
    return time;
  },
} as const;

/** @throws {RangeError} for what can't be put on the wire as it is */
export function requireMilliseconds(time: number): void {
  if (!Number.isInteger(time) || time < 0 || time > LAST) {
    throw new RangeError('Times are of whole milliseconds since 1970, before 10000');
  }
}
