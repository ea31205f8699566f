package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.AccountStore;
import io.quantchat.auth.SessionStore.Continued;
import io.quantchat.auth.SessionStore.Reused;
import io.quantchat.auth.SessionStore.Rotation;
import io.quantchat.auth.SessionStore.Unknown;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.push.Closings;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.tokens.Caller;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Being logged in: sessions and the tokens that go with them.
 *
 * <p>A session ends in this order: its row goes, and with it its refresh tokens, its tickets and
 * whatever its access tokens could still open; then its sockets are closed. A socket that opens
 * meanwhile stores its row first and then looks whether its session goes on, so that one of the two
 * sees the other.
 */
final class Sessions {

  /** Sessions of one account; the one that was used longest ago ends at the next login. */
  static final int MOST = 50;

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
  private final EarlierSessionStore earlier;
  private final LiveSessionStore live;
  private final SocketTickets tickets;
  private final ConnectionStore connections;
  private final Closings closings;
  private final AccountStore accounts;
  private final AccessTokens accessTokens;
  private final SecureRandom random;

  /** Sessions in a host's tables, with tokens signed with these keys. */
  static Sessions of(Host host, SigningKeys keys) {
    SessionStore store = SessionStore.of(host);
    return new Sessions(
        store,
        EarlierSessionStore.of(host, store),
        LiveSessionStore.of(host),
        SocketTickets.of(host),
        ConnectionStore.of(host),
        Closings.of(host),
        AccountStore.of(host),
        AccessTokens.of(host, keys),
        host.random());
  }

  private Sessions(
      SessionStore store,
      EarlierSessionStore earlier,
      LiveSessionStore live,
      SocketTickets tickets,
      ConnectionStore connections,
      Closings closings,
      AccountStore accounts,
      AccessTokens accessTokens,
      SecureRandom random) {
    this.store = store;
    this.earlier = earlier;
    this.live = live;
    this.tickets = tickets;
    this.connections = connections;
    this.closings = closings;
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.random = random;
  }

  /**
   * Begins a session of somebody who has proved who they are.
   *
   * @param name the program's, as it calls itself
   */
  Tokens begin(String userId, Optional<String> name) {
    RefreshToken token = RefreshToken.random(userId, random);
    String sessionId = Ids.random(random);
    store.open(token, sessionId, name);
    return tokens(new Caller(userId, sessionId), token);
  }

  /** Ends those that were used longest ago, where there are more than {@link #MOST}. */
  void endSuperfluous(String userId) {
    List<Session> sessions = live.of(userId);
    if (sessions.size() > MOST) {
      List<Session> ended =
          sessions.stream()
              .sorted(Comparator.comparing(Session::usedAt))
              .limit(sessions.size() - MOST)
              .toList();
      end(ended);
      Set<String> ids = ended.stream().map(Session::sessionId).collect(Collectors.toSet());
      close(userId, socket -> socket.sessionId().filter(ids::contains).isPresent());
    }
  }

  /**
   * Goes on with a session.
   *
   * @param name the program's, for a session that has none yet
   * @throws Problem of kind UNAUTHORIZED if the token isn't its newest, or the account is gone; in
   *     both cases the session has ended
   */
  Tokens refresh(String refreshToken, Optional<String> name) {
    return switch (rotate(refreshToken, name)) {
      case Continued(Caller caller, RefreshToken next) -> {
        if (accounts.find(caller.userId(), Read.CONSISTENT).isEmpty()) {
          store.end(next);
          throw notGood();
        }
        yield tokens(caller, next);
      }
      case Reused(Session ended) -> {
        cleanUp(Ended.of(ended));
        throw notGood();
      }
      case Unknown() -> throw notGood();
    };
  }

  private Rotation rotate(String refreshToken, Optional<String> name) {
    byte[] salt = RefreshToken.newSalt(random);
    Optional<RefreshToken> token = RefreshToken.parse(refreshToken);
    if (token.isPresent()) {
      return store.rotate(token.get(), salt);
    }
    return EarlierRefreshToken.parse(refreshToken)
        .map(old -> earlier.rotate(old, salt, name))
        .orElse(new Unknown());
  }

