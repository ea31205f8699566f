import { require } from './refused';

/** Numbers from a first to a last one, both included. */
export type Span = readonly [first: number, last: number];

const FIELD = 'content';

/** Numbers of a stream: from 1, as spans that don't touch, in their order. */
export class Numbers {
  static readonly NONE = new Numbers([]);

  readonly spans: readonly Span[];

  /** @throws {Refused} MALFORMED for spans that touch, overlap or are out of order */
  constructor(spans: readonly Span[]) {
    let before = -1;
    for (const [first, last] of spans) {
      const isSpan = Number.isSafeInteger(first) && Number.isSafeInteger(last) && first <= last;
      require(isSpan && first >= 1 && first > before + 1, 'MALFORMED', FIELD);
      before = last;
    }
    this.spans = spans;
  }

  static of(first: number, last: number): Numbers {
    return new Numbers([[first, last]]);
  }

  get isEmpty(): boolean {
    return this.spans.length === 0;
  }

  /** How many numbers they are. */
  get count(): number {
    return this.spans.reduce((count, [first, last]) => count + last - first + 1, 0);
  }

  contains(number: number): boolean {
    return this.spans.some(([first, last]) => first <= number && number <= last);
  }

  /** These and those. */
  with(others: Numbers): Numbers {
    const sorted = [...this.spans, ...others.spans].sort((one, other) => one[0] - other[0]);
    const joined: Span[] = [];
    for (const [first, last] of sorted) {
      const before = joined.at(-1);
      if (before !== undefined && first <= before[1] + 1) {
        joined.splice(-1, 1, [before[0], Math.max(before[1], last)]);
      } else {
        joined.push([first, last]);
      }
    }
    return new Numbers(joined);
  }

  /** These without those. */
  without(others: Numbers): Numbers {
    const left = others.spans.reduce<readonly Span[]>(
      (spans, gone) => spans.flatMap((span) => spanWithout(span, gone)),
      this.spans,
    );
    return new Numbers(left);
  }

  /** The last of them, in so many spans at most. */
  newest(most: number): Numbers {
    return new Numbers(this.spans.slice(Math.max(0, this.spans.length - most)));
  }

  /** @throws {Refused} MALFORMED for what isn't `[[first, last]...]` */
  static from(list: readonly unknown[]): Numbers {
    return new Numbers(list.map(spanOf));
  }
}

function spanWithout([first, last]: Span, [from, to]: Span): Span[] {
  if (to < first || from > last) {
    return [[first, last]];
  }
  const left: Span[] = [];
  if (first < from) {
    left.push([first, from - 1]);
  }
  if (last > to) {
    left.push([to + 1, last]);
  }
  return left;
}

function spanOf(value: unknown): Span {
  require(Array.isArray(value) && value.length === 2, 'MALFORMED', FIELD);
  const [first, last]: unknown[] = value;
  require(typeof first === 'number' && typeof last === 'number', 'MALFORMED', FIELD);
  return [first, last];
}
