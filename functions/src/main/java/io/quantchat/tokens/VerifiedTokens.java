package io.quantchat.tokens;

import io.quantchat.host.Sha256;
import java.nio.ByteBuffer;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens whose signature was checked a moment ago: a client shows the same one for a quarter of an
 * hour, and checking it takes most of the time that a request takes here.
 *
 * <p>Holds digests, not tokens: what is compared is no secret, and a dump of the memory has nothing
 * to log in with.
 */
final class VerifiedTokens {

  /** Some 300 bytes each. */
  private static final int MOST = 2_000;

  /**
   * The content of a token.
   *
   * @param keyId which key signed it
   * @param key that key, as it was when the signature was checked
   */
  record Verified(String keyId, ECPublicKey key, Caller caller, Instant expiresAt) {}

  /** The one that was asked for longest ago goes first. */
  private final Map<ByteBuffer, Verified> tokens =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Verified> eldest) {
          return size() > MOST;
        }
      };

  /** The content of this very token, if it was checked. */
  Optional<Verified> find(String token) {
    ByteBuffer digest = digest(token);
    synchronized (tokens) {
      return Optional.ofNullable(tokens.get(digest));
    }
  }

  /** Remembers a token of which everything was checked. */
  void add(String token, Verified verified) {
    ByteBuffer digest = digest(token);
    synchronized (tokens) {
      tokens.put(digest, verified);
    }
  }

  private static ByteBuffer digest(String token) {
    return ByteBuffer.wrap(Sha256.of(token));
  }
}