  /**
   * Ends the session that a refresh token belongs to, its sockets and tickets with it; nothing
   * where it belongs to none. Access tokens run out by themselves, and open nothing meanwhile.
   */
  void end(String refreshToken) {
    Optional<RefreshToken> token = RefreshToken.parse(refreshToken);
    Optional<Ended> ended =
        token.isPresent()
            ? store.end(token.get()).map(Ended::of)
            : EarlierRefreshToken.parse(refreshToken).flatMap(earlier::end);
    ended.ifPresent(this::cleanUp);
  }

  /**
   * The caller's sessions, the one used last first.
   *
   * @throws Problem of kind UNAUTHORIZED if the caller's own has ended
   */
  ArrayNode list(Caller caller) {
    return list(caller, liveFor(caller));
  }

  /** The same, whether or not the caller's own is among them. */
  ArrayNode held(Caller caller) {
    return list(caller, live.find(caller.userId()));
  }

  private static ArrayNode list(Caller caller, LiveSessionStore.Found found) {
    ArrayNode list = Json.array();
    found.sessions().stream()
        .sorted(Comparator.comparing(Session::usedAt).reversed())
        .forEach(
            session -> list.add(session.toJson(session.sessionId().equals(caller.sessionId()))));
    return list;
  }

  /**
   * Ends one of the caller's sessions. Doing it again changes nothing.
   *
   * @throws Problem of kind UNAUTHORIZED if the caller's own has ended, unless that is the one
   */
  void end(Caller caller, String sessionId) {
    LiveSessionStore.Found found =
        sessionId.equals(caller.sessionId()) ? live.find(caller.userId()) : liveFor(caller);
    var that = new Caller(caller.userId(), sessionId);
    Optional<Session> session = LiveSessionStore.of(that, found);
    if (session.isPresent()) {
      store.end(session.get());
      cleanUp(Ended.of(session.get()));
    } else {
      earlier.end(caller.userId(), sessionId).ifPresent(this::cleanUp);
    }
  }

  /**
   * Ends all of the caller's sessions but the caller's own.
   *
   * @throws Problem of kind UNAUTHORIZED if that has ended
   */
  void endOthers(Caller caller) {
    LiveSessionStore.Found found = liveFor(caller);
    store.endEarlier(caller.userId(), Optional.of(caller.sessionId()));
    end(
        found.sessions().stream()
            .filter(session -> !session.sessionId().equals(caller.sessionId()))
            .toList());
    close(
        caller.userId(), socket -> socket.sessionId().filter(caller.sessionId()::equals).isEmpty());
  }

  /** Ends all of an account's sessions, and closes all of its sockets. */
  void endAll(String userId) {
    store.endEarlier(userId, Optional.empty());
    end(live.of(userId));
    close(userId, socket -> true);
  }

  private LiveSessionStore.Found liveFor(Caller caller) {
    LiveSessionStore.Found found = live.find(caller.userId());
    if (LiveSessionStore.of(caller, found).isEmpty() && !live.isEarlierLive(caller, found)) {
      throw notGood();
    }
    return found;
  }

  private void end(Collection<Session> sessions) {
    sessions.forEach(store::end);
    sessions.forEach(session -> tickets.forget(session.tickets().keySet()));
  }

  private void cleanUp(Ended ended) {
    tickets.forget(ended.tickets());
    close(
        ended.userId(), socket -> socket.sessionId().filter(ended.sessionId()::equals).isPresent());
  }

  private void close(String userId, Predicate<Connection> those) {
    closings.close(connections.openOf(userId, Read.CONSISTENT).stream().filter(those).toList());
  }

  private Tokens tokens(Caller caller, RefreshToken refreshToken) {
    return new Tokens(
        accessTokens.issue(caller), accessTokens.life().toSeconds(), refreshToken.text());
  }

  static Problem notGood() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "This session has ended. Log in again.");
  }
}
