import { Base64Text } from './base64Text';
import type { Bytes } from './bytes';
import { LEAST_CONTENT, MOST_CONTENT, requireContentSize } from './contentCipher';
import type { JsonObject } from './json';
import { MediaRefs } from './mediaRefs';
import {
  type Mode,
  modeOf,
  readSessionKey,
  requireShapeOf,
  type SessionKey,
  sessionKeyToMap,
} from './sessionKey';
import { type MessageSignature, messageSignatureToMap, readMessageSignatures } from './signature';
import { Suite } from './suite';
import { WireFields } from './wireFields';
import { WireTime } from './wireTime';

/** Who sent a message and what they called it. */
export interface MessageKey {
  readonly senderId: string;
  readonly messageId: string;
}

interface EnvelopeFields {
  /** Minted by the sender. */
  readonly messageId: string;
  readonly senderId: string;
  readonly recipientId: string;
  /** What the sender says. */
  readonly created: number;
  readonly suite: Suite;
  readonly sessionKey: SessionKey;
  /** `encrypted_content`. */
  readonly content: Bytes;
  readonly signatures: readonly MessageSignature[];
  readonly mediaRefs: MediaRefs;
}

/**
 * A message as it travels: of a known suite and of its sizes and shape; nothing else of it is
 * checked yet. It is sealed once and its bytes are kept: sending it again sends the same.
 */
export class Envelope implements EnvelopeFields {
  readonly messageId: string;
  readonly senderId: string;
  readonly recipientId: string;
  readonly created: number;
  readonly suite: Suite;
  readonly sessionKey: SessionKey;
  readonly content: Bytes;
  readonly signatures: readonly MessageSignature[];
  readonly mediaRefs: MediaRefs;

  /** @throws {Refused} TRUNCATED, EXTENDED, WRONG_SIZE, MISSING or UNEXPECTED */
  constructor(fields: EnvelopeFields) {
    requireContentSize(fields.content.length);
    requireShapeOf(fields.sessionKey, fields.suite);
    this.messageId = fields.messageId;
    this.senderId = fields.senderId;
    this.recipientId = fields.recipientId;
    this.created = fields.created;
    this.suite = fields.suite;
    this.sessionKey = fields.sessionKey;
    this.content = fields.content;
    this.signatures = fields.signatures;
    this.mediaRefs = fields.mediaRefs;
  }

  get key(): MessageKey {
    return { senderId: this.senderId, messageId: this.messageId };
  }

  /** Which of the recipient's prekeys took part: shown in the message's details. */
  get mode(): Mode {
    return modeOf(this.sessionKey);
  }

  /** The send request. */
  toMap(): Record<string, unknown> {
    const hasMedia = this.mediaRefs.values.length > 0;
    return {
      recipient_id: this.recipientId,
      encrypted_content: Base64Text.encode(this.content),
      encrypted_session_key: sessionKeyToMap(this.sessionKey),
      message_id: this.messageId,
      crypto_version: this.suite.version,
      encryption_algorithm: this.suite.encryptionAlgorithm,
      kdf_algorithm: this.suite.kdfAlgorithm,
      signatures: this.signatures.map(messageSignatureToMap),
      created_at: WireTime.format(this.created),
      ...(hasMedia && { has_media: true, media_refs: this.mediaRefs.values }),
    };
  }

  /**
   * Reads a message as it was pushed, fetched or sent.
   *
   * @param map with a `sender_id`, which a send request leaves to its access token
   * @param recipientId whose message it is where it doesn't say
   * @throws {Refused} what is wrong with its form
   */
  static fromMap(map: JsonObject, recipientId: string): Envelope {
    const fields = new WireFields(map);
    const suite = Suite.of(
      fields.text('crypto_version'),
      fields.text('encryption_algorithm'),
      fields.text('kdf_algorithm'),
    );
    return new Envelope({
      suite,
      messageId: fields.id(fields.has('message_id') ? 'message_id' : 'id'),
      senderId: fields.id('sender_id'),
      recipientId: fields.has('recipient_id') ? fields.id('recipient_id') : recipientId,
      created: fields.time(fields.has('created_at') ? 'created_at' : 'timestamp'),
      sessionKey: readSessionKey(fields.object('encrypted_session_key')),
      content: fields.bytes('encrypted_content', LEAST_CONTENT, MOST_CONTENT),
      signatures: readMessageSignatures(fields, 'signatures'),
      mediaRefs: readMediaRefs(fields),
    });
  }
}

function readMediaRefs(fields: WireFields): MediaRefs {
  const name = fields.has('media_refs') ? 'media_refs' : 'media_attachments';
  return fields.has(name) ? new MediaRefs(fields.list(name, MediaRefs.MOST)) : MediaRefs.NONE;
}
