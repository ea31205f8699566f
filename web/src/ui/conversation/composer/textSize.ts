/** Of UTF-8: what one message can carry. */
export const MOST_BYTES = 65_535;

/** From here on it is said how much is left. */
const SAID_FROM = MOST_BYTES - 4_000;

export interface TextSize {
  /** Bytes that are left; negative where there are too many. Nothing while there is plenty. */
  left?: number;
  fits: boolean;
}

const UTF8 = new TextEncoder();

/** How far a text is from the limit. Counted only where it may be near: not at every key. */
export function textSize(text: string): TextSize {
  if (text.length * 3 < SAID_FROM) return { fits: true };
  const bytes = UTF8.encode(text).length;
  if (bytes < SAID_FROM) return { fits: true };
  return { left: MOST_BYTES - bytes, fits: bytes <= MOST_BYTES };
}
