import { isOnItsSide, type Orientation, UPRIGHT } from './orientation';

/** How large a picture is, in pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

/** What was seen of a picture on the way. */
export interface Facts {
  /** As it is stored; absent where the format doesn't say it where it was looked for. */
  readonly size?: PixelSize;
  readonly orientation: Orientation;
  /** Whether it comes coarse first, then finer, and so takes more memory to decode. */
  readonly isInPasses: boolean;
}

export const UNKNOWN: Facts = { orientation: UPRIGHT, isInPasses: false };

/** How large it is when it is shown. */
export function shownSize(facts: Facts): PixelSize | undefined {
  if (facts.size === undefined || facts.size.width <= 0 || facts.size.height <= 0) {
    return undefined;
  }
  return isOnItsSide(facts.orientation)
    ? { width: facts.size.height, height: facts.size.width }
    : facts.size;
}

/** The first size that is seen counts. */
export function withSize(facts: Facts, width: number, height: number): Facts {
  return facts.size === undefined ? { ...facts, size: { width, height } } : facts;
}

export function areSame(one: Facts, other: Facts): boolean {
  return (
    one.size?.width === other.size?.width &&
    one.size?.height === other.size?.height &&
    one.orientation === other.orientation &&
    one.isInPasses === other.isInPasses
  );
}
