import { Bundle } from '../bundle';
import { type Random, toHex } from '../bytes';
import type { Capabilities } from '../capabilities';
import { EcdhPrivateKey } from '../ecdhKeys';
import { EcdsaPrivateKey } from '../ecdsaKeys';
import type { MessageKey } from '../envelope';
import { IdentityKeys } from '../identity';
import type { Held, Keyring } from '../keyring';
import { KeySet } from '../keySet';
import { type KeyStatus, ListedKey } from '../listedKey';
import { MessageOpener } from '../messageOpener';
import { MessageSealer } from '../messageSealer';
import { MlDsaPrivateKey } from '../mlDsaKeys';
import { MlKemPrivateKey } from '../mlKemKeys';
import { OneTimeKeys, type OneTimePrekey } from '../oneTimeKeys';
import { Peer } from '../peer';
import { PrekeyBatch } from '../prekeyBatch';
import type { Received } from '../received';
import { SignedBundle } from '../signedBundle';
import type { Node } from './json';

/** When the known answers were made. */
export const NOW = Date.parse('2026-03-01T12:00:00.000Z');

/** An account of the known answers, or of another program's making, with its private keys. */
export class Account implements Keyring {
  readonly userId: string;
  readonly keys: IdentityKeys;
  readonly signedBundle: SignedBundle;
  readonly bundles = new Map<number, Bundle>();
  readonly signedPrekeys = new Map<string, EcdhPrivateKey>();
  readonly lastResorts = new Map<string, MlKemPrivateKey>();
  readonly oneTimeKeys = new Map<string, OneTimeKeys>();
  readonly statuses = new Map<string, KeyStatus>();
  readonly revoked = new Set<string>();
  readonly received = new Set<string>();
  readonly used = new Set<string>();
  now = NOW;

  constructor(userId: string, keys: IdentityKeys, signedBundle: SignedBundle) {
    this.userId = userId;
    this.keys = keys;
    this.signedBundle = signedBundle;
    this.bundles.set(signedBundle.bundle.version, signedBundle.bundle);
  }

  /** A new one, with a bundle of its own. */
  static async create(
    userId: string,
    capabilities: Capabilities,
    random: Random,
  ): Promise<Account> {
    const keys = await IdentityKeys.generate(random);
    const signedPrekey = await EcdhPrivateKey.generate(random);
    const lastResort = await MlKemPrivateKey.generate(random);
    const listed = [keys.ecdsa, keys.mlDsa, signedPrekey, lastResort].map((key) =>
      ListedKey.of(key.publicKey, NOW, 'active'),
    );
    const bundle = new Bundle({
      userId,
      version: 1,
      created: NOW,
      expires: NOW + Bundle.LONGEST_LIFE,
      capabilities,
      keys: new KeySet(listed),
    });
    const account = new Account(userId, keys, await SignedBundle.sign(bundle, keys, random));
    account.signedPrekeys.set(signedPrekey.publicKey.id, signedPrekey);
    account.lastResorts.set(lastResort.publicKey.id, lastResort);
    return account;
  }

  /** One of the known answers. */
  static async of(answer: Node): Promise<Account> {
    const ecdsa = await EcdsaPrivateKey.of(answer.at('ecdsa_scalar').bytes);
    const mlDsa = await MlDsaPrivateKey.of(answer.at('ml_dsa_seed').bytes);
    const bundle = SignedBundle.fromMap(answer.at('bundle', 'json').object);
    const keys = new IdentityKeys(ecdsa, mlDsa);
    const account = new Account(answer.at('user_id').text, keys, bundle);
    for (const prekey of answer.at('prekeys').list) {
      const id = prekey.at('key_id').text;
      if (prekey.has('scalar')) {
        account.signedPrekeys.set(id, await EcdhPrivateKey.of(prekey.at('scalar').bytes));
      } else {
        account.lastResorts.set(id, await MlKemPrivateKey.of(prekey.at('seed').bytes));
      }
    }
    return account;
  }

  async addPair(pair: Node): Promise<void> {
    const ecdh = await EcdhPrivateKey.of(pair.at('scalar').bytes);
    const mlKem = await MlKemPrivateKey.of(pair.at('seed').bytes);
    this.oneTimeKeys.set(pair.at('key_id').text, new OneTimeKeys(ecdh, mlKem));
  }

  /** A batch of new one-time prekeys. */
  async addPrekeys(count: number, random: Random): Promise<PrekeyBatch> {
    const prekeys: OneTimePrekey[] = [];
    for (let i = 0; i < count; i++) {
      const pair = await OneTimeKeys.generate(random);
      this.oneTimeKeys.set(pair.prekey.id, pair);
      prekeys.push(pair.prekey);
    }
    const batchId = uuidOf(random(16));
    const batch = { userId: this.userId, batchId, created: this.now, prekeys };
    return PrekeyBatch.sign(batch, this.keys, random);
  }

  pin(other: Account): Promise<Peer> {
    return Peer.pin(other.userId, other.signedBundle, this.now);
  }

  sealer(random: Random): MessageSealer {
    return new MessageSealer({
      userId: this.userId,
      keys: this.keys,
      capabilities: this.signedBundle.bundle.capabilities,
      usedPrekeys: (id) => this.used.has(id),
      clock: () => this.now,
      random,
    });
  }

  opener(): MessageOpener {
    return new MessageOpener({ userId: this.userId, keyring: this, clock: () => this.now });
  }

  /** What settling asks for; the text, a copy. */
  async settle(received: Received): Promise<Uint8Array> {
    if (received.spentPrekey !== undefined) {
      this.oneTimeKeys.delete(received.spentPrekey);
    }
    this.received.add(keyOf(received.message));
    return received.plaintext.slice();
  }

  bundle(version: number): Bundle | undefined {
    return this.bundles.get(version);
  }

  signedPrekey(id: string): Held<EcdhPrivateKey> | undefined {
    return this.#held(id, this.signedPrekeys.get(id));
  }

  lastResort(id: string): Held<MlKemPrivateKey> | undefined {
    return this.#held(id, this.lastResorts.get(id));
  }

  oneTime(id: string): OneTimeKeys | undefined {
    return this.oneTimeKeys.get(id);
  }

  isRevoked(id: string): boolean {
    return this.revoked.has(id);
  }

  hasReceived(message: MessageKey): boolean {
    return this.received.has(keyOf(message));
  }

  #held<K>(id: string, key: K | undefined): Held<K> | undefined {
    return key && { key, status: this.statuses.get(id) ?? 'active' };
  }
}

export function uuidOf(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function keyOf({ senderId, messageId }: MessageKey): string {
  return `${senderId} ${messageId}`;
}
