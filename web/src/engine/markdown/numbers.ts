import type { Head } from './head';
import type { Refused } from './reading';

/** Which messages of one export are in a file. */
export class Numbers {
  readonly #there = new Set<number>();
  #count = 0;

  add(head: Head): void {
    this.#there.add(head.number);
    this.expect(head);
  }

  /** It can't be told from another message's text. */
  expect(head: Head): void {
    this.#count = Math.max(this.#count, head.count);
  }

  /** What the file lacks, where several in a row as one. */
  missing(): Refused[] {
    const missing: Refused[] = [];
    let next = 1;
    for (const number of [...this.#there].sort((one, other) => one - other)) {
      this.#gap(next, number - 1, missing);
      next = number + 1;
    }
    this.#gap(next, this.#count, missing);
    return missing;
  }

  #gap(first: number, last: number, missing: Refused[]): void {
    if (first <= last) {
      const which = first === last ? "it isn't" : `messages ${first} to ${last} aren't`;
      missing.push({
        number: first,
        line: 0,
        messageId: '',
        reason: `${which} in the file, which has had ${this.#count} of them`,
      });
    }
  }
}
