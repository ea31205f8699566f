package io.quantchat.auth;

import java.util.Set;

/**
 * A session that has just ended.
 *
 * @param tickets keys of the socket tickets that were issued in it of late
 */
record Ended(String userId, String sessionId, Set<String> tickets) {

  static Ended of(Session session) {
    return new Ended(session.userId(), session.sessionId(), session.tickets().keySet());
  }
}
