import { describe, expect, it } from 'vitest';
import { Bundle, type BundleFields } from './bundle';
import { Capabilities } from './capabilities';
import { Account, NOW } from './checks/account';
import { refusalBy } from './checks/expect';
import { randomOf } from './checks/random';
import { EcdhPrivateKey } from './ecdhKeys';
import { KeySet } from './keySet';
import { ListedKey } from './listedKey';
import { Peer } from './peer';
import { SignedBundle } from './signedBundle';
import { Suite } from './suite';

const ID = '7fe4771c-008a-42eb-b63d-f47d19e2c6aa';
const OTHER_ID = '7fe4771c-008a-42eb-b63d-f47d19e2c6ab';
const random = randomOf('peers');
const both = Capabilities.of(...Suite.values);
const ben = await Account.create(ID, both, random);
const impostor = await Account.create(ID, both, random);

function bundleOf(account: Account, change: Partial<BundleFields>): Promise<SignedBundle> {
  const { userId, version, created, expires, capabilities, keys } = account.signedBundle.bundle;
  const fields = { userId, version, created, expires, capabilities, keys, ...change };
  return SignedBundle.sign(new Bundle(fields), account.keys, random);
}

const known = await Peer.pin(ID, await bundleOf(ben, { version: 5 }), NOW);

describe('a peer', () => {
  it('is pinned by a bundle that is theirs, signed and of now', async () => {
    expect(await refusalBy(() => Peer.pin(OTHER_ID, ben.signedBundle, NOW))).toBe('WRONG_USER');
    const { expires, created } = ben.signedBundle.bundle;
    expect(await refusalBy(() => Peer.pin(ID, ben.signedBundle, expires))).toBe('EXPIRED_BUNDLE');
    const early = created - SignedBundle.CLOCK_SKEW;
    expect((await Peer.pin(ID, ben.signedBundle, early)).floor).toBe(Suite.V1);
    expect(await refusalBy(() => Peer.pin(ID, ben.signedBundle, early - 1))).toBe('FUTURE_BUNDLE');
  });

  it('is pinned only by good signatures of both of their keys', async () => {
    const { bundle, signatures } = ben.signedBundle;
    const signed = async (list: typeof signatures) =>
      refusalBy(() => new SignedBundle(bundle, list).verify(NOW));
    const [ecdsa, mlDsa] = signatures;
    const [, others] = impostor.signedBundle.signatures;
    if (ecdsa === undefined || mlDsa === undefined || others === undefined) {
      throw new Error('Two sign');
    }

    expect(await signed([ecdsa])).toBe('MISSING_SIGNATURE');
    expect(await signed([ecdsa, mlDsa, mlDsa])).toBe('UNEXPECTED_SIGNATURE');
    expect(await signed([ecdsa, others])).toBe('WRONG_KEY');
    const forged = { ...mlDsa, bytes: others.bytes };
    expect(await signed([ecdsa, forged])).toBe('BAD_SIGNATURE');
    expect(await signed([mlDsa, ecdsa])).toBe('Nothing was refused');
  });

  it('learns newer bundles of the pinned identity, and no older or conflicting one', async () => {
    const newer = await bundleOf(ben, { version: 6 });
    const older = await bundleOf(ben, { version: 4 });
    const other = await bundleOf(ben, { version: 5, created: NOW + 1 });
    const sameAgain = await bundleOf(ben, { version: 5 });

    expect((await known.learn(newer, NOW)).bundle).toBe(newer);
    expect((await known.learn(sameAgain, NOW)).bundle).toBe(sameAgain);
    expect(await refusalBy(() => known.learn(older, NOW))).toBe('OLDER_BUNDLE');
    expect(await refusalBy(() => known.learn(other, NOW))).toBe('CONFLICTING_BUNDLE');
  });

  it('comes back from a version that nobody reaches by making bundles', async () => {
    const reached = await bundleOf(ben, { version: 2 ** 48 + 1 });
    const far = await Peer.pin(ID, reached, NOW);
    const back = await bundleOf(ben, { version: 6, created: NOW + 1 });
    const before = await bundleOf(ben, { version: 6 });

    expect(await refusalBy(() => known.learn(reached, NOW))).toBe('OLDER_BUNDLE');
    expect((await far.learn(back, NOW)).bundle).toBe(back);
    expect(await refusalBy(() => far.learn(before, NOW))).toBe('OLDER_BUNDLE');
  });

  it('waits for consent where the identity is another, and sends nothing', async () => {
    const changed = await known.learn(impostor.signedBundle, NOW);

    expect(changed.identity.equals(ben.keys.identity)).toBe(true);
    expect(changed.identityToCompare.equals(impostor.keys.identity)).toBe(true);
    expect(await refusalBy(() => changed.suiteToSend(both))).toBe('IDENTITY_CHANGED');
    expect(await refusalBy(() => changed.acceptIdentity(ben.keys.identity))).toBe(
      'IDENTITY_CHANGED',
    );
    const accepted = changed.acceptIdentity(impostor.keys.identity);
    expect(accepted.identity.equals(impostor.keys.identity)).toBe(true);
    expect(accepted.suiteToSend(both)).toBe(Suite.V2);
    expect(() => known.acceptIdentity(ben.keys.identity)).toThrow(RangeError);
  });

  it('ends the waiting where the pinned identity comes back', async () => {
    const changed = await known.learn(impostor.signedBundle, NOW);
    const back = await changed.learn(await bundleOf(ben, { version: 6 }), NOW);

    expect(back.changed).toBeUndefined();
    expect(back.suiteToSend(both)).toBe(Suite.V2);
  });

  it('is written to in a weaker suite only after a newer bundle and consent', async () => {
    const strong = known.havingUsed(Suite.V2);
    const weaker = await bundleOf(ben, { version: 6, capabilities: Capabilities.of(Suite.V1) });
    const downgraded = await strong.learn(weaker, NOW);

    expect(await refusalBy(() => strong.consentToDowngrade())).toBe('DOWNGRADE');
    expect(await refusalBy(() => downgraded.suiteToSend(both))).toBe('DOWNGRADE');
    expect(downgraded.consentToDowngrade().suiteToSend(both)).toBe(Suite.V1);
  });

  it('is taken in a weaker suite only after the same, whatever can do no better here', async () => {
    const classical = Capabilities.of(Suite.V1);
    const strong = known.havingUsed(Suite.V2);
    const weaker = await bundleOf(ben, { version: 6, capabilities: classical });
    const downgraded = await strong.learn(weaker, NOW);
    const refusal = (peer: Peer, claimed: Capabilities, own: Capabilities) =>
      refusalBy(() => peer.requireAcceptable(Suite.V1, claimed, own));

    expect(await refusal(downgraded, classical, both)).toBe('DOWNGRADE');
    expect(await refusal(downgraded.consentToDowngrade(), classical, both)).toBe(
      'Nothing was refused',
    );
    expect(await refusal(strong, both, classical)).toBe('DOWNGRADE');
  });

  it('is not written to in a suite that is not known here', async () => {
    const strange = await bundleOf(ben, { version: 6, capabilities: new Capabilities(['v9']) });
    const peer = await known.learn(strange, NOW);

    expect(await refusalBy(() => peer.suiteToSend(both))).toBe('NO_COMMON_SUITE');
    expect(await refusalBy(() => peer.consentToDowngrade())).toBe('NO_COMMON_SUITE');
  });
});

