package io.quantchat.accounts;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an account has an open socket, as last written.
 *
 * @param version rises with every change: whoever changes presence says which version was seen
 * @param onlineUntil when the newest socket ends at the latest; a socket that dies unnoticed leaves
 *     its account online no longer than this
 * @param lastSeen when the last socket closed
 * @param onlineAnnouncedAt when contacts were last told that the account is online
 * @param offlineAnnouncedAt when contacts were last told that it is offline
 */
public record Presence(
    long version,
    Optional<Instant> onlineUntil,
    Optional<Instant> lastSeen,
    Optional<Instant> onlineAnnouncedAt,
    Optional<Instant> offlineAnnouncedAt) {

  /** The presence of an account that never had a socket. */
  public static final Presence NEVER_SEEN =
      new Presence(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether the account is online at this time. */
  public boolean isOnline(Instant now) {
    return onlineUntil.isPresent() && onlineUntil.get().isAfter(now);
  }
}
