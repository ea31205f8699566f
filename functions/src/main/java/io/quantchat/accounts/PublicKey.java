package io.quantchat.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One public key of an account. The server keeps it as it came: it is clients that decide on
 * algorithms.
 *
 * @param keyId the key's name within the account
 * @param algorithm such as {@code ECDH-P256}
 * @param keyData the key in base64
 * @param createdAt RFC 3339
 * @param status {@code active}, {@code deprecated} or {@code revoked}
 */
public record PublicKey(
    String keyId, String algorithm, String keyData, String createdAt, String status) {

  /** The key as it goes out and as it is stored. */
  public ObjectNode toJson() {
    return Json.object()
        .put("key_id", keyId)
        .put("algorithm", algorithm)
        .put("key_data", keyData)
        .put("created_at", createdAt)
        .put("status", status);
  }

  /** Keys as they are stored. */
  static String textOf(List<PublicKey> keys) {
    ArrayNode list = Json.array();
    keys.forEach(key -> list.add(key.toJson()));
    return list.toString();
  }

  /** How many bytes these take where they are stored. */
  public static int bytesOf(List<PublicKey> keys) {
    return textOf(keys).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Reads what {@link #toJson} wrote. */
  static PublicKey fromJson(JsonNode json) {
    return new PublicKey(
        json.path("key_id").asText(),
        json.path("algorithm").asText(),
        json.path("key_data").asText(),
        json.path("created_at").asText(),
        json.path("status").asText());
  }
}
