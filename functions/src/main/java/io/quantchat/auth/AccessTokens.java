package io.quantchat.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
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
final class AccessTokens {

  private final SigningKeys keys;
  private final String issuer;
  private final String audience;
  private final Duration life;
  private final Clock clock;
  private final SecureRandom random;

  /** Tokens signed with these keys, as a host's environment says. */
  static AccessTokens of(Host host, SigningKeys keys) {
    return new AccessTokens(
        keys,
        host.get(Variable.TOKEN_ISSUER),
        host.get(Variable.TOKEN_AUDIENCE),
        lifeOn(host),
        host.clock(),
        host.random());
  }

  /** How long a token is good, as a host's environment says. */
  static Duration lifeOn(Host host) {
    return Duration.ofMinutes(host.environment().getInt(Variable.ACCESS_TOKEN_MINUTES));
  }

  private AccessTokens(
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
  Duration life() {
    return life;
  }

  /** A token that says who the caller is. */
  String issue(Caller caller) {
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
