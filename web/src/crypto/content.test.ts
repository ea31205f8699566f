import { describe, expect, it } from 'vitest';
import { AttachedFile } from './attachedFile';
import { fromHex } from './bytes';
import { refusalBy } from './checks/expect';
import { decodeContent, encodeAgain, encodePlain, encodeText, type TextContent } from './content';
import { FileKey } from './fileKey';
import { requireRefsOf } from './fileRefs';
import { MediaRefs } from './mediaRefs';
import { Numbers } from './numbers';
import { utf8 } from './texts';

const EPOCH = '8b0f6a3e-6c1d-4f2a-9a3c-0123456789ab';
const plain: TextContent = {
  kind: 'text',
  text: 'Hello',
  place: { epoch: EPOCH, number: 1 },
  noMore: Numbers.NONE,
  replaces: [],
  files: [],
};

function file(i: number, thumbnail?: number): AttachedFile {
  return new AttachedFile({
    mediaId: `${'A'.repeat(41)}${i}A`,
    key: FileKey.of(new Uint8Array(32)),
    name: 'a',
    type: 'a/b',
    size: i,
    ...(thumbnail && {
      thumbnail: new Uint8Array(thumbnail).fill(0).map((_, at) => [0xff, 0xd8, 0xff][at] ?? 0),
    }),
  });
}

describe('a plain text', () => {
  it('keeps every character, a mark of the byte order too', async () => {
    const text = '\ufeffGrüße\0 世界 😀';

    expect(await decodeContent(encodePlain(text))).toEqual({ kind: 'plain', text });
  });

  it('is shown with U+FFFD for what is no UTF-8, and never sent so', async () => {
    expect(await decodeContent(fromHex('41c380fe42'))).toEqual({
      kind: 'plain',
      text: 'AÀ\ufffdB',
    });
    expect(await refusalBy(() => encodePlain('a\ud83d'))).toBe('MALFORMED');
  });
});

describe('a text with a header', () => {
  it('goes plain where it would be too long, and is refused so with files', async () => {
    const most = 65_535 - ((await encodeText(plain))?.length ?? 0) + plain.text.length;

    expect(await encodeText({ ...plain, text: 'x'.repeat(most) })).toHaveLength(65_535);
    expect(await encodeText({ ...plain, text: 'x'.repeat(most + 1) })).toBeUndefined();
    const withFile = { ...plain, text: 'x'.repeat(most), files: [file(1)] };
    expect(await refusalBy(() => encodeText(withFile))).toBe('EXTENDED');
  });

  it('has at most 10 files, each once, with thumbnails of 16 KiB together', async () => {
    const of = (files: AttachedFile[]) => refusalBy(() => encodeText({ ...plain, files }));

    expect(await of(Array.from({ length: 10 }, (_, i) => file(i)))).toBe('Nothing was refused');
    expect(await of([file(1), file(1)])).toBe('MALFORMED');
    expect(await of([file(1, 8192), file(2, 8192)])).toBe('Nothing was refused');
    expect(await of([file(1, 8192), file(2, 8193)])).toBe('EXTENDED');
  });

  it('is refused where the text behind it is no UTF-8', async () => {
    const bytes = (await encodeText(plain)) ?? new Uint8Array(0);
    bytes[bytes.length - 1] = 0xc3;

    expect(await refusalBy(() => decodeContent(bytes))).toBe('MALFORMED');
  });

  it('says the same of its files outside', async () => {
    const sha256 = new Uint8Array(32);
    const files = [file(1), file(2)];
    const refs = (list: AttachedFile[]) => MediaRefs.of(list.map((one) => one.ref(sha256)));
    const refusal = (list: AttachedFile[]) => refusalBy(() => requireRefsOf(files, refs(list)));

    expect(await refusal(files)).toBe('Nothing was refused');
    expect(await refusal([file(2), file(1)])).toBe('WRONG_MEDIA');
    expect(await refusal([file(1)])).toBe('WRONG_MEDIA');
    expect(await refusalBy(() => requireRefsOf(files, new MediaRefs(['x', 'y'])))).toBe(
      'MALFORMED',
    );
  });
});

describe('asking again', () => {
  it('asks for something', async () => {
    const again = { kind: 'again', reason: 'copy', ids: [] } as const;

    expect(await refusalBy(() => encodeAgain(again))).toBe('MISSING');
    const all = { ...again, after: {} };
    expect(await decodeContent(encodeAgain(all))).toMatchObject(all);
    const ids = new Array<string>(65).fill(EPOCH);
    expect(await refusalBy(() => encodeAgain({ ...again, ids }))).toBe('EXTENDED');
  });

  it('is refused from a deep header without filling the stack', async () => {
    const deep = `{"a":${'['.repeat(60_000)}`;
    const bytes = new Uint8Array([0xff, ...utf8('x', deep.slice(0, 40_000)), 0xff]);

    expect(await refusalBy(() => decodeContent(bytes))).toBe('MALFORMED');
  });
});

describe('numbers of a stream', () => {
  it('are joined, taken away and counted', () => {
    const numbers = new Numbers([
      [1, 3],
      [5, 5],
      [9, 12],
    ]);

    expect(numbers.with(Numbers.of(4, 4)).spans).toEqual([
      [1, 5],
      [9, 12],
    ]);
    expect(numbers.without(Numbers.of(2, 10)).spans).toEqual([
      [1, 1],
      [11, 12],
    ]);
    expect(numbers.newest(1).spans).toEqual([[9, 12]]);
    expect(numbers.count).toBe(8);
    expect([3, 4].map((number) => numbers.contains(number))).toEqual([true, false]);
  });

  it.each([
    [[[0, 1]]],
    [[[2, 1]]],
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      [
        [1, 2],
        [2, 4],
      ],
    ],
    [[[1.5, 2]]],
    [[[1]]],
    [['x']],
  ])('are refused where they are none: %j', async (spans) => {
    expect(await refusalBy(() => Numbers.from(spans))).toBe('MALFORMED');
  });
});
