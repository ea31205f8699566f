package io.quantchat.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A contact with the account behind it, as the one who has the contact may see it.
 *
 * @param contact the entry
 * @param account the account that was added
 * @param blocked whether who has the contact has blocked it
 * @param mutual whether each has added the other and neither has blocked the other: only such two
 *     see each other's presence
 */
public record Peer(Contact contact, Account account, boolean blocked, boolean mutual) {

  /**
   * A contact as the one who has it may see it.
   *
   * @param hasAddedSelf whether the contact has added this account, too
   */
  static Peer of(Account self, Contact contact, Account account, boolean hasAddedSelf) {
    boolean blocked = self.hasBlocked(account.userId());
    boolean blockedBack = account.hasBlocked(self.userId());
    return new Peer(contact, account, blocked, hasAddedSelf && !blocked && !blockedBack);
  }

  /** Whether the contact is online, for all that may be seen. */
  public boolean isOnline(Instant now) {
    return mutual && account.presence().isOnline(now);
  }

  /** When the contact was last online, if that may be seen and ever was. */
  Optional<Instant> lastSeen() {
    return mutual ? account.presence().lastSeen() : Optional.empty();
  }

  /** The entry as it goes out. */
  ObjectNode toJson(Instant now) {
    ObjectNode json =
        Json.object()
            .put("contact_id", account.userId())
            .put("contact_username", account.username())
            .put("contact_email", account.email())
            .put("contact_full_name", account.fullName())
            .put("contact_public_key", account.publicKey().orElse(null));
    var keys = json.putArray("contact_public_keys");
    account.allPublicKeys().forEach(key -> keys.add(key.toJson()));
    return json.put("is_online", isOnline(now))
        .put("contact_last_seen", lastSeen().map(Times::format).orElse(null))
        .put("created_at", Times.format(contact.createdAt()))
        .put("blocked", blocked);
  }
}
