import { type ArchivedMessage, NoExportError, UnreadableError } from './archivedMessage';
import { type Block, blocksOf } from './blocks';
import { readCurrent } from './currentForm';
import { readEarlier } from './earlierForm';
import { FIELD } from './field';
import type { FileText } from './fileText';
import { type Head, readHead } from './head';
import { linesOf } from './line';
import { isId } from './messageFields';
import { Numbers } from './numbers';
import { type Reading, type ReadMessage, type Refused, refusedOf } from './reading';
import { isBlank, strip } from './strip';

/**
 * Reads messages that were written as Markdown, by this or the Java client or by the original one,
 * in their order. One that can't be read hinders no other. Throws a NoExportError where there is
 * none.
 *
 * @param self whose messages these are
 */
export async function readMarkdown(file: FileText, self: string): Promise<Reading> {
  const blocks = blocksOf(linesOf(file.text));
  if (blocks.length === 0 && !isBlank(file.text)) {
    throw new NoExportError('There are no messages in it: is it an export?');
  }
  return new MarkdownReader(self, file.isCertain).read(blocks);
}

class MarkdownReader {
  readonly #self: string;
  readonly #isCertain: boolean;
  #read: ReadMessage[] = [];
  readonly #refused: Refused[] = [];
  readonly #numbers = new Map<string, Numbers>();

  constructor(self: string, isCertain: boolean) {
    this.#self = self;
    this.#isCertain = isCertain;
  }

  async read(blocks: Block[]): Promise<Reading> {
    for (const block of blocks) {
      await this.#take(block);
    }
    const missing = [...this.#numbers.values()].flatMap((each) => each.missing());
    this.#refused.push(...missing);
    const current = blocks.filter((block) => block.head !== undefined).length;
    const verified = this.#read.filter((each) => each.isVerified).length;
    if (verified !== current || missing.length > 0) {
      // There is an export with digests of which not everything came through.
      this.#refuseUnverified();
    }
    this.#refused.sort((one, other) => one.line - other.line);
    return { read: this.#read, refused: this.#refused };
  }

  /** Its lines in another order may look like a message without a digest. */
  #refuseUnverified(): void {
    const reason =
      'it has no digest, among parts of an export that has: if it is an earlier one, import that' +
      ' as a file of its own';
    const unverified = this.#read.filter((each) => !each.isVerified);
    this.#refused.push(...unverified.map((each) => refusedOf(each, reason)));
    this.#read = this.#read.filter((each) => each.isVerified);
  }

  async #take(block: Block): Promise<void> {
    const { head, number, line } = block;
    if (head !== undefined) {
      this.#numbersOf(head).add(head);
    }
    try {
      const message = await this.#message(block);
      this.#read.push({ message, number, line, isVerified: head !== undefined });
    } catch (e) {
      if (!(e instanceof UnreadableError)) {
        throw e;
      }
      this.#refused.push({ number, line, messageId: idOf(block), reason: e.message });
    }
    this.#refuseWithin(block);
  }

  async #message(block: Block): Promise<ArchivedMessage> {
    return block.head === undefined
      ? readEarlier(block, this.#self, this.#isCertain)
      : readCurrent(block.head, block, this.#self);
  }

  #numbersOf(head: Head): Numbers {
    const there = this.#numbers.get(head.exportName) ?? new Numbers();
    this.#numbers.set(head.exportName, there);
    return there;
  }

  /** Where an export has lost its end, what follows can't be told from its last text. */
  #refuseWithin(block: Block): void {
    let isFirst = true;
    for (const line of block.body) {
      const head = readHead(line.text);
      if (head === undefined) {
        continue;
      }
      this.#numbersOf(head).expect(head);
      if (isFirst) {
        isFirst = false;
        this.#refused.push({
          number: block.number,
          line: line.number,
          messageId: '',
          reason: 'what looks like another export is within it: import that as a file of its own',
        });
      }
    }
  }
}

function idOf(block: Block): string {
  return (
    block.fields
      .filter((line) => line.bare.startsWith(`${FIELD.ID}:`))
      .map((line) => strip(line.bare.slice(FIELD.ID.length + 1)))
      .find(isId) ?? ''
  );
}
