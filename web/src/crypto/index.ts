/**
 * End-to-end encryption: what leaves a client only its recipient can read, today and with a quantum
 * computer tomorrow. No network, no storage; time and randomness are passed in. The names are those
 * of the Java module `crypto`, whose package description is the whole of it.
 *
 * {@link MessageSealer} and {@link MessageOpener} are the two ends; {@link Peer} says who is trusted
 * and how strong a message must be; {@link SignedBundle} and {@link PrekeyBatch} are what an account
 * publishes; {@link OfferedPrekeys} is what the server hands out.
 *
 * Bytes are Uint8Array, times milliseconds since 1970, ids UUIDs in lower case, ids of keys
 * base64url. What isn't accepted is a {@link Refused}; a RangeError is a mistake of the caller's.
 * What needs the browser's cryptography is async, all else isn't.
 */

export { AttachedFile, type AttachedFileFields, MOST_THUMBNAIL } from './attachedFile';
export { Base64Text } from './base64Text';
export { BatchStatement } from './batchStatement';
export { Bundle, type BundleFields } from './bundle';
export type { ByteSource } from './byteReader';
export {
  type Bytes,
  type Clock,
  compare,
  concat,
  copyOf,
  fromHex,
  isSame,
  type MaybePromise,
  type Random,
  toHex,
} from './bytes';
export { CanonicalJson } from './canonicalJson';
export { Capabilities, CONTENT_CAPABILITY, FILES_CAPABILITY } from './capabilities';
export {
  type AgainContent,
  CONTENT_LIMITS,
  type Content,
  decodeContent,
  encodeAgain,
  encodePlain,
  encodeText,
  type PlainContent,
  type Replaced,
  type StreamPlace,
  type TextContent,
} from './content';
export { EcdhPrivateKey, EcdhPublicKey } from './ecdhKeys';
export { EcdsaPrivateKey, EcdsaPublicKey } from './ecdsaKeys';
export { Envelope, type MessageKey } from './envelope';
export { MOST_FILE_SIZE, sealedSize } from './fileForm';
export { FileKey } from './fileKey';
export { FileOpener } from './fileOpener';
export { fileRefs } from './fileRefs';
export { FileSealer } from './fileSealer';
export { Hash } from './hash';
export { Identity, IdentityKeys, type SignatureAlgorithm } from './identity';
export { type JsonObject, parseJson } from './json';
export type { KeyId } from './keyId';
export type { Held, Keyring } from './keyring';
export { KeySet } from './keySet';
export { type KeyStatus, ListedKey } from './listedKey';
export { type MediaRef, MediaRefs } from './mediaRefs';
export { MessageOpener, type MessageOpenerParts } from './messageOpener';
export {
  MessageSealer,
  type MessageSealerParts,
  type OutgoingMessage,
  type Sealed,
} from './messageSealer';
export { MlDsaPrivateKey, MlDsaPublicKey } from './mlDsaKeys';
export { MlKemPrivateKey, MlKemPublicKey } from './mlKemKeys';
export { Numbers, type Span } from './numbers';
export { OfferedPrekey } from './offeredPrekey';
export { OfferedPrekeys } from './offeredPrekeys';
export { OneTimeKeys, OneTimePrekey } from './oneTimeKeys';
export { LONGEST_TEXT } from './padding';
export { Peer, type PeerFields } from './peer';
export { loadPostQuantum } from './postQuantum';
export { PrekeyBatch, type PrekeyBatchFields } from './prekeyBatch';
export type { KeyAlgorithm, PublicKey } from './publicKey';
export { type Receipt, ReceiptKey } from './receiptKey';
export { Opened, Received } from './received';
export { type Refusal, Refused } from './refused';
export { SafetyNumber } from './safetyNumber';
export type { Mode, PrekeyIds, SessionKey } from './sessionKey';
export type { MessageSignature, Signature } from './signature';
export { SignedBundle } from './signedBundle';
export { Suite } from './suite';
export { isWhole } from './texts';
export { UploadHashes } from './uploadHashes';
export { WireTime } from './wireTime';
