import type { Bundle } from '../bundle';
import type { Random } from '../bytes';
import { EcdhPrivateKey } from '../ecdhKeys';
import { EcdsaPrivateKey } from '../ecdsaKeys';
import type { MessageKey } from '../envelope';
import { IdentityKeys } from '../identity';
import type { Held, Keyring } from '../keyring';
import type { KeyStatus } from '../listedKey';
import { MessageOpener } from '../messageOpener';
import { MessageSealer } from '../messageSealer';
import { MlDsaPrivateKey } from '../mlDsaKeys';
import { MlKemPrivateKey } from '../mlKemKeys';
import { OneTimeKeys } from '../oneTimeKeys';
import { Peer } from '../peer';
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

function keyOf({ senderId, messageId }: MessageKey): string {
  return `${senderId} ${messageId}`;
}