describe('a bundle', () => {
  it('has what is needed, for at most 30 days', async () => {
    const { keys } = ben.signedBundle.bundle;
    const without = (algorithm: string) =>
      new KeySet(keys.keys.filter((key) => key.algorithm !== algorithm));
    const refused = (change: Partial<BundleFields>) => refusalBy(() => bundleOf(ben, change));

    expect(await refused({ version: 0 })).toBe('MALFORMED');
    expect(await refused({ expires: NOW })).toBe('MALFORMED');
    expect(await refused({ expires: NOW + Bundle.LONGEST_LIFE + 1 })).toBe('MALFORMED');
    for (const algorithm of ['ECDSA-P256', 'ML-DSA-65', 'ECDH-P256', 'ML-KEM-768']) {
      expect(await refused({ keys: without(algorithm) }), algorithm).toBe('MISSING');
    }
    const old = { keys: without('ML-KEM-768'), capabilities: Capabilities.of(Suite.V1) };
    expect(await refused(old)).toBe('Nothing was refused');
  });

  it('has no key twice, and one active key of an algorithm', async () => {
    const { keys } = ben.signedBundle.bundle.keys;
    const another = await EcdhPrivateKey.generate(random);
    const second = ListedKey.of(another.publicKey, NOW, 'active');

    expect(await refusalBy(() => new KeySet([...keys, ...keys]))).toBe('WRONG_KEY');
    expect(await refusalBy(() => new KeySet([...keys, second]))).toBe('WRONG_KEY');
    const both = new KeySet([...keys, second.withStatus('deprecated')]);
    expect(both.find(second.id)?.status).toBe('deprecated');
  });
});
