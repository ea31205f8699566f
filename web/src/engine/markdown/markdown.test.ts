import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MessageState } from '../api';
import { type ArchivedMessage, NoExportError } from './archivedMessage';
import { fileText } from './fileText';
import { writeMarkdown, writeNamed } from './markdownExport';
import { readMarkdown } from './markdownImport';

const SELF = '7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21';
const OTHER = '3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40';
const NAME = '1f0c9a5be37d4826';

type Described = [
  id: string,
  senderId: string,
  contactId: string,
  created: number,
  state: MessageState,
  text: string,
  details: Record<string, unknown>,
];

interface SharedFile {
  what: string;
  /** Base64. */
  file: string;
  read?: [number: number, line: number, isVerified: boolean, message: Described][];
  refused?: [number: number, line: number, messageId: string, reason: string][];
  none?: string;
}

/** What the Java client writes and reads, by its SharedExportsTest. */
const SHARED: {
  written: { name: string; messages: Described[]; export: string }[];
  files: SharedFile[];
} = JSON.parse(
  readFileSync(
    join(
      import.meta.dirname,
      '../../../../client/src/test/resources/io/quantchat/client/markdown/exports.json',
    ),
    'utf8',
  ),
);

function messageOf(described: Described): ArchivedMessage {
  const [id, senderId, contactId, created, state, text, details] = described;
  return { id, senderId, contactId, created, state, text, details };
}

async function readFile({ what, file }: SharedFile): Promise<SharedFile> {
  try {
    const reading = await readMarkdown(fileText(Buffer.from(file, 'base64')), SELF);
    return {
      what,
      file,
      read: reading.read.map(({ number, line, isVerified, message: m }) => [
        number,
        line,
        isVerified,
        [m.id, m.senderId, m.contactId, m.created, m.state, m.text, { ...m.details }],
      ]),
      refused: reading.refused.map((each) => [each.number, each.line, each.messageId, each.reason]),
    };
  } catch (e) {
    if (e instanceof NoExportError) {
      return { what, file, none: e.message };
    }
    throw e;
  }
}

function message(text: string, details: Record<string, unknown> = {}): ArchivedMessage {
  return {
    id: '019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17',
    senderId: OTHER,
    contactId: OTHER,
    created: Date.parse('2026-02-02T10:00:00.120Z'),
    state: 'read',
    text,
    details,
  };
}

async function readText(text: string): Promise<ArchivedMessage[]> {
  const { read } = await readMarkdown({ text, isCertain: true }, SELF);
  return read.map((each) => each.message);
}

describe('an export', () => {
  it('can be read by people', async () => {
    const written = await writeNamed(
      [message('Hello, *Ada*.\n\nSee you.', { crypto_version: 'v2' })],
      SELF,
      NAME,
    );

    expect(written).toBe(`---
quantchat: 2 1f0c9a5be37d4826 1/1
id: 019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17
from: 3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40
to: 7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21
timestamp: 2026-02-02T10:00:00.120Z
state: read
crypto_version: v2
exact: base64:WyJIZWxsbywgKkFkYSouXG5cblNlZSB5b3UuIl0
digest: TdKh7BiA_o46HZBtVzUujhsl8wlUOklBiv0t0hKT5D4
---

Hello, *Ada*.

See you.

<!-- end of export 1f0c9a5be37d4826 -->
`);
  });

  it.each(SHARED.written)('has the bytes that Java writes: $name', async (shared) => {
    expect(await writeNamed(shared.messages.map(messageOf), SELF, shared.name)).toBe(shared.export);
  });

  it('has a name that no text of it holds', async () => {
    const drawn = [7, 7, 9];
    const random = (size: number) => new Uint8Array(size).fill(drawn.shift() ?? 0);

    const written = await writeMarkdown([message('07'.repeat(8))], SELF, random);

    expect(written).toContain(`end of export ${'09'.repeat(8)}`);
  });

  it('of nothing is nothing', async () => {
    expect(await writeNamed([], SELF, NAME)).toBe('');
    expect(await readText('')).toEqual([]);
  });

  it.each([
    '',
    ' ',
    '\n\n\n',
    '---',
    'a\n---\nid: x\n---\n\nb',
    '---\r\n',
    '\r',
    'ends with lines\n\n',
    '\n\nbegins with lines',
    '---\x85---',
    '🦊\u2028---',
    'half \ud83e of one',
  ])('gives every text back as it was: %j', async (text) => {
    const three = [message(text), message('between'), message(text)];

    expect(await readText(await writeNamed(three, SELF, NAME))).toEqual(three);
  });

  it.each([
    [`${' '.repeat(64_000)}x`, 0],
    [`0123456789abcdef ${'quantchat '.repeat(6_000)}`, 0],
    [`${'quantchat '.repeat(6_000)}0123456789ABCDEF`, 6_000],
    ['\n  '.repeat(20_000), 0],
  ])('takes long texts of one kind: %#', async (text, heads) => {
    const written = await writeNamed([message(text)], SELF, NAME);

    expect(written.split('quant·chat')).toHaveLength(heads + 1);
    expect(await readText(written)).toEqual([message(text)]);
  });

  it('gives every detail back as it was', async () => {
    const details = JSON.parse(
      '{"number":5,"like_a_number":"5","flag":true,"like_a_flag":"true","empty":"",' +
        '"lines":"one\\ntwo","spaces":" around ","quoted":"\\"so\\"","nothing":null,' +
        '"list":[{"of":[1,"2"]}],"any name":{"deep":[[]]},"small":1e-7,"large":1e300,' +
        '"__proto__":"a name","id2":0.5}',
    );

    const [read] = await readText(await writeNamed([message('Hello.', details)], SELF, NAME));

    expect(read?.details).toEqual(details);
    expect(Object.keys(read?.details ?? {})).toEqual(Object.keys(details));
  });
});

describe('a file', () => {
  it('is read as Java reads it, whatever was done to it', async () => {
    for (const shared of SHARED.files) {
      expect(await readFile(shared)).toEqual(shared);
    }
  });

  it('that is no export is said to be none', async () => {
    await expect(readText('# Notes\n\nBuy bread.\n')).rejects.toThrow('is it an export?');
  });

  it('with a field of any size is read or refused', async () => {
    const earlier = await earlierExport();
    for (const value of ['['.repeat(100_000), `"${'\\\\'.repeat(2_000_000)}"`, 'x'.repeat(5e6)]) {
      const odd = earlier.replace('crypto_version: v2', `field: ${value}`);
      const reading = await readMarkdown({ text: odd + earlier, isCertain: true }, SELF);

      expect(reading.read.length + reading.refused.length).toBe(2);
      expect(reading.read.length).toBeGreaterThan(0);
    }
  });

  it('loses one message to a character that is another or lost', async () => {
    const messages = ['Meet me at noon.', 'By the mill?', 'Yes.\nBring it.'].map((text, i) => ({
      ...message(text),
      id: `019c1dcb-797b-7d2e-9c41-00000000000${i}`,
    }));
    const written = await writeNamed(messages, SELF, NAME);

    for (let at = 0; at < written.length; at++) {
      for (const instead of ['', 'Q']) {
        const read = await readText(written.slice(0, at) + instead + written.slice(at + 1));

        expect(messages).toEqual(expect.arrayContaining(read));
        expect(read.length).toBeGreaterThanOrEqual(messages.length - 1);
      }
    }
  });
});

async function earlierExport(): Promise<string> {
  const current = await writeNamed([message('One.', { crypto_version: 'v2' })], SELF, NAME);
  return current.replace(/^(quantchat|digest):.*\n/gm, '').replace(/<!--.*\n/, '');
}
