package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;

/**
 * The part of a message that a sender hands over for a recipient: opaque to the relay, and handed
 * on as it came. Which algorithms are named is between the two.
 *
 * @param encryptedContent the ciphertext's text
 * @param encryptedSessionKey a string or an object
 * @param signatures a list of objects, or JSON's {@code null}
 * @param mediaRefs a list, or JSON's {@code null}
 */
public record Envelope(
    String encryptedContent,
    JsonNode encryptedSessionKey,
    String cryptoVersion,
    String encryptionAlgorithm,
    String kdfAlgorithm,
    JsonNode signatures,
    boolean hasMedia,
    JsonNode mediaRefs) {

  /** The suite of a sender who names none. */
  public static final String DEFAULT_CRYPTO_VERSION = "v1";

  public static final String DEFAULT_ENCRYPTION_ALGORITHM = "ECDH-AES256-GCM";
  public static final String DEFAULT_KDF_ALGORITHM = "HKDF-SHA256";

  private static final int MOST_SIGNATURES = 16;
  private static final int MOST_MEDIA_REFS = 32;

  /** Reads an envelope; faults are noted in the fields. */
  static Envelope read(Fields fields) {
    return new Envelope(
        fields.text("encrypted_content", 1, Integer.MAX_VALUE),
        sessionKey(fields),
        fields.optionalText("crypto_version", 1, 50).orElse(DEFAULT_CRYPTO_VERSION),
        fields.optionalText("encryption_algorithm", 1, 100).orElse(DEFAULT_ENCRYPTION_ALGORITHM),
        fields.optionalText("kdf_algorithm", 1, 100).orElse(DEFAULT_KDF_ALGORITHM),
        signatures(fields),
        fields.optionalFlag("has_media").orElse(false),
        list(fields, "media_refs", MOST_MEDIA_REFS));
  }

  /** Adds what goes to the recipient in every form of the message. */
  void writeTo(ObjectNode json) {
    json.put("encrypted_content", encryptedContent);
    json.set("encrypted_session_key", encryptedSessionKey);
    json.put("crypto_version", cryptoVersion);
    json.put("encryption_algorithm", encryptionAlgorithm);
    json.put("kdf_algorithm", kdfAlgorithm);
    json.set("signatures", signatures);
  }

  /** The media references as the original client reads them: a list, empty where there are none. */
  JsonNode mediaAttachments() {
    return mediaRefs.isNull() ? Json.array() : mediaRefs;
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Envelope[" + cryptoVersion + "]";
  }

  private static JsonNode sessionKey(Fields fields) {
    String name = "encrypted_session_key";
    JsonNode value = fields.value(name).orElse(NullNode.instance);
    if (value.isNull()) {
      fields.reject(name, "is required");
    } else if (!value.isTextual() && !value.isObject()) {
      fields.reject(name, "must be a string or an object");
    } else if (value.isTextual() ? value.textValue().isEmpty() : value.isEmpty()) {
      fields.reject(name, "must not be empty");
    } else {
      requireUnicode(fields, name, value);
    }
    return value;
  }

  private static JsonNode signatures(Fields fields) {
    JsonNode list = list(fields, "signatures", MOST_SIGNATURES);
    for (JsonNode signature : list) {
      if (!signature.isObject()) {
        fields.reject("signatures", "must hold objects only");
        break;
      }
    }
    return list;
  }

  private static JsonNode list(Fields fields, String name, int most) {
    JsonNode value = fields.value(name).orElse(NullNode.instance);
    if (value.isNull()) {
      return value;
    }
    if (!value.isArray() || value.size() > most) {
      fields.reject(name, "must be a list of at most " + most);
      return NullNode.instance;
    }
    requireUnicode(fields, name, value);
    return value;
  }

  private static void requireUnicode(Fields fields, String name, JsonNode value) {
    if (holdsLoneSurrogate(value)) {
      fields.reject(name, "must be Unicode text: it holds half of a surrogate pair");
    }
  }

  /** UTF-8 has no bytes for half a pair, so it could not be handed on as it came. */
  private static boolean holdsLoneSurrogate(JsonNode value) {
    if (value.isTextual()) {
      return isUnpaired(value.textValue());
    }
    for (var member : value.properties()) {
      if (isUnpaired(member.getKey())) {
        return true;
      }
    }
    for (JsonNode inner : value) {
      if (holdsLoneSurrogate(inner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnpaired(String text) {
    return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
