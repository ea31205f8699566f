import { createHash } from 'node:crypto';
import { AttachedFile } from '../attachedFile';
import { Base64Text } from '../base64Text';
import { concat, type Random, toHex } from '../bytes';
import { Capabilities, CONTENT_CAPABILITY, FILES_CAPABILITY } from '../capabilities';
import { encodePlain, encodeText } from '../content';
import { Envelope } from '../envelope';
import { FileKey } from '../fileKey';
import { FileOpener } from '../fileOpener';
import { FileSealer } from '../fileSealer';
import { MediaRefs } from '../mediaRefs';
import { Numbers } from '../numbers';
import type { OfferedPrekey } from '../offeredPrekey';
import { Peer } from '../peer';
import { PrekeyBatch } from '../prekeyBatch';
import type { ReceiptKey } from '../receiptKey';
import { SignedBundle } from '../signedBundle';
import { Suite } from '../suite';
import { Account, NOW, uuidOf } from './account';
import { CheckFailed, same } from './expect';
import type { Node } from './json';
import { randomOf } from './random';

/** Of old programs, which open v1 alone, and of new ones. */
const ABILITIES: Readonly<Record<string, Capabilities>> = {
  old: new Capabilities([Suite.V1.version, CONTENT_CAPABILITY, FILES_CAPABILITY]),
  new: Capabilities.ofThisProgram(),
};

const FILE_SIZES = [0, 1, 4096, 4097, 65_480, 65_481, 131_000, 300_000];

/** What was written, to be judged by what the other end has read. */
interface Written {
  readonly messageId: string;
  readonly plaintext: string;
  readonly receiptKey: ReceiptKey;
}

/** People of this program, and what passes between them and those of the other. */
export class InteropProgram {
  readonly #random: Random;
  readonly #own = new Map<string, Account>();
  readonly #peers = new Map<string, Peer>();
  readonly #offers = new Map<string, OfferedPrekey[]>();
  readonly #written: Written[] = [];
  readonly #files: string[] = [];

  private constructor(random: Random) {
    this.#random = random;
  }

  /** @param seed the same gives the same keys and texts */
  static async start(seed: string): Promise<InteropProgram> {
    const program = new InteropProgram(randomOf(seed));
    for (const [name, capabilities] of Object.entries(ABILITIES)) {
      program.#own.set(name, await Account.create(program.#uuid(), capabilities, program.#random));
    }
    return program;
  }

