import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Copied, clean, keep } from './cleaning';
import { bytesOf } from './latin1';
import { MetadataError } from './metadataError';
import { PictureInput } from './pictureInput';

/** Made by Pillow; all that may not travel in them is called SECRET something. */
const PICTURES = join(
  import.meta.dirname,
  '../../../../client/src/test/resources/io/quantchat/client/pictures',
);

const SECRET = 'SECRET';

const SHOWN: [name: string, type: string, size: { width: number; height: number }][] = [
  ['a.jpg', 'image/jpeg', { width: 24, height: 40 }],
  ['p.jpg', 'image/jpeg', { width: 24, height: 40 }],
  ['a.png', 'image/png', { width: 24, height: 40 }],
  ['a.webp', 'image/webp', { width: 24, height: 40 }],
  ['anim.webp', 'image/webp', { width: 24, height: 40 }],
  ['l.webp', 'image/webp', { width: 40, height: 24 }],
  ['a.gif', 'image/gif', { width: 40, height: 24 }],
];

/** What the Java client makes of the same pictures, by its test of the same name. */
const CLEANED: Record<string, { whole: string; altered: string; cut: string }> = JSON.parse(
  readFileSync(join(PICTURES, 'cleaned.json'), 'utf8'),
);

function picture(name: string): Buffer<ArrayBuffer> {
  return Buffer.from(readFileSync(join(PICTURES, name)));
}

async function collected(
  copy: typeof clean,
  name: string,
  content: Uint8Array<ArrayBuffer>,
  type = '',
): Promise<{ bytes: Buffer; copied: Copied }> {
  const pieces: Uint8Array[] = [];
  const copied = await copy(new File([content], name, { type }), async (bytes) => {
    pieces.push(bytes);
  });
  return { bytes: Buffer.concat(pieces), copied };
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

async function outcome(content: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const { bytes, copied } = await collected(clean, 'picture', content);
    const size = copied.size ? `${copied.size.width}x${copied.size.height}` : '-';
    const { orientation, isInPasses } = copied.facts;
    return `${copied.type} ${size} ${orientation} ${isInPasses} ${sha256(bytes)}`;
  } catch (e) {
    if (e instanceof MetadataError) {
      return e.message;
    }
    throw e;
  }
}

/** The Java test's: a linear congruential generator, its upper half. */
function alterations(): (most: number) => number {
  let state = 14;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 16) % most;
  };
}

describe('a cleaned picture', () => {
  it.each(Object.keys(CLEANED))('%s has the bytes that Java gives it', async (name) => {
    expect(await outcome(picture(name))).toBe(CLEANED[name]?.whole);
  });

  it.each(Object.keys(CLEANED))('%s cut anywhere is refused as in Java', async (name) => {
    const whole = picture(name);
    let outcomes = '';
    for (let size = 1; size < whole.length; size++) {
      outcomes += `${await outcome(whole.subarray(0, size))}\n`;
    }
    expect(outcomes).not.toContain('image/');
    expect(sha256(outcomes)).toBe(CLEANED[name]?.cut);
  });

  it.each(Object.keys(CLEANED))('%s altered becomes what Java makes of it', async (name) => {
    const below = alterations();
    let outcomes = '';
    for (let i = 0; i < 500; i++) {
      const altered = picture(name);
      for (let times = 0; times < 2; times++) {
        const at = below(altered.length);
        altered[at] = below(256);
      }
      outcomes += `${await outcome(altered)}\n`;
    }
    expect(sha256(outcomes)).toBe(CLEANED[name]?.altered);
  });

  it.each(SHOWN)('%s tells nothing, and is shown as before', async (name, type, size) => {
    const behind = Buffer.concat([picture(name), Buffer.from(SECRET)]);

    const { bytes, copied } = await collected(clean, name, behind);

    expect(bytes.toString('latin1')).not.toMatch(/SECRET|xmp/);
    expect(copied).toMatchObject({ type, size });
    const again = await collected(clean, name, Buffer.from(bytes));
    expect(again.bytes.equals(bytes)).toBe(true);
    expect(again.copied).toEqual(copied);
  });

  it.each(SHOWN)('%s stays as it is on request', async (name, type, size) => {
    const { bytes, copied } = await collected(keep, name, picture(name));

    expect(bytes.equals(picture(name))).toBe(true);
    expect(copied).toMatchObject({ type, size });
  });

  it('has no thumbnail inside of it', async () => {
    const jpeg = picture('a.jpg');
    // JFIF's own: 1 × 2 pixels, 6 bytes, behind its 14.
    const head = Buffer.from(jpeg.subarray(0, 20));
    head[5] = (head[5] ?? 0) + 6;
    head[18] = 1;
    head[19] = 2;
    const inside = Buffer.concat([head, Buffer.from(SECRET), jpeg.subarray(20)]);

    const { bytes } = await collected(clean, 'a.jpg', inside);

    expect(bytes.equals((await collected(clean, 'a.jpg', jpeg)).bytes)).toBe(true);
  });

  it('comes through in pieces, where it is larger than one', async () => {
    const jpeg = picture('a.jpg');
    // Compressed samples of a megabyte and a half, with markers that belong to them.
    const samples = Buffer.alloc(1_500_000, 0x5a);
    for (let at = 1000; at < samples.length - 2; at += 99_991) {
      samples.set([0xff, at % 2 === 0 ? 0 : 0xd3], at);
    }
    const large = Buffer.concat([jpeg.subarray(0, -2), samples, jpeg.subarray(-2)]);
    const pieces: number[] = [];

    await clean(new File([large], 'a.jpg'), async (bytes) => {
      pieces.push(bytes.length);
    });
    const { bytes } = await collected(clean, 'a.jpg', large);

    expect(Math.max(...pieces)).toBeLessThanOrEqual(256 * 1024);
    expect(bytes.includes(samples)).toBe(true);
  });
});

