import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OfferedPrekeys, SignedBundle } from '../crypto';
import { newKeys, newPrekeys } from '../engine/account/testing/newKeys';
import { Person, RELAY } from '../engine/account/testing/relayPerson';
import { systemClock } from './clock';
import type { SealedFile } from './mediaApi';
import { ObjectClient } from './objectClient';

const MEBIBYTE = 1024 * 1024;
const NEVER = new AbortController().signal;

function messageTo(recipientId: string) {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomBytes(8).toString('hex');
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(0, 12)}`;
  const request = JSON.stringify({
    message_id: id,
    recipient_id: recipientId,
    encrypted_content: 'AAAA',
    encrypted_session_key: 'AAAA',
  });
  return { id, request };
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function sealed(bytes: Uint8Array, secret: Uint8Array): SealedFile {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8 * MEBIBYTE) {
    parts.push(hash(bytes.subarray(at, at + 8 * MEBIBYTE)));
  }
  return { size: bytes.length, sha256: hash(bytes), deleteHash: hash(secret), parts };
}

describe.skipIf(RELAY === '')('at a real relay', () => {
  it('messages go by the socket and by REST, and are pending until they are acknowledged', async () => {
    const [ada, grace] = [await Person.registered(), await Person.registered()];
    await ada.relay.addContact(grace.email);
    await grace.relay.addContact(ada.email);
    const [atAda, atGrace] = [await ada.connected(), await grace.connected()];

    const [one, two] = [messageTo(grace.id), messageTo(grace.id)];
    expect(atAda.socket.send(one.request)).toBe(true);
    expect(await atAda.comes('queued')).toEqual({ kind: 'queued', messageId: one.id });
    expect(await atGrace.comes('new_message')).toMatchObject({
      senderId: ada.id,
      stranger: false,
      isToFetch: false,
    });
    await ada.relay.send(two.request);
    await ada.relay.send(two.request);

    const { messages, nextCursor } = await grace.relay.pending(undefined);
    expect(messages.map((message) => message.id)).toEqual([one.id, two.id].sort());
    expect(nextCursor).toBeUndefined();
    atGrace.socket.confirm('read', one.id, ada.id, undefined);
    expect(await atAda.comes('receipt')).toMatchObject({ messageId: one.id, state: 'read' });

    await grace.relay.acknowledge([one.id, two.id]);
    expect((await grace.relay.pending(undefined)).messages).toEqual([]);
    const old = messageTo(grace.id);
    const request = old.request.replace(old.id, `00000000${old.id.slice(8)}`);
    await expect(ada.relay.send(request)).rejects.toMatchObject({ code: 'clock', status: 422 });
    atAda.socket.send(request);
    expect(await atAda.comes('send_refused')).toMatchObject({ code: 'clock', status: 422 });

    atAda.socket.close();
    atGrace.socket.close();
  });

  it('nobody has keys at first', async () => {
    const ada = await Person.registered();

    expect(await ada.keys.bundle(ada.id, 0)).toBeUndefined();
    expect(await ada.keys.take(ada.id, 1, 0)).toBeUndefined();
    expect(await ada.keys.stock()).toEqual({ left: 0, isLow: true });
    await ada.keys.withdraw();
  });

  it('keys are published, known and taken, each once', async () => {
    const [ada, grace] = [await Person.registered(), await Person.registered()];
    await ada.relay.addContact(grace.email);
    const { identity, bundle: own } = await newKeys(ada.id);

    expect(await ada.keys.publish(own.toMap())).toBe(true);
    expect(await ada.keys.publish(own.toMap())).toBe(true);
    expect(await ada.keys.publish((await newKeys(ada.id)).bundle.toMap())).toBe(false);
    expect(await ada.keys.upload((await newPrekeys(ada.id, identity, 2)).toMap())).toBe(true);
    expect(await ada.keys.stock()).toEqual({ left: 2, isLow: true });

    const bundle = await grace.keys.bundle(ada.id, 0);
    expect(SignedBundle.fromMap(bundle ?? {}).bundle.identity.equals(identity.identity)).toBe(true);
    expect(await grace.keys.bundle(ada.id, 1)).toBeUndefined();
    const first = await grace.keys.take(ada.id, 1, 0);
    expect(first?.bundle).toEqual(bundle);
    const second = await grace.keys.take(ada.id, 1, 1);
    expect(second?.bundle).toBeUndefined();
    const taken = [first, second].flatMap((it) => OfferedPrekeys.fromMap(it?.offered ?? {}).all);
    expect(new Set(taken.map((it) => it.prekey.id)).size).toBe(2);
    expect(
      OfferedPrekeys.fromMap((await grace.keys.take(ada.id, 1, 1))?.offered ?? {}).all,
    ).toEqual([]);
    await ada.keys.withdraw();
  });

  it.each([1, 17 * MEBIBYTE])(
    'a file of %d bytes goes up, comes down and goes on',
    async (size) => {
      const ada = await Person.registered();
      const objects = new ObjectClient({ fetch, clock: systemClock });
      const [bytes, secret] = [new Uint8Array(randomBytes(size)), randomBytes(32)];
      const begun = await ada.media.begin(sealed(bytes, secret));
      expect(begun.isMultipart).toBe(size > 16 * MEBIBYTE);

      let sent = 0;
      for (const part of begun.parts) {
        const blob = new Blob([bytes.subarray(part.offset, part.offset + part.size)]);
        const status = await objects.put(
          part,
          blob,
          (moved) => {
            sent += moved;
          },
          NEVER,
        );
        expect(status).toBe(200);
      }
      expect(sent).toBe(size);
      if (begun.isMultipart) {
        expect((await ada.media.renew(begun.mediaId)).parts).toEqual([]);
        await ada.media.complete(begun.mediaId);
      }

      const came = new Uint8Array(size);
      let place = 0;
      const sink = {
        from: async (begin: number) => {
          place = begin;
        },
        write: async (chunk: Uint8Array) => {
          came.set(chunk, place);
          place += chunk.length;
        },
      };
      const { url } = await ada.media.download(begun.mediaId);
      expect(await objects.get(url, 0, size, sink, () => {}, NEVER)).toBe(200);
      expect(hash(came)).toBe(hash(bytes));
      if (size > 1) {
        came.fill(0, 1_000);
        expect(await objects.get(url, 1_000, size, sink, () => {}, NEVER)).toBe(206);
        expect(hash(came)).toBe(hash(bytes));
      }

      await expect(
        ada.media.delete(begun.mediaId, randomBytes(32).toString('base64')),
      ).rejects.toMatchObject({ status: 403 });
      await ada.media.delete(begun.mediaId, secret.toString('base64'));
      await expect(ada.media.download(begun.mediaId)).rejects.toMatchObject({ status: 404 });
    },
  );
});
