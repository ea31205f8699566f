package io.quantchat.client.wire;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.store.AccountStore;
import io.quantchat.client.store.AccountStore.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Logs in, and keeps the tokens fresh: one refresh at a time, for a refresh token is good once. */
public final class Session {

  private static final int UNAUTHORIZED = 401;

  /** Before its end an access token is replaced; within it a request is over. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** No server's word on how long a token is good reaches further. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(1);

  private final RestClient rest;
  private final AccountStore store;
  private final Clock clock;
  private final ReentrantLock refreshing = new ReentrantLock();

  Session(RestClient rest, AccountStore store, Clock clock) {
    this.rest = rest;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes an account and opens its first session.
   *
   * @param names {@code username}, {@code full_name}: what is left out, the server makes up
   */
  public Account register(String email, char[] password, Map<String, String> names) {
    var body = new LinkedHashMap<String, Object>(names);
    body.put("email", email);
    body.put("password", new String(password));
    return opened(rest.call("POST", "/auth/register", Optional.empty(), body));
  }

  public Account login(String email, char[] password) {
    return opened(
        rest.call(
            "POST",
            "/auth/login",
            Optional.empty(),
            Map.of("email", email, "password", new String(password))));
  }

  /** Ends the session, here and there. */
  public void logout() {
    Optional<Tokens> tokens = store.tokens();
    try {
      store.forgetTokens();
    } finally {
      tokens.ifPresent(
          ended ->
              rest.call(
                  "POST",
                  "/auth/logout",
                  Optional.empty(),
                  Map.of("refresh_token", ended.refresh())));
    }
  }

  /**
   * Calls with an access token; with a new one again, should the server not take it.
   *
   * @throws LoginRequiredException where there is no session, or it has ended
   */
  Answer authorized(Function<String, Answer> call) {
    Tokens tokens = fresh();
    try {
      return call.apply(tokens.access());
    } catch (ServerRefusalException e) {
      if (e.status() != UNAUTHORIZED) {
        throw e;
      }
    }
    try {
      return call.apply(refreshed(tokens).access());
    } catch (ServerRefusalException e) {
      throw e.status() == UNAUTHORIZED ? new LoginRequiredException() : e;
    }
  }

  private Tokens fresh() {
    Tokens tokens = store.tokens().orElseThrow(LoginRequiredException::new);
    return clock.instant().plus(MARGIN).isBefore(tokens.expires()) ? tokens : refreshed(tokens);
  }

  private Tokens refreshed(Tokens old) {
    refreshing.lock();
    try {
      Tokens current = store.tokens().orElseThrow(LoginRequiredException::new);
      if (!current.refresh().equals(old.refresh())) {
        return current;
      }
      Tokens next =
          tokens(
              rest.call(
                      "POST",
                      "/auth/refresh",
                      Optional.empty(),
                      Map.of("refresh_token", current.refresh()))
                  .object());
      store.keep(next);
      return next;
    } catch (ServerRefusalException e) {
      if (e.status() == UNAUTHORIZED) {
        store.forgetTokens();
        throw new LoginRequiredException();
      }
      throw e;
    } finally {
      refreshing.unlock();
    }
  }

  private Account opened(Answer answer) {
    Map<String, Object> session = answer.object();
    var account =
        new Account(
            UUID.fromString(Answer.text(session, "user_id")),
            Answer.text(session, "email"),
            Answer.text(session, "username"),
            Answer.text(session, "full_name"));
    store.keep(account);
    store.keep(tokens(session));
    return account;
  }

  private Tokens tokens(Map<String, Object> answer) {
    long claimed = answer.get("expires_in") instanceof Number number ? number.longValue() : 0;
    long seconds = Math.clamp(claimed, 0, LONGEST_LIFE.toSeconds());
    Instant expires = clock.instant().plusSeconds(seconds);
    return new Tokens(
        Answer.text(answer, "access_token"), Answer.text(answer, "refresh_token"), expires);
  }
}
