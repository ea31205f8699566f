package io.quantchat.tokens;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.tokens.VerifiedTokens.Verified;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks access tokens: JWTs (RFC 7519) signed with ES256 and nothing else, by a key that we have,
 * from our issuer, for our audience, not expired. Who only verifies can't sign.
 */
public final class AccessTokenVerifier {

  /** Claim that holds the session a token was issued in. */
  public static final String SESSION_CLAIM = "sid";

  private static final int LONGEST_TOKEN = 2048;

  /** How far the clock of who signed may be ahead of ours. Expiry is exact all the same. */
  private static final long CLOCK_SKEW_SECONDS = 60;

  private final TokenKeys keys;
  private final String issuer;
  private final String audience;
  private final Clock clock;

  /**
   * The check of the key that was used last: nearly always the next token's, too. Building one
   * takes longer than all of a token's other checks but the signature's.
   */
  private volatile KeyCheck lastCheck;

  private final VerifiedTokens verifiedTokens = new VerifiedTokens();

  private record KeyCheck(ECPublicKey key, JWTVerifier verifier) {}

  /** Accepts the tokens that a host's environment and table of keys say. */
  public static AccessTokenVerifier of(Host host) {
    return new AccessTokenVerifier(
        TokenKeys.of(host),
        host.get(Variable.TOKEN_ISSUER),
        host.get(Variable.TOKEN_AUDIENCE),
        host.clock());
  }

  private AccessTokenVerifier(TokenKeys keys, String issuer, String audience, Clock clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * Says who a token was issued to.
   *
   * @throws RefusedTokenException if the token isn't good
   */
  public Caller verify(String token) {
    try {
      if (token.length() > LONGEST_TOKEN) {
        throw RefusedTokenException.notValid();
      }
      Optional<Caller> known = verifiedTokens.find(token).flatMap(this::stillGood);
      if (known.isPresent()) {
        return known.get();
      }
      DecodedJWT unverified = JWT.decode(token);
      if (unverified.getKeyId() == null || !"ES256".equals(unverified.getAlgorithm())) {
        throw RefusedTokenException.notValid();
      }
      ECPublicKey key =
          keys.find(unverified.getKeyId()).orElseThrow(RefusedTokenException::notValid);
      DecodedJWT verified = verifier(key).verify(unverified);
      Caller caller = callerOf(verified);
      verifiedTokens.add(
          token,
          new Verified(unverified.getKeyId(), key, caller, verified.getExpiresAtAsInstant()));
      return caller;
    } catch (TokenExpiredException expired) {
      throw RefusedTokenException.expired();
    } catch (JWTVerificationException refused) {
      throw RefusedTokenException.notValid();
    }
  }

  /**
   * Time and keys move on; what else was checked once, its signature above all, stays as it was.
   */
  private Optional<Caller> stillGood(Verified verified) {
    boolean good =
        clock.instant().isBefore(verified.expiresAt())
            && keys.find(verified.keyId()).filter(verified.key()::equals).isPresent();
    return good ? Optional.of(verified.caller()) : Optional.empty();
  }

  /** The library takes a claim of {@code null} for present, and counts whole seconds. */
  private Caller callerOf(DecodedJWT verified) {
    String userId = verified.getSubject();
    String sessionId = verified.getClaim(SESSION_CLAIM).asString();
    Instant expiresAt = verified.getExpiresAtAsInstant();
    if (userId == null || sessionId == null || expiresAt == null) {
      throw RefusedTokenException.notValid();
    }
    if (!clock.instant().isBefore(expiresAt)) {
      throw RefusedTokenException.expired();
    }
    return new Caller(userId, sessionId);
  }

  /** A check is used only for the key that it was built with, and holds no state of a token. */
  private JWTVerifier verifier(ECPublicKey key) {
    KeyCheck check = lastCheck;
    if (check == null || !check.key().equals(key)) {
      check = new KeyCheck(key, newVerifier(key));
      lastCheck = check;
    }
    return check.verifier();
  }

  private JWTVerifier newVerifier(ECPublicKey key) {
    var verification =
        (JWTVerifier.BaseVerification)
            JWT.require(Algorithm.ECDSA256(key, null))
                .withIssuer(issuer)
                .withAudience(audience)
                .acceptIssuedAt(CLOCK_SKEW_SECONDS);
    return verification.build(clock);
  }
}
