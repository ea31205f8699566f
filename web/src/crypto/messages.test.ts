import { describe, expect, it } from 'vitest';
import { Base64Text } from './base64Text';
import type { Bytes } from './bytes';
import { Capabilities } from './capabilities';
import { NOW } from './checks/account';
import { Conversation, MODES, TEXT, turned } from './checks/conversation';
import { refusalBy } from './checks/expect';
import { changed, Node } from './checks/json';
import { bindingOf } from './checks/knownMessages';
import { randomOf } from './checks/random';
import { ContentCipher } from './contentCipher';
import { Envelope } from './envelope';
import { receive } from './keyAgreement';
import { recipientSecrets } from './keyring';
import { KeyWrap } from './keyWrap';
import { Peer } from './peer';
import { Suite } from './suite';

const DAY = 24 * 60 * 60 * 1000;
const UNKNOWN = 'AAAAAAAAAAAAAAAAAAAAAA';

describe.each(MODES)('a message in mode %s', (mode) => {
  it('is read by its recipient, once', async () => {
    const conversation = await Conversation.in(mode);
    const envelope = await conversation.seal();
    const wire = conversation.wire(envelope);

    expect(await conversation.open(Envelope.fromMap(wire, conversation.ben.userId))).toBe(TEXT);
    expect(await conversation.refusalOf(wire)).toBe('REPLAYED');
  });

  it('holds texts of every length up to the longest', async () => {
    const conversation = await Conversation.in(mode);

    for (const length of [0, 255, 65_535]) {
      const text = 'x'.repeat(length);
      expect(await conversation.open(await conversation.seal(text))).toBe(text);
    }
    expect(await refusalBy(() => conversation.seal('x'.repeat(65_536)))).toBe('EXTENDED');
  });

  it('is refused with one bit turned anywhere', async () => {
    const seed = String(Math.random());
    const random = randomOf(seed);
    const conversation = await Conversation.in(mode, seed);
    const envelope = await conversation.seal();
    const wire = conversation.wire(envelope);

    for (const pointer of [
      '/encrypted_content',
      '/encrypted_session_key/ecdh',
      '/encrypted_session_key/wrap',
      ...(mode.includes('kem') ? ['/encrypted_session_key/mlkem', '/signatures/1/signature'] : []),
      '/signatures/0/signature',
    ]) {
      const bytes = Base64Text.decode('x', new Node(wire).at(...pointer.split('/').slice(1)).text);
      for (let i = 0; i < 4; i++) {
        const [high = 0, low = 0, bit = 0] = random(3);
        const other = turned(bytes, (high * 256 + low) % bytes.length, bit % 8);
        const refusal = await conversation.refusalOf(
          changed(wire, pointer, Base64Text.encode(other)),
        );
        const isPoint = pointer.endsWith('ecdh');
        expect(refusal, `${pointer}, seed ${seed}`).toBe(isPoint ? 'INVALID_KEY' : 'BAD_SIGNATURE');
      }
    }
  });

  it('is refused where its sender forged what is inside', async () => {
    const conversation = await Conversation.in(mode);
    const envelope = await conversation.seal();
    const { wrap } = envelope.sessionKey;
    const forged = async (otherWrap: Uint8Array, content: Uint8Array) =>
      conversation.refusalOf(await conversation.signAgain(envelope, otherWrap, content));

    expect(await forged(turned(wrap, 3), envelope.content)).toBe('WRONG_WRAP');
    expect(await forged(wrap, turned(envelope.content, 0))).toBe('MALFORMED');
    expect(await forged(wrap, turned(envelope.content, 13))).toBe('WRONG_COMMITMENT');
    expect(await forged(wrap, turned(envelope.content, 1))).toBe('WRONG_CONTENT');
    expect(await forged(wrap, turned(envelope.content, 60))).toBe('WRONG_CONTENT');
    expect(await forged(wrap, await withoutPadding(conversation, envelope))).toBe('MALFORMED');
    expect(await forged(wrap, envelope.content)).toBe('Nothing was refused');
  });
});

/** What a sender seals who doesn't pad. */
async function withoutPadding({ ann, ben }: Conversation, envelope: Envelope): Promise<Bytes> {
  const { suite, sessionKey } = envelope;
  const { hash } = await bindingOf(envelope, ann, ben);
  const secrets = await recipientSecrets(ben, sessionKey, ben.signedBundle.bundle);
  const ikm = await receive(sessionKey.ephemeral, sessionKey.ciphertext, secrets);
  const contentKey = await (await KeyWrap.of(suite, ikm, hash)).unwrap(sessionKey.wrap);
  const cipher = await ContentCipher.of(suite, contentKey ?? hash, hash, sessionKey.wrap);
  return cipher.seal(new Uint8Array(12), new Uint8Array(256));
}

