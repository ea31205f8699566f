import { toHex } from '../bytes';
import { ContentCipher, contentKeys } from '../contentCipher';
import { EcdhPrivateKey } from '../ecdhKeys';
import { Envelope } from '../envelope';
import { receive } from '../keyAgreement';
import { recipientSecrets } from '../keyring';
import { KeyWrap, wrapKeys } from '../keyWrap';
import { MessageBinding } from '../messageBinding';
import { mlKem } from '../mlKem';
import { nativeMlKem } from '../mlKemNative';
import { OfferedPrekey } from '../offeredPrekey';
import { pad } from '../padding';
import { ReceiptKey } from '../receiptKey';
import { Account } from './account';
import { CheckFailed, refusalBy, same } from './expect';
import { changed, Node } from './json';

interface People {
  readonly ann: Account;
  readonly ben: Account;
}

/** What `crypto/known-answers.json` holds of messages. */
export const MESSAGE_CHECKS = {
  async 'messages, each value on the way'(answers: Node): Promise<void> {
    for (const answer of answers.at('messages').list) {
      await checkSteps(answer, await peopleOf(answers, answer));
    }
  },

  async 'messages, sealed from the same randomness'(answers: Node): Promise<void> {
    for (const answer of answers.at('messages').list) {
      await checkSealing(answer, await peopleOf(answers, answer));
    }
  },

  async 'messages, opened'(answers: Node): Promise<void> {
    for (const answer of answers.at('messages').list) {
      const { ann, ben } = await peopleOf(answers, answer);
      const envelope = Envelope.fromMap(answer.at('json').object, ben.userId);
      same('mode', envelope.mode, answer.at('mode').text);
      const opened = await ben.opener().open(envelope, await ben.pin(ann));
      await opened.settle(async (received) => {
        const text = await ben.settle(received);
        same('plaintext', text, answer.at('plaintext').text);
        for (const receipt of ['delivered', 'read'] as const) {
          const proof = received.receiptKey.prove(receipt, envelope.messageId);
          same(receipt, proof, answer.at('proofs', receipt).text);
        }
      });
      const again = await refusalBy(async () => ben.opener().open(envelope, await ben.pin(ann)));
      same('again', again, 'REPLAYED');
    }
  },

  async refusals(answers: Node): Promise<void> {
    for (const answer of answers.at('refusals').list) {
      const refusal = await refusalOf(answers, [answer]);
      same(JSON.stringify(answer.value), refusal, answer.at('refusal').text);
    }
  },

  async 'the order of refusals'(answers: Node): Promise<void> {
    for (const answer of answers.at('refusal_order').list) {
      const refusal = await refusalOf(answers, answer.at('changes').list);
      same(JSON.stringify(answer.value), refusal, answer.at('refusal').text);
    }
  },
};

async function peopleOf(answers: Node, answer: Node): Promise<People> {
  const ann = await Account.of(answers.at('accounts', answer.at('sender').text));
  const ben = await Account.of(answers.at('accounts', answer.at('recipient').text));
  if (answer.has('one_time_prekey')) {
    await ben.addPair(answer.at('one_time_prekey'));
  }
  return { ann, ben };
}

/** What a message between these two is bound to. */
export async function bindingOf(
  envelope: Envelope,
  sender: Account,
  recipient: Account,
): Promise<MessageBinding> {
  const { sessionKey } = envelope;
  const bundle = recipient.signedBundle.bundle;
  const secrets = await recipientSecrets(recipient, sessionKey, bundle);
  return new MessageBinding({
    ...envelope,
    sender: sender.keys.identity,
    recipient: bundle,
    senderCapabilities: sessionKey.capabilities,
    prekeyIds: sessionKey,
    prekeys: {
      signedPrekey: bundle.signedPrekey(),
      oneTime: secrets.oneTime?.publicKey,
      kem: secrets.kem?.publicKey,
    },
    ephemeral: sessionKey.ephemeral,
    ciphertext: sessionKey.ciphertext,
  });
}

