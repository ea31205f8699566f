import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Seeded, seedOfRun } from '../testing/seeded';
import { BroughtAccount } from './broughtAccount';
import { rewritten } from './checks/rewriting';
import { linesOf } from './lines';
import { SegmentOutput } from './segments';

const FILES = `${import.meta.dirname}/../../../../client/account-files`;
const PASSPHRASE = 'the passphrase of a ﬁle';
const CHEAP = { memoryKib: 64, iterations: 1, lanes: 1 };

const seeded = new Seeded(seedOfRun());

function known(name: string): Blob {
  return new Blob([readFileSync(`${FILES}/${name}.account`)]);
}

async function membersOf(file: Blob): Promise<string[]> {
  const members: string[] = [];
  for await (const line of linesOf(file, PASSPHRASE)) {
    members.push(line.text('kind'));
  }
  return members;
}

/** A file of lines that are sealed as they are. */
async function fileOf(text: string): Promise<Blob> {
  const out = await SegmentOutput.begin(PASSPHRASE, CHEAP, seeded.bytes(16));
  await out.write(new TextEncoder().encode(text));
  return out.finish();
}

async function textOf(file: Blob): Promise<string[]> {
  const { segmentsOf } = await import('./segments');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const segment of segmentsOf(file, PASSPHRASE)) {
    parts.push(segment);
  }
  return (await new Blob(parts).text()).split('\n').slice(0, -1);
}

describe('files that were written once', () => {
  for (const name of ['java', 'browser']) {
    it(`of ${name} are read, and written alike`, async () => {
      const file = known(name);
      const brought = await BroughtAccount.read(linesOf(file, PASSPHRASE));
      expect(brought.messages.map(({ message }) => message.text.split('\n')[0])).toEqual([
        'hello',
        'hello yourself',
        'two files',
        'not sent yet: \u0000 "\\" 🦊',
        '',
      ]);
      expect(brought.messages[2]?.files.map(({ about, way }) => [about.name, way.state])).toEqual([
        ['one.txt', 'gone'],
        ['two.txt', 'on_server'],
      ]);

      const again = await rewritten(file, PASSPHRASE, (size) => seeded.bytes(size));
      expect(await membersOf(again)).toEqual(await membersOf(file));
    });
  }
});

describe('lines that make no sense', () => {
  const change =
    (kind: string, to: (line: Record<string, unknown>) => unknown) => (line: string) => {
      const read = JSON.parse(line);
      return read.kind === kind ? JSON.stringify(to(read)) : line;
    };
  const cases: Record<string, (line: string) => string> = {
    'no JSON': (line) => (line.includes('"peer"') ? '{' : line),
    'a name twice': (line) => line.replace('"kind":"peer"', '"kind":"peer","kind":"peer"'),
    'an account that is no id': change('account', (it) => ({ ...it, user_id: 'ann' })),
    'a key that is none': change('identity', (it) => ({ ...it, ecdsa: btoa('\0'.repeat(32)) })),
    'a key of another size': change('identity', (it) => ({ ...it, ml_dsa: btoa('short') })),
    "another identity's bundle": change('identity', (it) => ({
      ...it,
      ml_dsa: btoa('x'.repeat(32)),
    })),
    'base64 in another spelling': change('receipt_key', (it) => ({ ...it, key: `${it.key}\n` })),
    "a bundle that is another's": change('peer', (it) => ({
      ...it,
      user_id: '00000000-0000-4000-8000-000000000000',
    })),
    'spans that overlap': change('heard', (it) => ({
      ...it,
      missing: [
        [1, 3],
        [2, 4],
      ],
    })),
    'a number that is not whole': change('heard', (it) => ({ ...it, highest: 1.5 })),
    'a state that there is not': change('message', (it) => ({ ...it, state: 'lost' })),
    'a time before 1970': change('message', (it) => ({ ...it, arrived: -1 })),
    'a message to oneself': change('message', (it) => ({ ...it, contact_id: it.sender_id })),
    'details that are none': change('message', (it) => ({ ...it, details: [] })),
    'a message twice': (line) => (line.includes('"hello"') ? `${line}\n${line}` : line),
    'another count': change('end', (it) => ({ ...it, lines: 3 })),
    'something after its end': (line) =>
      line.includes('"end"') ? `${line}\n{"kind":"more"}` : line,
  };

  for (const [what, alter] of Object.entries(cases)) {
    it(`are refused: ${what}`, async () => {
      const lines = await textOf(known('java'));
      const altered = lines.map(alter);
      expect(altered).not.toEqual(lines);
      const file = await fileOf(altered.map((line) => `${line}\n`).join(''));

      await expect(BroughtAccount.read(linesOf(file, PASSPHRASE))).rejects.toThrow(
        /is damaged: its line \d+ makes no sense/,
      );
    });
  }

  it('are passed over where only a newer program knows them', async () => {
    const lines = (await textOf(known('java'))).slice(0, -1);
    const more = ['{"kind":"new","with":1.5}', `{"kind":"end","lines":${lines.length + 1}}`];
    const file = await fileOf([...lines, ...more].map((line) => `${line}\n`).join(''));

    const brought = await BroughtAccount.read(linesOf(file, PASSPHRASE));
    expect(brought.messages).toHaveLength(5);
  });

  it('are missed where the last one is not there', async () => {
    const lines = (await textOf(known('java'))).slice(0, -1);
    const file = await fileOf(lines.map((line) => `${line}\n`).join(''));

    await expect(BroughtAccount.read(linesOf(file, PASSPHRASE))).rejects.toThrow(
      /its end is missing/,
    );
  });
});
