package io.quantchat.auth;

import java.security.interfaces.ECPrivateKey;
import java.time.Instant;

/**
 * A key that signs access tokens: P-256.
 *
 * @param keyId the {@code kid} of the tokens it signs
 */
record SigningKey(String keyId, ECPrivateKey privateKey, Instant createdAt) {

  /** Never the key. */
  @Override
  public String toString() {
    return "SigningKey[" + keyId + "]";
  }
}
