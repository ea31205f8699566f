package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session, without what its tokens are checked by.
 *
 * @param userId whose it is
 * @param sessionKey its row's sort key, which no client learns
 * @param sessionId what everybody calls it: random, in its access tokens, and of no use to find or
 *     end it by without one
 * @param name the program that logged in, as it called itself
 * @param createdAt when somebody logged in
 * @param usedAt when its newest refresh token was given out
 * @param goodUntil when it ends unless it is used before
 * @param endsAt when it ends however it is used
 * @param tickets the keys of the socket tickets that were issued in it of late, and until when each
 *     is good
 */
public record Session(
    String userId,
    String sessionKey,
    String sessionId,
    Optional<String> name,
    Instant createdAt,
    Instant usedAt,
    Instant goodUntil,
    Instant endsAt,
    Map<String, Instant> tickets) {

  /** Whether it goes on at this time. */
  boolean isLive(Instant now) {
    return now.isBefore(goodUntil) && now.isBefore(endsAt);
  }

  /** The session as its owner sees it. */
  ObjectNode toJson(boolean isCurrent) {
    return Json.object()
        .put("session_id", sessionId)
        .put("name", name.orElse(null))
        .put("created_at", Times.format(createdAt))
        .put("last_used_at", Times.format(usedAt))
        .put("current", isCurrent);
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Session[" + sessionId + "]";
  }
}
