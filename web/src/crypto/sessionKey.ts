import { Base64Text } from './base64Text';
import type { Bytes } from './bytes';
import { Capabilities } from './capabilities';
import { EcdhPublicKey } from './ecdhKeys';
import type { KeyId } from './keyId';
import { CIPHERTEXT_SIZE } from './mlKemKeys';
import { require } from './refused';
import type { Suite } from './suite';
import type { WireFields } from './wireFields';

/** Bytes of a wrapped content key, its tag included. */
export const WRAP_SIZE = 48;

/** What stands before the names of its members in a refusal. */
export const SESSION_KEY_FIELD = 'encrypted_session_key.';

/** Which of the recipient's prekeys took part. */
export type Mode = 'spk' | 'spk+opk' | 'spk+kem' | 'spk+opk+kem';

/** The names of the prekeys that a message is for. */
export interface PrekeyIds {
  readonly signedPrekey: KeyId;
  /** Of the one-time pair, if one took part. */
  readonly oneTime: KeyId | undefined;
  /** Of what was encapsulated to: the pair, if one took part, else the last-resort key. */
  readonly kem: KeyId | undefined;
}

/** The content of `encrypted_session_key`. No member alone opens `wrap`. */
export interface SessionKey extends PrekeyIds {
  /** E. */
  readonly ephemeral: EcdhPublicKey;
  /** The KEM's, 1088 bytes; in suites that encapsulate. */
  readonly ciphertext: Bytes | undefined;
  /** The content key, sealed, 48 bytes. */
  readonly wrap: Bytes;
  /** Which of the recipient's bundles the sender had. */
  readonly bundleVersion: number;
  /** The sender's. */
  readonly capabilities: Capabilities;
}

export function modeOf(ids: PrekeyIds): Mode {
  return `spk${ids.oneTime === undefined ? '' : '+opk'}${ids.kem === undefined ? '' : '+kem'}`;
}

/** As it goes out. */
export function sessionKeyToMap(key: SessionKey): Record<string, unknown> {
  return {
    ecdh: Base64Text.encode(key.ephemeral.encoded),
    ...(key.ciphertext && { mlkem: Base64Text.encode(key.ciphertext) }),
    wrap: Base64Text.encode(key.wrap),
    spk: key.signedPrekey,
    ...(key.oneTime !== undefined && { opk: key.oneTime }),
    ...(key.kem !== undefined && { kem_key: key.kem }),
    bundle: key.bundleVersion,
    capabilities: [...key.capabilities.names],
  };
}

/** @throws {Refused} what is wrong with its form; WRONG_KEY for `opk` and `kem_key` that differ */
export function readSessionKey(fields: WireFields): SessionKey {
  return {
    ephemeral: new EcdhPublicKey(fields.bytes('ecdh', EcdhPublicKey.SIZE)),
    ciphertext: fields.has('mlkem') ? fields.bytes('mlkem', CIPHERTEXT_SIZE) : undefined,
    wrap: fields.bytes('wrap', WRAP_SIZE),
    ...readPrekeyIds(fields),
    bundleVersion: fields.number('bundle'),
    capabilities: new Capabilities(fields.texts('capabilities', Capabilities.MOST)),
  };
}

/** @throws {Refused} MISSING in a suite that encapsulates, UNEXPECTED in another */
export function requireShapeOf(key: SessionKey, suite: Suite): void {
  const refusal = suite.encapsulates ? 'MISSING' : 'UNEXPECTED';
  const hasCiphertext = key.ciphertext !== undefined;
  require(hasCiphertext === suite.encapsulates, refusal, `${SESSION_KEY_FIELD}mlkem`);
  const hasKem = key.kem !== undefined;
  require(hasKem === suite.encapsulates, refusal, `${SESSION_KEY_FIELD}kem_key`);
}

function readPrekeyIds(fields: WireFields): PrekeyIds {
  const ids = {
    signedPrekey: fields.keyId('spk'),
    oneTime: fields.has('opk') ? fields.keyId('opk') : undefined,
    kem: fields.has('kem_key') ? fields.keyId('kem_key') : undefined,
  };
  const areSame = ids.oneTime === undefined || ids.kem === undefined || ids.oneTime === ids.kem;
  require(areSame, 'WRONG_KEY', fields.pathOf('kem_key'));
  return ids;
}