describe('what is refused while receiving', () => {
  it('is a bundle of the sender that is over for as long as messages travel', async () => {
    const conversation = await Conversation.in('spk+kem');
    const { ann, ben } = conversation;
    const envelope = await conversation.seal();
    const sender = await ben.pin(ann);

    ben.now = NOW + 45 * DAY - 1;
    await ben.opener().open(envelope, sender);
    ben.now = NOW + 45 * DAY;
    expect(await refusalBy(() => ben.opener().open(envelope, sender))).toBe('EXPIRED_BUNDLE');
  });

  it('is a revoked key, and a prekey that is not here', async () => {
    const conversation = await Conversation.in('spk+kem');
    const { ben } = conversation;
    const envelope = await conversation.seal();
    const wire = conversation.wire(envelope);
    const { signedPrekey, kem = '' } = envelope.sessionKey;

    ben.statuses.set(kem, 'revoked');
    expect(await conversation.refusalOf(wire)).toBe('REVOKED_KEY');
    ben.statuses.set(signedPrekey, 'revoked');
    expect(await conversation.refusalOf(wire)).toBe('REVOKED_KEY');
    ben.signedPrekeys.delete(signedPrekey);
    expect(await conversation.refusalOf(wire)).toBe('UNKNOWN_PREKEY');
    ben.revoked.add(signedPrekey);
    expect(await conversation.refusalOf(wire)).toBe('REVOKED_KEY');
  });

  it('is a last-resort key that the bundle does not list, before one that is not here', async () => {
    const conversation = await Conversation.in('spk+kem');
    const wire = conversation.wire(await conversation.seal());

    const other = changed(wire, '/encrypted_session_key/kem_key', UNKNOWN);
    expect(await conversation.refusalOf(other)).toBe('WRONG_KEY');
    conversation.ben.lastResorts.clear();
    expect(await conversation.refusalOf(wire)).toBe('UNKNOWN_PREKEY');
  });

  it('is a one-time prekey that has opened a message', async () => {
    const conversation = await Conversation.in('spk+opk');
    const wire = conversation.wire(await conversation.seal());
    conversation.ben.oneTimeKeys.clear();

    expect(await conversation.refusalOf(wire)).toBe('UNKNOWN_PREKEY');
  });

  it('is a signature too many, and one there twice instead of two', async () => {
    const conversation = await Conversation.in('spk+kem');
    const wire = conversation.wire(await conversation.seal());
    const [ecdsa, mlDsa] = new Node(wire).at('signatures').list.map((one) => one.value);

    const three = { ...wire, signatures: [ecdsa, mlDsa, ecdsa] };
    expect(await conversation.refusalOf(three)).toBe('UNEXPECTED_SIGNATURE');
    const twice = { ...wire, signatures: [ecdsa, ecdsa] };
    expect(await conversation.refusalOf(twice)).toBe('MISSING_SIGNATURE');
    const turnedAround = { ...wire, signatures: [mlDsa, ecdsa] };
    expect(await conversation.refusalOf(turnedAround)).toBe('Nothing was refused');
  });

  it('is a suite weaker than both have, or than before', async () => {
    const old = await Conversation.in('spk');
    const envelope = await old.seal();
    const { ann, ben } = old;
    const sender = await ben.pin(ann);
    const strong = new Peer({ ...sender, floor: Suite.V2 });

    expect(await refusalBy(() => ben.opener().open(envelope, strong))).toBe('DOWNGRADE');
    const claimed = changed(old.wire(envelope), '/encrypted_session_key/capabilities', [
      'v1',
      'v2',
    ]);
    expect(await old.refusalOf(claimed)).toBe('BAD_SIGNATURE');
    expect(() =>
      sender.requireAcceptable(
        envelope.suite,
        new Capabilities(['v1', 'v2']),
        new Capabilities(['v1', 'v2']),
      ),
    ).toThrow('DOWNGRADE');
  });
});

describe('a message that was opened', () => {
  it('is handed over once, and wiped', async () => {
    const conversation = await Conversation.in('spk');
    const { ann, ben } = conversation;
    const opened = await ben.opener().open(await conversation.seal(), await ben.pin(ann));

    const kept = await opened.settle(async (received) => received.plaintext);

    expect([...kept]).toEqual(new Array(kept.length).fill(0));
    await expect(opened.settle(async () => 1)).rejects.toThrow(RangeError);
  });
});
