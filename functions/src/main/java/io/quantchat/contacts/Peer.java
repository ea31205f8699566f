package io.quantchat.contacts;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
 * @param account the account that was added, without whom it has blocked
 * @param blocked whether who has the contact has blocked it
 * @param mutual whether each has added the other and neither has blocked the other: only such two
 *     see each other's presence
 */
public record Peer(Contact contact, Account account, boolean blocked, boolean mutual) {

  static final String FULL_NAME = "contact_full_name";
  static final String KEY = "contact_public_key";
  static final String KEYS = "contact_public_keys";

  /**
   * A contact as the one who has it may see it.
   *
   * @param hasAddedSelf whether the contact has added this account, too
   */
  static Peer of(Account self, Contact contact, Account account, boolean hasAddedSelf) {
    boolean blocked = self.hasBlocked(account.userId());
    boolean blockedBack = account.hasBlocked(self.userId());
    boolean mutual = hasAddedSelf && !blocked && !blockedBack;
    return new Peer(contact, account.withoutBlocks(), blocked, mutual);
  }

  /** Whether the contact is online, for all that may be seen. */
  public boolean isOnline(Instant now) {
    return mutual && account.presence().isOnline(now);
  }

  /** When the contact was last online, if that may be seen and ever was. */
  Optional<Instant> lastSeen() {
    return mutual ? account.presence().lastSeen() : Optional.empty();
  }

  /**
   * The contact's address, if who has the contact gave it; else empty, which the original client
   * shows as nothing.
   */
  String email() {
    return contact.givenEmail().shows(account.email()) ? account.email() : "";
  }

  /** The entry as it goes out, with the contact's keys. */
  ObjectNode toJson(Instant now) {
    ObjectNode json = toJsonWithoutKeys(now).put(KEY, account.publicKey().orElse(null));
    json.set(KEYS, keysOf(account));
    return json;
  }

  /** The same without keys, and without the names of their fields. */
  ObjectNode toJsonWithoutKeys(Instant now) {
    return Json.object()
        .put("contact_id", account.userId())
        .put("contact_username", account.username())
        .put("contact_email", email())
        .put(FULL_NAME, account.fullName())
        .put("is_online", isOnline(now))
        .put("contact_last_seen", lastSeen().map(Times::format).orElse(null))
        .put("created_at", Times.format(contact.createdAt()))
        .put("blocked", blocked);
  }

  /** All keys of an account, as they go out. */
  static ArrayNode keysOf(Account account) {
    ArrayNode keys = Json.array();
    account.allPublicKeys().forEach(key -> keys.add(key.toJson()));
    return keys;
  }
}
