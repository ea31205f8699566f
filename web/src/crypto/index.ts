/**
 * End-to-end encryption: what leaves a client only its recipient can read. No network, no storage;
 * time and randomness are passed in. The names are those of the Java module, whose package
 * description is the whole of it.
 *
 * Bytes are Uint8Array, times milliseconds since 1970, ids UUIDs in lower case, ids of keys
 * base64url. What isn't accepted is a {@link Refused}. What needs the browser's cryptography is
 * async, all else isn't.
 */
export type Bytes = Uint8Array<ArrayBuffer>;
/** So many fresh random bytes. */
export type Random = (size: number) => Uint8Array;
/** Milliseconds since 1970. */
export type Clock = () => number;
/** A JSON object as a parser gave it. */
export type JsonObject = Readonly<Record<string, unknown>>;
export type KeyId = string;
export type MaybePromise<T> = T | Promise<T>;

export type Refusal =
  | 'MALFORMED'
  | 'MISSING'
  | 'UNEXPECTED'
  | 'TRUNCATED'
  | 'EXTENDED'
  | 'WRONG_SIZE'
  | 'INVALID_KEY'
  | 'UNKNOWN_SUITE'
  | 'MIXED_SUITE'
  | 'UNKNOWN_ALGORITHM'
  | 'WRONG_USER'
  | 'WRONG_KEY'
  | 'REVOKED_KEY'
  | 'UNKNOWN_PREKEY'
  | 'REUSED_PREKEY'
  | 'EXPIRED_PREKEY'
  | 'UNKNOWN_BUNDLE'
  | 'EXPIRED_BUNDLE'
  | 'FUTURE_BUNDLE'
  | 'OLDER_BUNDLE'
  | 'CONFLICTING_BUNDLE'
  | 'IDENTITY_CHANGED'
  | 'MISSING_SIGNATURE'
  | 'UNEXPECTED_SIGNATURE'
  | 'BAD_SIGNATURE'
  | 'BAD_PROOF'
  | 'DOWNGRADE'
  | 'NO_COMMON_SUITE'
  | 'WRONG_WRAP'
  | 'WRONG_COMMITMENT'
  | 'WRONG_CONTENT'
  | 'UNKNOWN_CONTENT'
  | 'WRONG_MEDIA'
  | 'REPLAYED';

/** Something isn't accepted. Nothing was decrypted, changed or learnt by it. */
export declare class Refused extends Error {
  constructor(refusal: Refusal, field: string);
  readonly refusal: Refusal;
  /** What, such as `encrypted_session_key.mlkem`; never its value. */
  readonly field: string;
  /** Field and reason in words. */
  readonly detail: string;
}

/**
 * Reads JSON strictly: a name twice in an object is refused (MALFORMED), as all that isn't JSON.
 * A number that isn't whole, or is written with fraction or exponent, becomes NaN, which no field
 * of this package accepts. Read all that comes in with it, `JSON.parse` can't tell `1.0` from `1`.
 */
export declare function parseJson(text: string): unknown;

/** RFC 3339, UTC, three digits of milliseconds. */
export declare const WireTime: {
  format(time: number): string;
  /** Refused: MALFORMED. */
  parse(field: string, text: string): number;
};

/** Base64 with padding in its one canonical spelling. */
export declare const Base64Text: {
  encode(bytes: Uint8Array): string;
  /** Refused: MALFORMED. */
  decode(field: string, text: string): Bytes;
};

/** Whether no half of a surrogate pair is in a text. */
export declare function isWhole(text: string): boolean;

/** What a `crypto_version` stands for. `Suite.values` has the weakest first. */
export declare class Suite {
  static readonly V1: Suite;
  static readonly V2: Suite;
  static readonly values: readonly Suite[];
  /** Refused: UNKNOWN_SUITE. */
  static named(version: string): Suite;
  /** The strongest that capabilities name. */
  static strongestOf(capabilities: Capabilities): Suite | undefined;
  readonly version: string;
  readonly encryptionAlgorithm: string;
  readonly kdfAlgorithm: string;
  isWeakerThan(other: Suite): boolean;
}

export type KeyStatus = 'active' | 'deprecated' | 'revoked';
export type KeyAlgorithm = 'ECDSA-P256' | 'ML-DSA-65' | 'ECDH-P256' | 'ML-KEM-768';
export type Mode = 'spk' | 'spk+opk' | 'spk+kem' | 'spk+opk+kem';