  /** @param pairs of one-time prekeys by people */
  async published(pairs: Node): Promise<Record<string, unknown>> {
    const people: Record<string, unknown> = {};
    for (const [name, account] of this.#own) {
      const batches: unknown[] = [];
      for (let left = pairs.at(name).number; left > 0; left -= PrekeyBatch.MOST) {
        const batch = await account.addPrekeys(Math.min(left, PrekeyBatch.MOST), this.#random);
        batches.push(batch.toMap());
      }
      people[name] = { bundle: account.signedBundle.toMap(), batches };
    }
    return people;
  }

  /** Verifies and pins the other end's people, and takes their prekeys. */
  async meet(people: Node): Promise<void> {
    for (const [name, person] of people.members) {
      const bundle = SignedBundle.fromMap(person.at('bundle').object);
      const peer = await Peer.pin(bundle.bundle.userId, bundle, NOW);
      const offers: OfferedPrekey[] = [];
      for (const uploaded of person.at('batches').list) {
        const batch = PrekeyBatch.fromMap(uploaded.object);
        await batch.verify(peer.identity);
        offers.push(...batch.offers());
      }
      this.#peers.set(name, peer);
      this.#offers.set(name, offers);
    }
  }

  /** Opens messages of theirs, each with the receipts of it. */
  async read(messages: Node): Promise<unknown[]> {
    const read: unknown[] = [];
    const sender = required(this.#peers.get('new'));
    for (const message of messages.list) {
      const recipient = required(this.#own.get(message.at('to').text));
      const envelope = Envelope.fromMap(message.at('json').object, recipient.userId);
      const opened = await recipient.opener().open(envelope, sender);
      read.push(
        await opened.settle(async (received) => {
          await received.content();
          await recipient.settle(received);
          const { receiptKey, plaintext, mode } = received;
          return {
            mode,
            plaintext: toHex(plaintext),
            delivered: toHex(receiptKey.prove('delivered', envelope.messageId)),
            read: toHex(receiptKey.prove('read', envelope.messageId)),
          };
        }),
      );
    }
    return read;
  }

  /** @param counts of messages by their modes */
  async write(counts: Node): Promise<unknown[]> {
    const messages: unknown[] = [];
    const sender = required(this.#own.get('new'));
    const sealer = sender.sealer(this.#random);
    for (const [mode, count] of counts.members) {
      const to = mode.includes('kem') ? 'new' : 'old';
      for (let i = 0; i < count.number; i++) {
        const offered = mode.includes('opk') ? required(this.#offers.get(to)?.shift()) : undefined;
        const { plaintext, mediaRefs } = await this.#newText(i);
        const messageId = this.#uuid();
        const message = { messageId, created: NOW + i, plaintext, mediaRefs };
        const sealed = await sealer.seal(required(this.#peers.get(to)), offered, message);
        same('mode', sealed.mode, mode);
        this.#written.push({
          messageId,
          plaintext: toHex(plaintext),
          receiptKey: sealed.receiptKey,
        });
        messages.push({ to, json: { ...sealed.envelope.toMap(), sender_id: sender.userId } });
      }
    }
    return messages;
  }

  /** Files of all kinds of sizes, each under a key of its own. */
  async seal(): Promise<unknown[]> {
    const files: unknown[] = [];
    for (const size of FILE_SIZES) {
      const key = FileKey.generate(this.#random);
      const file = this.#random(size);
      this.#files.push(digest(file));
      const sealed = concat(...(await all(new FileSealer(this.#random).seal(key, once(file)))));
      const delete_hash = toHex(key.deleteHash());
      files.push({
        size,
        key: toHex(key.toBytes()),
        sealed: Base64Text.encode(sealed),
        delete_hash,
      });
    }
    return files;
  }

  /** What is in files of theirs. */
  async open(files: Node): Promise<string[]> {
    const opened: string[] = [];
    for (const file of files.list) {
      const key = FileKey.of(file.at('key').bytes);
      same('delete hash', key.deleteHash(), file.at('delete_hash').text);
      const sealed = Base64Text.decode('sealed', file.at('sealed').text);
      const pieces = await all(new FileOpener(key, file.at('size').number).open(once(sealed)));
      opened.push(digest(concat(...pieces)));
    }
    return opened;
  }

  /** How many of the own messages were read as they were written, all of them being so. */
  judge(told: Node): number {
    same('files', told.at('opened').value, this.#files);
    const read = told.at('read').list;
    same('messages', read.length, this.#written.length);
    for (const [i, { messageId, plaintext, receiptKey }] of this.#written.entries()) {
      const one = required(read[i]);
      same('plaintext', one.at('plaintext').text, plaintext);
      for (const receipt of ['delivered', 'read'] as const) {
        same(receipt, receiptKey.proves(receipt, messageId, one.at(receipt).bytes), true);
      }
    }
    return read.length;
  }

  /** Texts of all lengths up to 2,000 characters, plain, with a place, and with files. */
  async #newText(i: number): Promise<{ plaintext: Uint8Array; mediaRefs: MediaRefs }> {
    const [low = 0, high = 0] = this.#random(2);
    const text = 'Grüße, 世界 😀! '.repeat(((low << 8) | high) % 150) + i;
    if (i % 3 === 0) {
      return { plaintext: encodePlain(text), mediaRefs: MediaRefs.NONE };
    }
    const files = Array.from({ length: i % 3 === 1 ? 0 : 1 + (i % 10) }, () => this.#newFile());
    const content = await encodeText({
      kind: 'text',
      text,
      place: { epoch: this.#uuid(), number: i + 1 },
      noMore: i % 2 === 0 ? Numbers.of(1, i) : Numbers.NONE,
      replaces: [{ messageId: this.#uuid() }],
      written: NOW,
      files,
    });
    return {
      plaintext: required(content),
      mediaRefs: MediaRefs.of(files.map((file) => file.ref(new Uint8Array(this.#random(32))))),
    };
  }

  #newFile(): AttachedFile {
    return new AttachedFile({
      mediaId: Base64Text.encodeUrl(this.#random(32)),
      key: FileKey.generate(this.#random),
      name: 'Grüße "1".jpg',
      type: 'image/jpeg',
      size: 123_456,
      pixels: { width: 640, height: 480 },
      thumbnail: Uint8Array.of(0xff, 0xd8, 0xff, ...this.#random(100)),
      blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj',
    });
  }

  #uuid(): string {
    return uuidOf(this.#random(16));
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const list: Uint8Array[] = [];
  for await (const piece of pieces) {
    list.push(piece);
  }
  return list;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new CheckFailed('It is not there');
  }
  return value;
}
