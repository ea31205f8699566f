package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.tokens.Caller;
import java.security.SecureRandom;
import java.util.Optional;

/** Being logged in: sessions and the tokens that go with them. */
final class Sessions {

  /** A pair of tokens for one session. */
  record Tokens(String accessToken, long expiresInSeconds, String refreshToken) {

    /** The tokens as they go out. */
    ObjectNode toJson() {
      return Json.object()
          .put("access_token", accessToken)
          .put("token_type", "bearer")
          .put("expires_in", expiresInSeconds)
          .put("refresh_token", refreshToken);
    }

    /** Never the tokens. */
    @Override
    public String toString() {
      return "Tokens[...]";
    }
  }

  private final SessionStore store;
  private final AccountStore accounts;
  private final AccessTokens accessTokens;
  private final SecureRandom random;

  /** Sessions in a host's tables, with tokens signed with these keys. */
  static Sessions of(Host host, SigningKeys keys) {
    return new Sessions(
        SessionStore.of(host), AccountStore.of(host), AccessTokens.of(host, keys), host.random());
  }

  private Sessions(
      SessionStore store, AccountStore accounts, AccessTokens accessTokens, SecureRandom random) {
    this.store = store;
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.random = random;
  }

  /** Begins a session of somebody who has proved who they are. */
  Tokens begin(String userId) {
    RefreshToken token = RefreshToken.random(Ids.random(random), random);
    store.open(userId, token);
    return tokens(new Caller(userId, token.sessionId()), token);
  }

  /**
   * Goes on with a session.
   *
   * @throws Problem of kind UNAUTHORIZED if the token isn't its newest, or the account is gone; in
   *     both cases the session has ended
   */
  Tokens refresh(String refreshToken) {
    RefreshToken shown = RefreshToken.parse(refreshToken).orElseThrow(Sessions::notGood);
    RefreshToken next = RefreshToken.random(shown.sessionId(), random);
    Caller caller = store.rotate(shown, next).orElseThrow(Sessions::notGood);
    if (accounts.find(caller.userId(), Read.CONSISTENT).isEmpty()) {
      store.end(caller.sessionId());
      throw notGood();
    }
    return tokens(caller, next);
  }

  /** Ends a session, if the token is one of its tokens. Access tokens run out by themselves. */
  void end(String refreshToken) {
    Optional<RefreshToken> shown = RefreshToken.parse(refreshToken);
    shown.ifPresent(token -> store.end(token.sessionId()));
  }

  private Tokens tokens(Caller caller, RefreshToken refreshToken) {
    return new Tokens(
        accessTokens.issue(caller), accessTokens.life().toSeconds(), refreshToken.text());
  }

  private static Problem notGood() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "This session has ended. Log in again.");
  }
}
