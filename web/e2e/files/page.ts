import { FileTransfers, type TransferParts } from '../../src/engine/files/fileTransfers';
import { FILE_TABLES } from '../../src/engine/files/tables';
import { clean, keep } from '../../src/engine/pictures/cleaning';
import { previewOf } from '../../src/engine/pictures/preview';
import { systemClock } from '../../src/protocol/clock';
import { Lane } from '../../src/protocol/lane';
import { IndexedDbStore } from '../../src/store/indexedDbStore';

/** What the tests of files call in the page. */

/** What is seen of a picture: its size, and how green it is in its upper corners. */
async function seen(picture: Blob) {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const greenAt = (x: number) => context?.getImageData(x, 2, 1, 1).data[1] ?? -1;
  return {
    size: [bitmap.width, bitmap.height],
    green: [greenAt(2), greenAt(bitmap.width - 3)],
  };
}

async function cleaned(bytes: number[]) {
  const picture = new File([Uint8Array.from(bytes)], 'picture');
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const copied = await clean(picture, async (some) => {
    pieces.push(some);
  });
  const preview = await previewOf(picture, copied.facts, 16_000);
  return {
    said: copied.size,
    before: await seen(picture),
    after: await seen(new Blob(pieces)),
    small: preview && (await seen(new Blob([preview.thumbnail]))),
    bytes: preview?.thumbnail.length,
    blurhash: preview?.blurhash,
  };
}

/** The preview of a picture as it is kept; undefined where there is none. */
async function preview(bytes: number[], largest: number): Promise<number | undefined> {
  const picture = new File([Uint8Array.from(bytes)], 'picture');
  const { facts } = await keep(picture, async () => {});
  return (await previewOf(picture, facts, largest))?.thumbnail.length;
}

/** A picture of noise, which no JPEG makes small. */
async function noise(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const pixels = new ImageData(width, height);
  for (let i = 0; i < pixels.data.length; i++) {
    pixels.data[i] = (Math.imul(i, 2_654_435_761) >>> 13) & 0xff;
  }
  context?.putImageData(pixels, 0, 0);
  const picture = new File([await canvas.convertToBlob({ type: 'image/png' })], 'noise.png');
  const { facts } = await keep(picture, async () => {});
  const made = await previewOf(picture, facts, 16_000);
  return made && { bytes: made.thumbnail.length, ...(await seen(new Blob([made.thumbnail]))) };
}

const never = () => Promise.reject(new Error('There is no server.'));

async function transfers(): Promise<{ store: IndexedDbStore; files: FileTransfers }> {
  const store = await IndexedDbStore.open({
    name: 'files',
    schema: FILE_TABLES,
    migrations: [],
    key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  });
  const lane = new Lane();
  const parts: TransferParts = {
    store,
    queue: (work) => lane.run(work),
    media: { begin: never, renew: never, complete: never, download: never, delete: never },
    objects: { put: never, get: never },
    outgoing: {
      waits: async () => false,
      takesFiles: async () => true,
      ready: () => {},
      refused: async () => {},
    },
    isForGood: () => false,
    clock: systemClock,
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
    moved: () => {},
    failed: () => {},
  };
  return { store, files: new FileTransfers(parts) };
}

async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16)).join(' ');
}

/** Seals a file of so many MiB into IndexedDB, and opens it: milliseconds, and whether it is the same. */
async function large(mebibytes: number) {
  const { store, files } = await transfers();
  const piece = crypto.getRandomValues(new Uint8Array(1 << 16));
  const file = new File(
    Array.from(
      { length: mebibytes * 16 },
      (_, i) => new Blob([Uint8Array.of(i, i >> 8), piece.subarray(2)]),
    ),
    'large.bin',
  );
  const of = { senderId: 'ann', messageId: 'message', contactId: 'ben' };
  const begin = performance.now();
  await store.commit(await files.added(of, await files.seal([{ file, keepMetadata: false }])));
  const sealed = performance.now();
  const opened = await files.open('ann', 'message', 1);
  const end = performance.now();
  return {
    sealing: Math.round(sealed - begin),
    opening: Math.round(end - sealed),
    size: opened.size,
    isSame: (await sha256(opened)) === (await sha256(file)),
  };
}

/** The code that sealing a file fails with, and what is left then. */
async function sealed(mebibytes: number): Promise<{ code: string; left: number }> {
  const { store, files } = await transfers();
  const file = new File([new Uint8Array(mebibytes << 20)], 'large.bin');
  const code = await files.seal([{ file, keepMetadata: false }]).then(
    () => 'sealed',
    (failure) => String(failure.code),
  );
  return { code, left: await store.count('file_pieces') };
}

const page = { cleaned, preview, noise, large, sealed };

export type FilesPage = typeof page;

Object.assign(globalThis, { page });