describe('what is not cleaned', () => {
  it.each([
    ['heic.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['avif.avif', '\0\0\0\x18ftypmif1\0\0\0\0avifmiaf'],
    ['xl.jxl', '\0\0\0\fJXL \r\n\x87\n'],
    ['ps.psd', '8BPS\0\x01'],
    ['tiff.tif', 'II*\0\b\0\0\0'],
    ['raw.dng', 'II*\0\b\0\0\0'],
  ])('is refused where it is a picture: %s', async (name, start) => {
    const content = bytesOf(start + SECRET);

    await expect(collected(clean, 'anything.bin', content)).rejects.toThrow(/convert/);
    expect([...(await collected(keep, name, content)).bytes]).toEqual([...content]);
  });

  it('is refused where it is a picture by its name alone', async () => {
    const content = bytesOf('no picture');

    await expect(collected(clean, 'Photo.JPG', content)).rejects.toThrow(MetadataError);
    expect((await collected(keep, 'Photo.JPG', content)).bytes.toString()).toBe('no picture');
    expect((await collected(clean, 'empty.jpg', new Uint8Array(0))).bytes).toHaveLength(0);
  });

  it('passes as it is where it is no picture', async () => {
    const content = new Uint8Array(700_000).map((_, i) => (i * 7) % 251);

    const { bytes, copied } = await collected(clean, 'a.bin', content);

    expect(bytes.equals(content)).toBe(true);
    expect(copied.type).toBe('application/octet-stream');
  });

  it('has the type of its content, else what the browser takes from its name', async () => {
    const typed = async (name: string, type: string, content = 'x') =>
      (await collected(clean, name, bytesOf(content), type)).copied.type;

    const jpeg = await collected(clean, 'a.png', picture('a.jpg'), 'image/png');
    expect(jpeg.copied.type).toBe('image/jpeg');
    expect(await typed('a.pdf', 'Application/PDF')).toBe('application/pdf');
    expect(await typed('a.txt', 'text/plain; charset=utf-8')).toBe('text/plain');
    expect(await typed('a', `x/${'y'.repeat(100)}`)).toBe('application/octet-stream');
    expect(await typed('a', '.x/y')).toBe('application/octet-stream');
  });

  it('fails as reading fails', async () => {
    const gone = new Blob(['x']);
    gone.slice = () => {
      throw new DOMException('The file is gone', 'NotReadableError');
    };
    await expect(new PictureInput(gone, async () => {}).u8()).rejects.toThrow('gone');
  });
});
