import { type Bytes, concat, NO_BYTES, type Random } from './bytes';
import { EcdhPrivateKey, type EcdhPublicKey } from './ecdhKeys';
import type { MlKemPrivateKey, MlKemPublicKey } from './mlKemKeys';

/** The recipient's public keys that a message is for. */
export interface RecipientKeys {
  readonly signedPrekey: EcdhPublicKey;
  /** The one-time prekey's classical half. */
  readonly oneTime: EcdhPublicKey | undefined;
  /** The one-time prekey's other half, else the last-resort key. */
  readonly kem: MlKemPublicKey | undefined;
}

/** The private parts of {@link RecipientKeys}. */
export interface RecipientSecrets {
  readonly signedPrekey: EcdhPrivateKey;
  readonly oneTime: EcdhPrivateKey | undefined;
  readonly kem: MlKemPrivateKey | undefined;
}

/** What the sender has of an agreement, and what of it travels. */
export interface Agreed {
  readonly ephemeral: EcdhPublicKey;
  readonly ciphertext: Bytes | undefined;
  /** IKM. */
  readonly keyMaterial: Bytes;
}

/**
 * `[ss] ‖ ECDH(e, SPK) ‖ [ECDH(e, OPK)]`: all are of fixed sizes, and the mode that is hashed says
 * which there are. ML-KEM takes part where there is a key for it.
 */
export async function agree(to: RecipientKeys, random: Random): Promise<Agreed> {
  const ephemeral = await EcdhPrivateKey.generate(random);
  const encapsulated = await to.kem?.encapsulate(random);
  const keyMaterial = joined(
    encapsulated?.secret,
    await ephemeral.agree(to.signedPrekey),
    to.oneTime && (await ephemeral.agree(to.oneTime)),
  );
  return {
    ephemeral: ephemeral.publicKey,
    ciphertext: encapsulated?.ciphertext,
    keyMaterial,
  };
}

/** The same on the other side. */
export async function receive(
  ephemeral: EcdhPublicKey,
  ciphertext: Bytes | undefined,
  own: RecipientSecrets,
): Promise<Bytes> {
  return joined(
    own.kem && (await own.kem.decapsulate(ciphertext ?? NO_BYTES)),
    await own.signedPrekey.agree(ephemeral),
    own.oneTime && (await own.oneTime.agree(ephemeral)),
  );
}

function joined(...secrets: (Bytes | undefined)[]): Bytes {
  const parts = secrets.filter((secret) => secret !== undefined);
  const whole = concat(...parts);
  for (const part of parts) {
    part.fill(0);
  }
  return whole;
}
