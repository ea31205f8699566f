import { Base64Text } from '../base64Text';
import { toHex } from '../bytes';
import { type Content, decodeContent, encodeAgain, encodePlain, encodeText } from '../content';
import { EcdsaPublicKey } from '../ecdsaKeys';
import { Hash } from '../hash';
import { MediaRefs } from '../mediaRefs';
import { leafOf } from '../merkleTree';
import { OfferedPrekey } from '../offeredPrekey';
import { OfferedPrekeys } from '../offeredPrekeys';
import { pad, unpad } from '../padding';
import { PrekeyBatch } from '../prekeyBatch';
import { SafetyNumber } from '../safetyNumber';
import { utf8 } from '../texts';
import { WireTime } from '../wireTime';
import { Account, NOW } from './account';
import { CheckFailed, refusalBy, same } from './expect';
import { changed, type Node } from './json';
import { FILE_CHECKS } from './knownFiles';
import { MESSAGE_CHECKS } from './knownMessages';

/** A part of the known answers, held against this package. */
export type Check = (answers: Node) => Promise<void> | void;

/** All there is in `crypto/known-answers.json`, by its sections. */
export const KNOWN_ANSWERS: Readonly<Record<string, Check>> = {
  async base64(answers) {
    for (const [hex, text] of answers.at('base64', 'accepted').members) {
      same(hex, Base64Text.decode('x', text.text), hex);
      same(hex, Base64Text.encode(Base64Text.decode('x', text.text)), text.text);
    }
    for (const text of answers.at('base64', 'refused').list) {
      same(text.text, await refusalBy(() => Base64Text.decode('x', text.text)), 'MALFORMED');
    }
  },

  async times(answers) {
    for (const [text, time] of answers.at('times', 'accepted').members) {
      same(text, WireTime.parse('x', text), time.number);
      same(text, WireTime.format(time.number), text);
    }
    for (const text of answers.at('times', 'refused').list) {
      same(text.text, await refusalBy(() => WireTime.parse('x', text.text)), 'MALFORMED');
    }
  },

  async texts(answers) {
    for (const [units, bytes] of answers.at('texts', 'accepted').members) {
      same(units, utf8('x', utf16(units)), bytes.text);
    }
    for (const units of answers.at('texts', 'refused').list) {
      same(units.text, await refusalBy(() => utf8('x', utf16(units.text))), 'MALFORMED');
    }
  },

  async padding(answers) {
    for (const answer of answers.at('padding').list) {
      const text = new Uint8Array(answer.at('text').number);
      const padded = pad(text);
      same('padding', padded.length, answer.at('padded').number);
      same('unpadded', unpad(padded).length, text.length);
    }
    for (const size of answers.at('padding_refused').list) {
      same('padding', await refusalBy(() => pad(new Uint8Array(size.number))), 'EXTENDED');
    }
  },

  hkdf(answers) {
    for (const answer of answers.at('hkdf').list) {
      const name = answer.at('name').text;
      const hash = name === 'HKDF-SHA256' ? Hash.SHA_256 : Hash.SHA3_256;
      const prk = hash.extract(answer.at('salt').bytes, answer.at('ikm').bytes);
      same(`${name} prk`, prk, answer.at('prk').text);
      const okm = answer.at('okm').bytes;
      same(`${name} okm`, hash.expand(prk, answer.at('info').bytes, okm.length), toHex(okm));
    }
  },

  async media_refs(answers) {
    for (const answer of answers.at('media_refs').list) {
      const refs = new MediaRefs(answer.at('json').list.map((one) => one.value));
      same('hashed', refs.content(), answer.at('hashed').text);
      same('sha256', refs.hash(Hash.SHA_256), answer.at('sha256').text);
      same('sha3_256', refs.hash(Hash.SHA3_256), answer.at('sha3_256').text);
    }
    for (const answer of answers.at('media_refs_refused').list) {
      const values = answer.at('json').list.map((one) => one.value);
      same('refs', await refusalBy(() => new MediaRefs(values)), answer.at('refusal').text);
    }
  },

  async ecdsa(answers) {
    const ecdsa = answers.at('ecdsa');
    const key = new EcdsaPublicKey(ecdsa.at('key').bytes);
    for (const part of ['accepted', 'refused']) {
      for (const signature of ecdsa.at(part).list) {
        const verifies = await key.verifies(ecdsa.at('message').bytes, signature.bytes);
        same(signature.text, verifies, part === 'accepted');
      }
    }
  },

  async contents(answers) {
    for (const answer of answers.at('contents', 'accepted').list) {
      const content = await decodeContent(answer.at('bytes').bytes);
      same('text', content.kind === 'again' ? '' : content.text, answer.at('text').text);
      same('content', await encoded(content), answer.at('bytes').text);
    }
    for (const answer of answers.at('contents', 'refused').list) {
      const { bytes, text } = answer.at('bytes');
      same(text, await refusalBy(() => decodeContent(bytes)), answer.at('refusal').text);
    }
  },

  ...FILE_CHECKS,

  async accounts(answers) {
    for (const [name, answer] of answers.at('accounts').members) {
      const account = await Account.of(answer);
      const { bundle } = account.signedBundle;
      await account.signedBundle.verify(NOW);
      same(`${name} keys`, bundle.identity.equals(account.keys.identity), true);
      same(`${name} signed`, bundle.transcript(), answer.at('bundle', 'signed').text);
      for (const [hash, suffix] of [
        [Hash.SHA_256, 'sha256'],
        [Hash.SHA3_256, 'sha3_256'],
      ] as const) {
        const fingerprint = bundle.identity.fingerprint(hash);
        same(`${name} fingerprint`, fingerprint, answer.at(`fingerprint_${suffix}`).text);
        const hashed = hash.of(bundle.transcript());
        same(`${name} bundle`, hashed, answer.at('bundle', suffix).text);
        const identity = hash.of(answer.at('identity_hashed').bytes);
        same(`${name} identity`, identity, answer.at(`fingerprint_${suffix}`).text);
      }
      for (const [id, key] of [...account.signedPrekeys, ...account.lastResorts]) {
        same(`${name} prekey`, key.publicKey.id, id);
      }
      const json = answer.at('bundle', 'json').object;
      same(`${name} map`, sorted(account.signedBundle.toMap()), sorted(json));
    }
  },

  async prekeys(answers) {
    const prekeys = answers.at('prekeys');
    const owner = await Account.of(answers.at('accounts', prekeys.at('account').text));
    const { identity } = owner.keys;
    const batch = PrekeyBatch.fromMap(prekeys.at('upload', 'json').object);
    await batch.verify(identity);
    for (const [i, pair] of prekeys.at('pairs').list.entries()) {
      await owner.addPair(pair);
      const id = pair.at('key_id').text;
      const prekey = owner.oneTimeKeys.get(id)?.prekey;
      same('pair', prekey?.id, id);
      same('leaf', prekey && leafOf(i, prekey), pair.at('leaf').text);
      same('uploaded', batch.prekeys[i]?.id, id);
    }
    same('root', batch.statement().root, prekeys.at('root').text);
    same('signed', batch.statement().transcript(), prekeys.at('signed').text);
    same('upload', sorted(batch.toMap()), sorted(prekeys.at('upload', 'json').value));
    for (const [i, answer] of prekeys.at('offers').list.entries()) {
      const offer = OfferedPrekey.fromMap(answer.at('json').object);
      await offer.verify(owner.userId, identity);
      same('offer', sorted(offer.toMap()), sorted(answer.at('json').value));
      same('made offer', sorted(batch.offers()[i]?.toMap()), sorted(answer.at('json').value));
    }
    const together = prekeys.at('together', 'json').object;
    const verified = async (map: Readonly<Record<string, unknown>>) => {
      const offers = OfferedPrekeys.fromMap(map);
      for (const offer of offers.all) {
        await offer.verify(owner.userId, identity);
      }
      return offers;
    };
    same('together', sorted((await verified(together)).toMap()), sorted(together));
    for (const answer of prekeys.at('together_refused').list) {
      const other = changed(together, answer.at('pointer').text, answer.at('value').value);
      const refusal = await refusalBy(() => verified(other));
      same(JSON.stringify(answer.value), refusal, answer.at('refusal').text);
    }
  },

  ...MESSAGE_CHECKS,

  async safety_number(answers) {
    const number = answers.at('safety_number');
    const people = number.at('accounts').list.map((name) => answers.at('accounts', name.text));
    const [ann, ben] = await Promise.all(people.map(Account.of));
    if (ann === undefined || ben === undefined) {
      throw new CheckFailed('It takes two');
    }
    const anns = SafetyNumber.of(ann.userId, ann.keys.identity, ben.userId, ben.keys.identity);
    const bens = SafetyNumber.of(ben.userId, ben.keys.identity, ann.userId, ann.keys.identity);
    same('digits', anns.digits(), number.at('digits').text);
    same('digits', bens.digits(), number.at('digits').text);
    same('code', anns.qrCode(), number.at('qr_code').text);
    same('code of the other', bens.qrCode(), number.at('qr_code_of_the_other').text);
    same('scanned', anns.matches(bens.qrCode()), true);
  },
};

function utf16(hex: string): string {
  return (hex.match(/.{4}/g) ?? [])
    .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
    .join('');
}

async function encoded(content: Content): Promise<Uint8Array | undefined> {
  switch (content.kind) {
    case 'plain':
      return encodePlain(content.text);
    case 'text':
      return encodeText(content);
    case 'again':
      return encodeAgain(content);
  }
}

/** With members in one order, to be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
    return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
  }
  return value;
}
