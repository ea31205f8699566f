package io.quantchat.accounts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One account.
 *
 * @param userId its id
 * @param email trimmed, lower case; unique
 * @param publicKey the legacy single key, as it came
 * @param publicKeys every key, with its status
 * @param blocked ids of accounts whose messages, typing and presence this one doesn't want
 */
public record Account(
    String userId,
    String email,
    String username,
    String fullName,
    Optional<String> publicKey,
    List<PublicKey> publicKeys,
    Set<String> blocked,
    Presence presence,
    Instant createdAt) {

  private static final String LEGACY_KEY_ID = "legacy-key-001";
  private static final String LEGACY_ALGORITHM = "ECDH-P256";

  /** The account's keys; an account with only a legacy key reads as having that one, active. */
  public List<PublicKey> allPublicKeys() {
    if (!publicKeys.isEmpty() || publicKey.isEmpty()) {
      return publicKeys;
    }
    return List.of(
        new PublicKey(
            LEGACY_KEY_ID, LEGACY_ALGORITHM, publicKey.get(), Times.format(createdAt), "active"));
  }

  /** Whether this account has blocked another. */
  public boolean hasBlocked(String userId) {
    return blocked.contains(userId);
  }

  /** The same without whom it has blocked: those who list many accounts have no use for that. */
  public Account withoutBlocks() {
    return new Account(
        userId, email, username, fullName, publicKey, publicKeys, Set.of(), presence, createdAt);
  }

  /** The account as its owner sees it. */
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("user_id", userId)
            .put("email", email)
            .put("username", username)
            .put("full_name", fullName)
            .put("public_key", publicKey.orElse(null));
    ArrayNode keys = json.putArray("public_keys");
    allPublicKeys().forEach(key -> keys.add(key.toJson()));
    return json;
  }

  /** Only the id. */
  @Override
  public String toString() {
    return "Account[" + userId + "]";
  }
}
