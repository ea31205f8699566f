/** Random numbers from 0 to 1, without 1: the same for the same seed (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed that is another in each run, unless `QUANTCHAT_SEED` says which; it is printed. */
export function newSeed(what: string): number {
  const seed = Number(process.env.QUANTCHAT_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${what}: QUANTCHAT_SEED=${seed}`);
  return seed;
}
