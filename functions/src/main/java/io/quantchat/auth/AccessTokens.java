package io.quantchat.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.quantchat.host.Ids;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Signs access tokens: JWTs (RFC 7519) with ES256, which {@link AccessTokenVerifier} checks. They
 * can't be taken back, so they are good for minutes.
 */
public final class AccessTokens {

  private final SigningKeys keys;
  private final String issuer;
  private final String audience;
  private final Duration life;
  private final Clock clock;
  private final SecureRandom random;

  /** Tokens of this issuer for this audience, good for so long. */
  public AccessTokens(
      SigningKeys keys,
      String issuer,
      String audience,
      Duration life,
      Clock clock,
      SecureRandom random) {
    this.keys = keys;
    this.issuer = issuer;
    this.audience = audience;
    this.life = life;
    this.clock = clock;
    this.random = random;
  }

  /** How long a token is good. */
  public Duration life() {
    return life;
  }

  /** A token that says who the caller is. */
  public String issue(Caller caller) {
    SigningKey key = keys.current();
    Instant now = clock.instant();
    return JWT.create()
        .withKeyId(key.keyId())
        .withIssuer(issuer)
        .withAudience(audience)
        .withSubject(caller.userId())
        .withClaim(AccessTokenVerifier.SESSION_CLAIM, caller.sessionId())
        .withIssuedAt(now)
        .withExpiresAt(now.plus(life))
        .withJWTId(Ids.random(random))
        .sign(Algorithm.ECDSA256(null, key.privateKey()));
  }
}
