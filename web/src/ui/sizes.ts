const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: `48.3 MB`. */
export function sizeSaid(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toLocaleString(undefined, { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}
