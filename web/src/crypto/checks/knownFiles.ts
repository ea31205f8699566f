import { concat, toHex } from '../bytes';
import { decodeContent } from '../content';
import { paddedFileSize, sealedSize } from '../fileForm';
import { FileKey } from '../fileKey';
import { FileOpener } from '../fileOpener';
import { requireRefsOf } from '../fileRefs';
import { FileSealer } from '../fileSealer';
import { Hash } from '../hash';
import { MediaRefs } from '../mediaRefs';
import { UploadHashes } from '../uploadHashes';
import { CheckFailed, refusalBy, same } from './expect';
import type { Node } from './json';

/** What `crypto/known-answers.json` holds of files. */
export const FILE_CHECKS = {
  async files(answers: Node): Promise<void> {
    const files = answers.at('files');
    const key = FileKey.of(files.at('key').bytes);
    same('delete secret', key.deleteSecret(), files.at('delete_secret').text);
    same('delete hash', key.deleteHash(), files.at('delete_hash').text);
    for (const answer of files.at('sizes').list) {
      const size = answer.at('size').number;
      same(`padded ${size}`, paddedFileSize(size), answer.at('padded').number);
      same(`sealed ${size}`, sealedSize(size), answer.at('sealed').number);
    }
    for (const answer of files.at('sealed').list) {
      await checkSealedFile(key, answer);
    }
    const small = files.at('sealed', 1, 'sealed').bytes;
    for (const answer of files.at('refused').list) {
      const turned = small.slice(0, answer.at('first').number);
      const at = answer.at('at').number;
      if (turned.length > 0) {
        turned[at] = (turned[at] ?? 0) ^ answer.at('turned').number;
      }
      const sealed = concat(turned, answer.at('more').bytes);
      const refusal = await refusalBy(() => opened(key, answer.at('size').number, sealed));
      same(JSON.stringify(answer.value), refusal, answer.at('refusal').text);
    }
  },

  async 'files of messages'(answers: Node): Promise<void> {
    for (const answer of answers.at('files', 'messages').list) {
      const content = await decodeContent(answer.at('content').bytes);
      if (content.kind !== 'text') {
        throw new CheckFailed('It is no text');
      }
      const refs = new MediaRefs(answer.at('media_refs').list.map((one) => one.value));
      const refusal = answer.at('refusal').value;
      if (refusal === null) {
        requireRefsOf(content.files, refs);
      } else {
        same(
          JSON.stringify(answer.value),
          await refusalBy(() => requireRefsOf(content.files, refs)),
          refusal,
        );
      }
    }
  },
};

/** Byte i of a file is i modulo 251. It comes in pieces of all sizes. */
async function* counting(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0, piece = 1; at < size; at += piece, piece = (piece * 7) % 70_001) {
    const start = at;
    const length = Math.min(piece, size - start);
    yield Uint8Array.from({ length }, (_, i) => (start + i) % 251);
  }
}

async function checkSealedFile(key: FileKey, answer: Node): Promise<void> {
  const size = answer.at('size').number;
  const header = answer.at('header').bytes;
  const contentKey = key.contentKey(header.subarray(1, 33));
  same(`content key ${size}`, contentKey, answer.at('content_key').text);
  const hashes = new UploadHashes();
  const pieces: Uint8Array[] = [];
  for await (const piece of new FileSealer(() => header.slice(1)).seal(key, counting(size))) {
    await hashes.write(piece);
    pieces.push(piece);
  }
  const sealed = concat(...pieces);
  same(`size ${size}`, hashes.size, sealedSize(size));
  same(`sealed ${size}`, await hashes.sha256(), answer.at('sha256').text);
  if (answer.has('sealed')) {
    same(`bytes ${size}`, sealed, answer.at('sealed').text);
  }
  const file = await opened(key, size, sealed);
  const ought = concat(...(await all(counting(size))));
  same(`opened ${size}`, Hash.SHA_256.of(file), toHex(Hash.SHA_256.of(ought)));
}

async function opened(key: FileKey, size: number, sealed: Uint8Array): Promise<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(sealed);
      controller.close();
    },
  });
  return concat(...(await all(new FileOpener(key, size).open(stream))));
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) {
    list.push(piece);
  }
  return list;
}