/** Each value that the file has of a message, made from those before it. */
async function checkSteps(answer: Node, { ann, ben }: People): Promise<void> {
  const mode = answer.at('mode').text;
  const envelope = Envelope.fromMap(answer.at('json').object, ben.userId);
  const { suite, sessionKey, content, mediaRefs } = envelope;
  const secrets = await recipientSecrets(ben, sessionKey, ben.signedBundle.bundle);
  const ephemeral = await EcdhPrivateKey.of(answer.at('randomness', 'ephemeral_scalar').bytes);
  same(`${mode}, E`, ephemeral.publicKey.encoded, toHex(sessionKey.ephemeral.encoded));

  const binding = await bindingOf(envelope, ann, ben);
  same(`${mode}, hashed`, binding.transcript(), answer.at('hashed').text);
  same(`${mode}, TH`, binding.hash, answer.at('th').text);

  const ikm = await receive(ephemeral.publicKey, sessionKey.ciphertext, secrets);
  same(`${mode}, IKM`, ikm, answer.at('ikm').text);
  const keys = wrapKeys(suite, ikm, binding.hash);
  same(`${mode}, PRK`, keys.prk, answer.at('prk').text);
  same(`${mode}, KEK`, keys.key, answer.at('kek').text);
  same(`${mode}, N`, keys.nonce, answer.at('n').text);
  const contentKey = answer.at('randomness', 'content_key').bytes;
  const wrap = await (await KeyWrap.of(suite, ikm, binding.hash)).wrap(contentKey);
  same(`${mode}, wrap`, wrap, answer.at('wrap').text);

  const inside = contentKeys(suite, contentKey, binding.hash);
  same(`${mode}, K_c`, inside.key, answer.at('k_c').text);
  same(`${mode}, COM`, inside.commitment, answer.at('com').text);
  const padded = pad(answer.at('plaintext').bytes);
  same(`${mode}, padded`, padded, answer.at('padded').text);
  const cipher = await ContentCipher.of(suite, contentKey, binding.hash, wrap);
  const sealed = await cipher.seal(answer.at('randomness', 'content_nonce').bytes, padded);
  same(`${mode}, content`, sealed, answer.at('encrypted_content').text);
  const receiptKey = ReceiptKey.derived(suite, contentKey, binding.hash);
  same(`${mode}, K_r`, receiptKey.toBytes().slice(0, 32), answer.at('k_r').text);

  for (const [i, { algorithm, bytes, timestamp }] of envelope.signatures.entries()) {
    const signed = binding.signed({ wrap, content, mediaRefs, timestamp });
    same(`${mode}, signed`, signed, answer.at('signatures', i, 'signed').text);
    same(`${mode}, signature`, bytes, answer.at('signatures', i, 'signature').text);
    const verifies = await ann.keys.identity.key(algorithm).verifies(signed, bytes);
    same(`${mode}, ${algorithm}`, verifies, true);
  }
}

/**
 * Where this package takes all the randomness, the same message comes out but for the ECDSA
 * signature, whose nonce is the browser's; else one that its recipient opens.
 */
async function checkSealing(answer: Node, { ann, ben }: People): Promise<void> {
  const mode = answer.at('mode').text;
  const known = Envelope.fromMap(answer.at('json').object, ben.userId);
  const takesAll = (await mlKem()) !== nativeMlKem || !known.suite.encapsulates;
  const parts = answer.at('randomness').members.map(([, part]) => part.bytes);
  const random = (size: number) =>
    takesAll ? (parts.shift() ?? new Uint8Array(0)) : new Uint8Array(size).fill(7);
  const offered = answer.has('one_time_prekey')
    ? OfferedPrekey.fromMap(answer.at('one_time_prekey', 'json').object)
    : undefined;
  const { envelope, receiptKey } = await ann.sealer(random).seal(await ann.pin(ben), offered, {
    messageId: known.messageId,
    created: known.created,
    plaintext: answer.at('plaintext').bytes,
    mediaRefs: known.mediaRefs,
  });
  same(`${mode}, mode`, envelope.mode, mode);
  if (takesAll) {
    same(`${mode}, map`, comparable(envelope), comparable(known));
    same(`${mode}, rest`, parts.length, 0);
  }
  const opened = await ben.opener().open(envelope, await ben.pin(ann));
  await opened.settle(async (received) => {
    same(`${mode}, text`, received.plaintext, answer.at('plaintext').text);
    const proof = received.receiptKey.prove('read', envelope.messageId);
    same(`${mode}, proof`, receiptKey.proves('read', envelope.messageId, proof), true);
  });
}

function comparable(envelope: Envelope): Record<string, unknown> {
  const map = envelope.toMap();
  const [, ...others] = new Node(map).at('signatures').list;
  return { ...map, signatures: others.map((one) => one.value) };
}

/** Why the last message isn't opened with these changes. */
async function refusalOf(answers: Node, changes: Node[]): Promise<string> {
  const answer = answers.at('messages').list.at(-1);
  if (answer === undefined) {
    throw new CheckFailed('There is no message');
  }
  const { ann, ben } = await peopleOf(answers, answer);
  const message = changes.reduce(
    (json, change) => changed(json, change.at('pointer').text, change.at('value').value),
    answer.at('json').object,
  );
  return refusalBy(async () => {
    const envelope = Envelope.fromMap(message, ben.userId);
    await ben.opener().open(envelope, await ben.pin(ann));
  });
}
