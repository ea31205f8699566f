import { Base64Text } from './base64Text';
import type { Random } from './bytes';
import { EcdhPrivateKey, EcdhPublicKey } from './ecdhKeys';
import { type KeyId, keyIdOf } from './keyId';
import { MlKemPrivateKey, MlKemPublicKey } from './mlKemKeys';
import { require } from './refused';
import type { WireFields } from './wireFields';

/** A pair of keys for one message: whoever sends it uses one of them, or both. */
export class OneTimePrekey {
  readonly ecdh: EcdhPublicKey;
  readonly mlKem: MlKemPublicKey;
  /** The pair's name. */
  readonly id: KeyId;

  constructor(ecdh: EcdhPublicKey, mlKem: MlKemPublicKey) {
    this.ecdh = ecdh;
    this.mlKem = mlKem;
    this.id = keyIdOf(ecdh.algorithm, ecdh.encoded, mlKem.algorithm, mlKem.encoded);
  }

  /** As it goes out. */
  toMap(): Record<string, unknown> {
    return {
      key_id: this.id,
      ecdh: Base64Text.encode(this.ecdh.encoded),
      mlkem: Base64Text.encode(this.mlKem.encoded),
    };
  }

  static from(fields: WireFields): OneTimePrekey {
    const prekey = new OneTimePrekey(
      new EcdhPublicKey(fields.bytes('ecdh', EcdhPublicKey.SIZE)),
      new MlKemPublicKey(fields.bytes('mlkem', MlKemPublicKey.SIZE)),
    );
    require(prekey.id === fields.keyId('key_id'), 'WRONG_KEY', fields.pathOf('key_id'));
    return prekey;
  }
}

/**
 * The private parts of a one-time prekey. They are deleted with the first message that they open,
 * in the transaction that stores it: what they opened then can't be opened again, by nobody.
 */
export class OneTimeKeys {
  readonly ecdh: EcdhPrivateKey;
  readonly mlKem: MlKemPrivateKey;
  readonly prekey: OneTimePrekey;

  constructor(ecdh: EcdhPrivateKey, mlKem: MlKemPrivateKey) {
    this.ecdh = ecdh;
    this.mlKem = mlKem;
    this.prekey = new OneTimePrekey(ecdh.publicKey, mlKem.publicKey);
  }

  static async generate(random: Random): Promise<OneTimeKeys> {
    const ecdh = await EcdhPrivateKey.generate(random);
    return new OneTimeKeys(ecdh, await MlKemPrivateKey.generate(random));
  }
}
