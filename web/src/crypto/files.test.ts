import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concat } from './bytes';
import { turned } from './checks/conversation';
import { refusalBy } from './checks/expect';
import { randomOf } from './checks/random';
import { FileKey } from './fileKey';
import { FileOpener } from './fileOpener';
import { FileSealer } from './fileSealer';
import { UploadHashes } from './uploadHashes';

const random = randomOf('files');
const key = FileKey.generate(random);

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) {
    list.push(piece);
  }
  return concat(...list);
}

async function* inPieces(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    yield new Uint8Array(0);
  }
}

async function sealed(file: Uint8Array): Promise<Uint8Array> {
  return collected(new FileSealer(random).seal(key, inPieces(file)));
}

describe('a sealed file', () => {
  it.each([0, 1, 4095, 65_480, 65_481, 131_000, 200_000])('opens to its %i bytes', async (size) => {
    const file = random(size);
    const whole = await sealed(file);

    expect(whole).toHaveLength(FileSealer.sealedSize(size));
    const opened = await collected(new FileOpener(key, size).open(inPieces(whole, 7000)));
    expect(Buffer.compare(opened, file)).toBe(0);
  });

  it('is refused where it is cut off, goes on, or is another at any place', async () => {
    const whole = await sealed(random(200_000));
    const open = (bytes: Uint8Array, size = 200_000) =>
      refusalBy(() => collected(new FileOpener(key, size).open(inPieces(bytes))));

    expect(await open(whole.subarray(0, -1))).toBe('TRUNCATED');
    expect(await open(concat(whole, Uint8Array.of(0)))).toBe('EXTENDED');
    expect(await open(new Uint8Array(0))).toBe('TRUNCATED');
    expect(await open(turned(whole, 0))).toBe('MALFORMED');
    for (const at of [1, 35, 40, 65_536, 150_000, whole.length - 1]) {
      expect(await open(turned(whole, at)), `byte ${at}`).toBe('WRONG_CONTENT');
    }
    expect(await open(whole, 199_999)).toBe('MALFORMED');
    const [one, two] = [whole.subarray(65_536, 131_072), whole.subarray(131_072, 196_608)];
    const swapped = concat(whole.subarray(0, 65_536), two, one, whole.subarray(196_608));
    expect(await open(swapped)).toBe('WRONG_CONTENT');
    const other = FileKey.generate(random);
    const wrong = () => collected(new FileOpener(other, 200_000).open(inPieces(whole)));
    expect(await refusalBy(wrong)).toBe('WRONG_CONTENT');
  });

  it('is no larger than may be, and read no further', async () => {
    expect(await refusalBy(() => new FileOpener(key, FileSealer.MOST_SIZE + 1))).toBe('EXTENDED');
    expect(await refusalBy(() => FileSealer.sealedSize(-1))).toBe('TRUNCATED');
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; ; given++) {
        yield new Uint8Array(65_536);
      }
    }
    expect(await refusalBy(() => collected(new FileOpener(key, 10).open(endless())))).toBe(
      'MALFORMED',
    );
    expect(given).toBe(0);
  });

  it('gives a stream back to its owner where it is refused', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(100)),
    });
    await refusalBy(() => collected(new FileOpener(key, 10).open(stream)));

    expect(stream.locked).toBe(false);
    await stream.cancel();
  });

  it('fails as its source does', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new TypeError('The disk is gone');
    }

    await expect(collected(new FileSealer(random).seal(key, broken()))).rejects.toThrow('disk');
  });
});

describe('the hashes of an upload', () => {
  it('are of the whole and of parts of 8 MiB, in pieces of any size', async () => {
    const bytes = new Uint8Array(2 * UploadHashes.PART_SIZE + 5).map((_, i) => i % 251);
    const hashes = new UploadHashes();
    await hashes.write(bytes.subarray(0, 100));
    await hashes.write(bytes.subarray(100, UploadHashes.PART_SIZE + 7));
    await hashes.write(bytes.subarray(UploadHashes.PART_SIZE + 7));

    const hash = (part: Uint8Array) => createHash('sha256').update(part).digest('hex');
    const hex = (part: Uint8Array) => Buffer.from(part).toString('hex');
    expect(hex(await hashes.sha256())).toBe(hash(bytes));
    expect((await hashes.parts()).map(hex)).toEqual(
      [0, 1, 2].map((i) =>
        hash(bytes.subarray(i * UploadHashes.PART_SIZE, (i + 1) * UploadHashes.PART_SIZE)),
      ),
    );
    expect(hashes.size).toBe(bytes.length);
  });

  it('are of nothing where nothing was written', async () => {
    expect(await new UploadHashes().parts()).toEqual([]);
  });
});