/** A public key. Refused when made: TRUNCATED, EXTENDED, INVALID_KEY. */
export interface PublicKey {
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  readonly encoded: Bytes;
}
export declare class EcdsaPublicKey implements PublicKey {
  constructor(encoded: Uint8Array);
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  readonly encoded: Bytes;
  verifies(message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
export declare class MlDsaPublicKey implements PublicKey {
  constructor(encoded: Uint8Array);
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  readonly encoded: Bytes;
  verifies(message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
export declare class EcdhPublicKey implements PublicKey {
  constructor(encoded: Uint8Array);
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  readonly encoded: Bytes;
}
export declare class MlKemPublicKey implements PublicKey {
  constructor(encoded: Uint8Array);
  readonly algorithm: KeyAlgorithm;
  readonly id: KeyId;
  readonly encoded: Bytes;
}

/** Private keys are kept as bytes; `of` refuses TRUNCATED, EXTENDED, INVALID_KEY. */
export declare class EcdsaPrivateKey {
  static generate(random: Random): Promise<EcdsaPrivateKey>;
  /** @param scalar 32 bytes */
  static of(scalar: Uint8Array): Promise<EcdsaPrivateKey>;
  readonly publicKey: EcdsaPublicKey;
  toBytes(): Bytes;
}
export declare class MlDsaPrivateKey {
  static generate(random: Random): Promise<MlDsaPrivateKey>;
  /** @param seed 32 bytes */
  static of(seed: Uint8Array): Promise<MlDsaPrivateKey>;
  readonly publicKey: MlDsaPublicKey;
  toBytes(): Bytes;
}
export declare class EcdhPrivateKey {
  static generate(random: Random): Promise<EcdhPrivateKey>;
  /** @param scalar 32 bytes */
  static of(scalar: Uint8Array): Promise<EcdhPrivateKey>;
  readonly publicKey: EcdhPublicKey;
  toBytes(): Bytes;
}
export declare class MlKemPrivateKey {
  static generate(random: Random): Promise<MlKemPrivateKey>;
  /** @param seed 64 bytes */
  static of(seed: Uint8Array): Promise<MlKemPrivateKey>;
  readonly publicKey: MlKemPublicKey;
  toBytes(): Bytes;
}

/** Who somebody is: both keys that sign for them. */
export declare class Identity {
  constructor(ecdsa: EcdsaPublicKey, mlDsa: MlDsaPublicKey);
  readonly ecdsa: EcdsaPublicKey;
  readonly mlDsa: MlDsaPublicKey;
  equals(other: Identity): boolean;
}
export declare class IdentityKeys {
  constructor(ecdsa: EcdsaPrivateKey, mlDsa: MlDsaPrivateKey);
  static generate(random: Random): Promise<IdentityKeys>;
  readonly ecdsa: EcdsaPrivateKey;
  readonly mlDsa: MlDsaPrivateKey;
  readonly identity: Identity;
}

/** Names, sorted. Refused when made: MISSING, EXTENDED, MALFORMED. */
export declare class Capabilities {
  constructor(names: readonly string[]);
  static of(...suites: Suite[]): Capabilities;
  static ofThisProgram(): Capabilities;
  readonly names: readonly string[];
  include(name: string): boolean;
  bestCommon(other: Capabilities): Suite | undefined;
  /** Whether such a program reads more than plain texts. */
  readContent(): boolean;
  /** Whether such a program takes files. */
  takeFiles(): boolean;
}

/** A public key in an account's list; `key` is absent where its algorithm isn't known here. */
export declare class ListedKey {
  static of(key: PublicKey, created: number, status: KeyStatus): ListedKey;
  readonly id: KeyId;
  readonly algorithm: string;
  readonly data: Bytes;
  readonly created: number;
  readonly status: KeyStatus;
  readonly key: PublicKey | undefined;
  withStatus(status: KeyStatus): ListedKey;
}
/** Refused when made: EXTENDED, WRONG_KEY. */
export declare class KeySet {
  constructor(keys: readonly ListedKey[]);
  readonly keys: readonly ListedKey[];
  /** The active key of an algorithm. */
  primary(algorithm: KeyAlgorithm): ListedKey | undefined;
  find(id: KeyId): ListedKey | undefined;
}
export interface BundleFields {
  userId: string;
  version: number;
  created: number;
  expires: number;
  capabilities: Capabilities;
  keys: KeySet;
}
/** Refused when made: MALFORMED, MISSING. */
export declare class Bundle implements BundleFields {
  /** 30 days. */
  static readonly LONGEST_LIFE: number;
  static readonly HIGHEST_VERSION: number;
  static isReached(version: number): boolean;
  static isOlder(version: number, other: number): boolean;
  constructor(fields: BundleFields);
  readonly userId: string;
  readonly version: number;
  readonly created: number;
  readonly expires: number;
  readonly capabilities: Capabilities;
  readonly keys: KeySet;
  readonly identity: Identity;
  hasSameContentAs(other: Bundle): boolean;
}
export interface Signature {
  readonly algorithm: 'ECDSA-P256-SHA256' | 'ML-DSA-65';
  readonly keyId: KeyId;
  readonly bytes: Bytes;
}
export declare class SignedBundle {
  /** 5 minutes. */
  static readonly CLOCK_SKEW: number;
  constructor(bundle: Bundle, signatures: readonly Signature[]);
  /** Refused: WRONG_KEY where the bundle is of other keys. */
  static sign(bundle: Bundle, keys: IdentityKeys, random: Random): Promise<SignedBundle>;
  /** Checks all but signatures and time. */
  static fromMap(map: JsonObject): SignedBundle;
  readonly bundle: Bundle;
  readonly signatures: readonly Signature[];
  /** Refused: EXPIRED_BUNDLE, FUTURE_BUNDLE, and as `verifySignatures`. */
  verify(now: number): Promise<void>;
  /** Refused: MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY, BAD_SIGNATURE. */
  verifySignatures(): Promise<void>;
  toMap(): Record<string, unknown>;
}

export interface OneTimePrekey {
  readonly id: KeyId;
  readonly ecdh: EcdhPublicKey;
  readonly mlKem: MlKemPublicKey;
}
/** The private parts of a one-time prekey. */
export declare class OneTimeKeys {
  constructor(ecdh: EcdhPrivateKey, mlKem: MlKemPrivateKey);
  static generate(random: Random): Promise<OneTimeKeys>;
  readonly ecdh: EcdhPrivateKey;
  readonly mlKem: MlKemPrivateKey;
  readonly prekey: OneTimePrekey;
}
export interface BatchStatement {
  readonly userId: string;
  readonly batchId: string;
  readonly created: number;
  readonly size: number;
  readonly root: Bytes;
}
export interface PrekeyBatchFields {
  userId: string;
  batchId: string;
  created: number;
  prekeys: readonly OneTimePrekey[];
}
/** Refused when made: TRUNCATED, EXTENDED, REUSED_PREKEY. */
export declare class PrekeyBatch {
  /** 128 prekeys. */
  static readonly MOST: number;
  static sign(batch: PrekeyBatchFields, keys: IdentityKeys, random: Random): Promise<PrekeyBatch>;
  static fromMap(map: JsonObject): PrekeyBatch;
  readonly userId: string;
  readonly batchId: string;
  readonly created: number;
  readonly prekeys: readonly OneTimePrekey[];
  readonly signatures: readonly Signature[];
  /** Refused: MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY, BAD_SIGNATURE. */
  verify(identity: Identity): Promise<void>;
  statement(): BatchStatement;
  /** Each prekey as it is handed to a sender. */
  offers(): OfferedPrekey[];
  toMap(): Record<string, unknown>;
}
export declare class OfferedPrekey {
  static fromMap(map: JsonObject): OfferedPrekey;
  readonly batch: BatchStatement;
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly prekey: OneTimePrekey;
  readonly signatures: readonly Signature[];
  /** Refused: WRONG_USER, BAD_PROOF, and as a batch's `verify`. */
  verify(owner: string, identity: Identity): Promise<void>;
  /** As one alone, which stands by itself. */
  toMap(): Record<string, unknown>;
}
/** What the directory hands out together. */
export declare class OfferedPrekeys {
  /** 5. */
  static readonly MOST: number;
  constructor(userId: string, all: readonly OfferedPrekey[]);
  static fromMap(map: JsonObject): OfferedPrekeys;
  readonly userId: string;
  /** In the order in which they are to be used. */
  readonly all: readonly OfferedPrekey[];
  toMap(): Record<string, unknown>;
}

export interface PeerFields {
  userId: string;
  /** The newest seen, of the pinned identity, verified. */
  bundle: SignedBundle;
  /** No weaker suite is sent or accepted. */
  floor: Suite;
  /** The version of the bundle when the floor was last reached. */
  floorVersion: number;
  /** A verified bundle of another identity that waits for the user; blocks sending. */
  changed?: SignedBundle | undefined;
}
/** The memory of somebody. Each change is a new value for the caller to keep. */
export declare class Peer implements PeerFields {
  constructor(fields: PeerFields);
  /** First contact. Refused: WRONG_USER, or what `SignedBundle.verify` says. */
  static pin(userId: string, bundle: SignedBundle, now: number): Promise<Peer>;
  readonly userId: string;
  readonly bundle: SignedBundle;
  readonly floor: Suite;
  readonly floorVersion: number;
  readonly changed: SignedBundle | undefined;
  readonly identity: Identity;
  /** The identity that waits, else the pinned one. */
  readonly identityToCompare: Identity;
  /** Refused: WRONG_USER, OLDER_BUNDLE, CONFLICTING_BUNDLE, or what `SignedBundle.verify` says. */
  learn(offered: SignedBundle, now: number): Promise<Peer>;
  /** Refused: IDENTITY_CHANGED where another than the compared one waits by now. */
  acceptIdentity(compared: Identity): Peer;
  /** Refused: DOWNGRADE, NO_COMMON_SUITE. */
  consentToDowngrade(): Peer;
  /** Refused: IDENTITY_CHANGED, NO_COMMON_SUITE, DOWNGRADE. */
  suiteToSend(own: Capabilities): Suite;
}

/** A file as it is said outside of the message. */
export interface MediaRef {
  readonly mediaId: string;
  /** Bytes of the sealed file. */
  readonly size: number;
  readonly sha256: Bytes;
}
/** Refused when made: EXTENDED, MALFORMED. */
export declare class MediaRefs {
  static readonly NONE: MediaRefs;
  constructor(values: readonly unknown[]);
  static of(files: readonly MediaRef[]): MediaRefs;
  readonly values: readonly unknown[];
  /** Refused: MISSING, MALFORMED, TRUNCATED, EXTENDED. */
  files(): MediaRef[];
}
export interface MessageKey {
  readonly senderId: string;
  readonly messageId: string;
}
export interface MessageSignature extends Signature {
  readonly timestamp: number;
}
export interface SessionKey {
  readonly ephemeral: EcdhPublicKey;
  readonly ciphertext: Bytes | undefined;
  readonly wrap: Bytes;
  readonly signedPrekey: KeyId;
  readonly oneTime: KeyId | undefined;
  readonly kem: KeyId | undefined;
  readonly bundleVersion: number;
  readonly capabilities: Capabilities;
}
/** A message as it travels: of a known suite, of its sizes and shape; nothing else is checked. */
export declare class Envelope {
  /** @param recipientId whose message it is where it doesn't say */
  static fromMap(map: JsonObject, recipientId: string): Envelope;
  readonly messageId: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly created: number;
  readonly suite: Suite;
  readonly sessionKey: SessionKey;
  readonly content: Bytes;
  readonly signatures: readonly MessageSignature[];
  readonly mediaRefs: MediaRefs;
  readonly key: MessageKey;
  readonly mode: Mode;
  /** The send request. */
  toMap(): Record<string, unknown>;
}

export type Receipt = 'delivered' | 'read';
/** Proves a message's receipts; opens nothing. */
export declare class ReceiptKey {
  /** Bytes of a proof. */
  static readonly PROOF_SIZE: number;
  /** One that was kept. Refused: TRUNCATED, UNKNOWN_SUITE. */
  static of(kept: Uint8Array): ReceiptKey;
  /** To keep: 32 bytes and the suite's name. */
  toBytes(): Bytes;
  prove(receipt: Receipt, messageId: string): Bytes;
  proves(receipt: Receipt, messageId: string, claimed: Uint8Array): boolean;
}

export interface OutgoingMessage {
  /** Fresh, UUIDv7. */
  messageId: string;
  created: number;
  /** An encoded {@link Content}, or UTF-8; at most {@link LONGEST_TEXT} bytes. */
  plaintext: Uint8Array;
  mediaRefs?: MediaRefs;
}
/** 65,535 bytes. */
export declare const LONGEST_TEXT: number;
export interface Sealed {
  readonly envelope: Envelope;
  /** Remembers the suite: keep it. */
  readonly peer: Peer;
  readonly receiptKey: ReceiptKey;
  readonly mode: Mode;
}
export interface MessageSealerParts {
  userId: string;
  keys: IdentityKeys;
  /** Those of the account's own bundle. */
  capabilities: Capabilities;
  /** Whether this account has sent under a one-time prekey before. */
  usedPrekeys: (id: KeyId) => MaybePromise<boolean>;
  clock: Clock;
  random: Random;
}
export declare class MessageSealer {
  constructor(parts: MessageSealerParts);
  /** Seals in the strongest suite that both sides can. Refused as in the description. */
  seal(peer: Peer, offered: OfferedPrekey | undefined, message: OutgoingMessage): Promise<Sealed>;
}

export interface Held<K> {
  readonly key: K;
  readonly status: KeyStatus;
}
/** The keys that a recipient keeps. */
export interface Keyring {
  /** One of the recipient's own bundles. */
  bundle(version: number): MaybePromise<Bundle | undefined>;
  signedPrekey(id: KeyId): MaybePromise<Held<EcdhPrivateKey> | undefined>;
  lastResort(id: KeyId): MaybePromise<Held<MlKemPrivateKey> | undefined>;
  /** None once it has opened a message. */
  oneTime(id: KeyId): MaybePromise<OneTimeKeys | undefined>;
  /** Whether a prekey whose private part is gone was revoked. */
  isRevoked(id: KeyId): MaybePromise<boolean>;
  hasReceived(message: MessageKey): MaybePromise<boolean>;
}
export interface Received {
  readonly message: MessageKey;
  /** What its sender says. */
  readonly created: number;
  readonly suite: Suite;
  readonly mode: Mode;
  /** The one-time prekey whose private parts are deleted now. */
  readonly spentPrekey: KeyId | undefined;
  readonly plaintext: Bytes;
  readonly mediaRefs: MediaRefs;
  /** Remembers the suite: keep it. */
  readonly sender: Peer;
  readonly receiptKey: ReceiptKey;
  /** Refused: WRONG_MEDIA, and as `decodeContent`. */
  content(): Content;
}
/** A message that was opened but not yet received. */
export declare class Opened {
  /**
   * Hands the message over, once, and wipes it afterwards. The transaction stores the text, deletes
   * `spentPrekey`, remembers `message` and keeps `sender`: all or nothing.
   */
  settle<T>(transaction: (received: Received) => Promise<T>): Promise<T>;
}
export interface MessageOpenerParts {
  userId: string;
  keyring: Keyring;
  clock: Clock;
}
export declare class MessageOpener {
  constructor(parts: MessageOpenerParts);
  /** Nothing changes by it. Refused as in the description's "Receiving". */
  open(envelope: Envelope, sender: Peer): Promise<Opened>;
}

/** Spans of a stream's numbers, first and last included, that don't touch. Refused: MALFORMED. */
export declare class Numbers {
  static readonly NONE: Numbers;
  constructor(spans: readonly (readonly [number, number])[]);
  static of(first: number, last: number): Numbers;
  readonly spans: readonly (readonly [number, number])[];
  readonly isEmpty: boolean;
  readonly count: number;
  contains(number: number): boolean;
  with(others: Numbers): Numbers;
  without(others: Numbers): Numbers;
  /** The last of them, in so many spans at most. */
  newest(most: number): Numbers;
}
export interface StreamPlace {
  readonly epoch: string;
  /** From 1. */
  readonly number: number;
}
export interface Replaced {
  readonly messageId: string;
  readonly place?: StreamPlace | undefined;
}
export interface PlainContent {
  readonly kind: 'plain';
  readonly text: string;
}
export interface TextContent {
  readonly kind: 'text';
  readonly text: string;
  readonly place: StreamPlace;
  /** Numbers of the same epoch that never come; at most 32 spans. */
  readonly noMore: Numbers;
  /** Oldest first; at most 8. */
  readonly replaces: readonly Replaced[];
  readonly written?: number | undefined;
  readonly files: readonly AttachedFile[];
}
export interface AgainContent {
  readonly kind: 'again';
  /** `unopened`, `missing`, `copy`, or another one. */
  readonly reason: string;
  readonly ids: readonly string[];
  readonly numbers?: { readonly epoch: string; readonly numbers: Numbers } | undefined;
  /** All that was sent after a place; without one, all that has one. */
  readonly after?: { readonly place?: StreamPlace | undefined } | undefined;
}
export type Content = PlainContent | TextContent | AgainContent;
/** `content-1`. */
export declare const CONTENT_CAPABILITY: string;
/** `files-1`. */
export declare const FILES_CAPABILITY: string;
export declare const CONTENT_LIMITS: {
  readonly files: 10;
  readonly noMore: 32;
  readonly replaces: 8;
  readonly ids: 64;
  readonly spans: 64;
};
/** Refused: MALFORMED, MISSING, EXTENDED, UNEXPECTED; UNKNOWN_CONTENT. */
export declare function decodeContent(plaintext: Uint8Array): Content;
/**
 * As it is sealed; `undefined` where that is too long: then the text goes plain. Refused: MALFORMED
 * for half a surrogate pair, EXTENDED for a text with files that is too long.
 */
export declare function encodeText(content: TextContent): Bytes | undefined;
export declare function encodeAgain(content: AgainContent): Bytes;
/** A plain text in UTF-8. Refused: MALFORMED for half a surrogate pair. */
export declare function encodePlain(text: string): Bytes;

/** What one file is sealed under. */
export declare class FileKey {
  static generate(random: Random): FileKey;
  /** 32 bytes. Refused: TRUNCATED, EXTENDED. */
  static of(bytes: Uint8Array): FileKey;
  toBytes(): Bytes;
  /** What deletes the file on the server, 32 bytes. */
  deleteSecret(): Bytes;
  /** SHA-256 of it, which the server is given with the upload. */
  deleteHash(): Bytes;
  equals(other: FileKey): boolean;
}
export interface AttachedFileFields {
  /** The server's: 43 characters of base64url. */
  mediaId: string;
  key: FileKey;
  /** 1 to 255 bytes of UTF-8. */
  name: string;
  /** A media type without parameters. */
  type: string;
  size: number;
  pixels?: { readonly width: number; readonly height: number } | undefined;
  /** JPEG or PNG; those of a message together at most 16 KiB. */
  thumbnail?: Bytes | undefined;
  blurhash?: string | undefined;
}
/** All of it is the sender's word. Refused when made: MALFORMED, TRUNCATED, EXTENDED. */
export declare class AttachedFile implements AttachedFileFields {
  constructor(fields: AttachedFileFields);
  readonly mediaId: string;
  readonly key: FileKey;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly pixels: { readonly width: number; readonly height: number } | undefined;
  readonly thumbnail: Bytes | undefined;
  readonly blurhash: string | undefined;
  /** @param sha256 of the sealed file */
  ref(sha256: Uint8Array): MediaRef;
}
/** Bytes in pieces of any size, as a stream's or a file's. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;
export declare class FileSealer {
  /** 100 MiB. */
  static readonly MOST_SIZE: number;
  constructor(random: Random);
  /** Bytes of a sealed file. Refused: TRUNCATED below 0, EXTENDED above MOST_SIZE. */
  static sealedSize(size: number): number;
  /**
   * Gives the sealed file in pieces of up to 64 KiB; returns the bytes of the file. Refused:
   * EXTENDED where the file is larger than MOST_SIZE: what was given by then is of no use.
   */
  seal(key: FileKey, file: ByteSource): AsyncGenerator<Bytes, number, void>;
}
export declare class FileOpener {
  /** @param size bytes of the file, as the message says */
  constructor(key: FileKey, size: number);
  /**
   * Gives the file in pieces of up to 64 KiB, each authenticated. Until it ends, nothing may be
   * shown or kept. Refused: WRONG_CONTENT, MALFORMED, TRUNCATED, EXTENDED.
   */
  open(sealed: ByteSource): AsyncGenerator<Bytes, void, void>;
}
/** The hashes that an upload is asked for with. */
export declare class UploadHashes {
  /** 8 MiB. */
  static readonly PART_SIZE: number;
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes so far. */
  readonly size: number;
  /** SHA-256 of all; nothing is written after. */
  sha256(): Promise<Bytes>;
  /** SHA-256 of each part; the last one may be shorter. */
  parts(): Promise<Bytes[]>;
}

/** The number that two people compare. */
export declare class SafetyNumber {
  static of(ownId: string, own: Identity, othersId: string, others: Identity): SafetyNumber;
  /** 60 digits. */
  digits(): string;
  /** Twelve groups of five. */
  spacedDigits(): string;
  /** The 65 bytes of the QR code to show. */
  qrCode(): Bytes;
  /** Whether it was scanned on the other's screen. Throws a RangeError for one's own code. */
  matches(scanned: Uint8Array): boolean;
}
