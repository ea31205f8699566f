import { Bundle } from './bundle';
import type { Random } from './bytes';
import { Capabilities } from './capabilities';
import type { IdentityKeys } from './identity';
import type { JsonObject } from './json';
import { KeySet } from './keySet';
import { ListedKey } from './listedKey';
import { require } from './refused';
import {
  readSignatures,
  requireSignatures,
  type Signature,
  signaturesOf,
  signatureToMap,
} from './signature';
import { WireFields } from './wireFields';
import { WireTime } from './wireTime';

const FIELD = 'bundle';

/** A bundle with signatures of it, checked or not. */
export class SignedBundle {
  /** By so much clocks may differ, in milliseconds. */
  static readonly CLOCK_SKEW = 5 * 60 * 1000;

  readonly bundle: Bundle;
  readonly signatures: readonly Signature[];

  constructor(bundle: Bundle, signatures: readonly Signature[]) {
    this.bundle = bundle;
    this.signatures = signatures;
  }

  /** @throws {Refused} WRONG_KEY where the bundle is of other keys */
  static async sign(bundle: Bundle, keys: IdentityKeys, random: Random): Promise<SignedBundle> {
    require(bundle.identity.equals(keys.identity), 'WRONG_KEY', FIELD);
    return new SignedBundle(bundle, await signaturesOf(keys, bundle.transcript(), random));
  }

  /**
   * Checks that its own identity signed it and that its time is now. Whether that identity is who
   * it should be is for a peer to say.
   *
   * @throws {Refused} EXPIRED_BUNDLE, FUTURE_BUNDLE, MISSING_SIGNATURE, UNEXPECTED_SIGNATURE,
   *     WRONG_KEY or BAD_SIGNATURE
   */
  async verify(now: number): Promise<void> {
    this.requireCurrent(now);
    require(this.bundle.created <= now + SignedBundle.CLOCK_SKEW, 'FUTURE_BUNDLE', FIELD);
    await this.verifySignatures();
  }

  /**
   * Checks that its own identity signed it, whatever its time is: for who looks after their own.
   *
   * @throws {Refused} MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY or BAD_SIGNATURE
   */
  verifySignatures(): Promise<void> {
    const { identity } = this.bundle;
    return requireSignatures(this.signatures, identity, this.bundle.transcript(), FIELD);
  }

  /** @throws {Refused} EXPIRED_BUNDLE */
  requireCurrent(now: number): void {
    require(now < this.bundle.expires, 'EXPIRED_BUNDLE', FIELD);
  }

  /** As it goes out. */
  toMap(): Record<string, unknown> {
    return {
      user_id: this.bundle.userId,
      bundle_version: this.bundle.version,
      created_at: WireTime.format(this.bundle.created),
      expires_at: WireTime.format(this.bundle.expires),
      capabilities: [...this.bundle.capabilities.names],
      keys: this.bundle.keys.keys.map((key) => key.toMap()),
      signatures: this.signatures.map(signatureToMap),
    };
  }

  /**
   * Reads a bundle, and checks of it all but the signatures and the time.
   *
   * @throws {Refused} what is wrong with it
   */
  static fromMap(map: JsonObject): SignedBundle {
    const fields = new WireFields(map);
    const bundle = new Bundle({
      userId: fields.id('user_id'),
      version: fields.number('bundle_version'),
      created: fields.time('created_at'),
      expires: fields.time('expires_at'),
      capabilities: new Capabilities(fields.texts('capabilities', Capabilities.MOST)),
      keys: new KeySet(fields.objects('keys', KeySet.MOST).map(ListedKey.from)),
    });
    return new SignedBundle(bundle, readSignatures(fields, 'signatures'));
  }
}
