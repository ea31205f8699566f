const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far this computer's clock is off, and what to do. `ahead` in milliseconds. */
export function clockSaid(ahead: number): string {
  const off = Math.abs(ahead);
  const [size, unit] =
    off >= DAY
      ? [DAY, 'day']
      : off >= HOUR
        ? [HOUR, 'hour']
        : off >= MINUTE
          ? [MINUTE, 'minute']
          : [SECOND, 'second'];
  const count = Math.max(1, Math.round(off / size));
  const by = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return `This device’s clock is ${by} ${ahead > 0 ? 'ahead' : 'behind'}. Set it right, or messages can’t be exchanged.`;
}
