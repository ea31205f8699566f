package io.quantchat.accounts;

import io.quantchat.host.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One account.
 *
 * @param userId its id
 * @param email trimmed, lower case; unique
 * @param passwordHash Argon2id in PHC form, or the original system's bcrypt
 * @param publicKey the legacy single key, as it came
 * @param publicKeys every key, with its status
 * @param blocked ids of accounts whose messages, typing and presence this one doesn't want
 */
public record Account(
    String userId,
    String email,
    String username,
    String fullName,
    String passwordHash,
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

  /** Never the hash. */
  @Override
  public String toString() {
    return "Account[" + userId + "]";
  }
}
