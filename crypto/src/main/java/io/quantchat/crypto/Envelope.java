package io.quantchat.crypto;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message as it travels: of a known suite and of its sizes and shape; nothing else of it is
 * checked yet. It is sealed once and its bytes are kept: sending it again sends the same.
 *
 * @param messageId minted by the sender
 * @param created milliseconds; what the sender says
 * @param content {@code encrypted_content}
 */
public record Envelope(
    UUID messageId,
    UUID senderId,
    UUID recipientId,
    Instant created,
    Suite suite,
    SessionKey sessionKey,
    byte[] content,
    List<MessageSignature> signatures,
    MediaRefs mediaRefs) {

  private static final String RECIPIENT_ID = "recipient_id";
  private static final String SENDER_ID = "sender_id";
  private static final String MESSAGE_ID = "message_id";
  private static final String CREATED_AT = "created_at";
  private static final String CONTENT = "encrypted_content";
  private static final String SESSION_KEY = "encrypted_session_key";
  private static final String VERSION = "crypto_version";
  private static final String ENCRYPTION = "encryption_algorithm";
  private static final String KDF = "kdf_algorithm";
  private static final String SIGNATURES = "signatures";
  private static final String HAS_MEDIA = "has_media";
  private static final String MEDIA_REFS = "media_refs";

  /** The same in a message that is handed over later. */
  private static final String ID = "id";

  /** The same in a message that is pushed to a socket. */
  private static final String TIMESTAMP = "timestamp";

  private static final String MEDIA_ATTACHMENTS = "media_attachments";

  /**
   * @throws RefusedException TRUNCATED, EXTENDED, WRONG_SIZE, MISSING or UNEXPECTED
   */
  public Envelope {
    WireTime.requireMilliseconds(created);
    signatures = List.copyOf(signatures);
    ContentCipher.requireSize(CONTENT, content.length);
    sessionKey.requireShapeOf(suite);
  }

  /** Who sent it and what they called it. */
  public MessageKey key() {
    return new MessageKey(senderId, messageId);
  }

  /** The send request. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(RECIPIENT_ID, recipientId.toString());
    map.put(CONTENT, Base64Text.encode(content));
    map.put(SESSION_KEY, sessionKey.toMap());
    map.put(MESSAGE_ID, messageId.toString());
    map.put(VERSION, suite.version());
    map.put(ENCRYPTION, suite.encryptionAlgorithm());
    map.put(KDF, suite.kdf().wireName());
    map.put(SIGNATURES, signatures.stream().map(MessageSignature::toMap).toList());
    map.put(CREATED_AT, WireTime.format(created));
    if (!mediaRefs.values().isEmpty()) {
      map.put(HAS_MEDIA, true);
      map.put(MEDIA_REFS, mediaRefs.values());
    }
    return map;
  }

  /**
   * Reads a message as it was pushed, fetched or sent.
   *
   * @param map with a {@code sender_id}, which a send request leaves to its access token
   * @param recipientId whose message it is where it doesn't say
   * @throws RefusedException what is wrong with its form
   */
  public static Envelope fromMap(Map<String, ?> map, UUID recipientId) {
    WireFields fields = WireFields.of(map);
    Suite suite = Suite.of(fields.text(VERSION), fields.text(ENCRYPTION), fields.text(KDF));
    return new Envelope(
        fields.id(fields.has(MESSAGE_ID) ? MESSAGE_ID : ID),
        fields.id(SENDER_ID),
        fields.has(RECIPIENT_ID) ? fields.id(RECIPIENT_ID) : recipientId,
        fields.time(fields.has(CREATED_AT) ? CREATED_AT : TIMESTAMP),
        suite,
        SessionKey.from(fields.object(SESSION_KEY)),
        fields.bytes(CONTENT, ContentCipher.LEAST_SIZE, ContentCipher.MOST_SIZE),
        MessageSignature.listFrom(fields, SIGNATURES),
        mediaRefs(fields));
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Envelope[" + messageId + ", " + suite + "]";
  }

  private static MediaRefs mediaRefs(WireFields fields) {
    String name = fields.has(MEDIA_REFS) ? MEDIA_REFS : MEDIA_ATTACHMENTS;
    return fields.has(name) ? new MediaRefs(fields.list(name, MediaRefs.MOST)) : MediaRefs.NONE;
  }
}
