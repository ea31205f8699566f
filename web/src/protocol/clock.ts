/** All that has to do with time; times are milliseconds. */
export interface Clock {
  /** Since 1970, by the clock of this computer: it may be wrong, and may be set. */
  now(): number;
  /** What has passed since some moment, whatever the clock says. */
  elapsed(): number;
  /** Does something once, later; what is returned calls it off. */
  after(delay: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delay, action) {
    const timer = setTimeout(action, delay);
    return () => clearTimeout(timer);
  },
};
