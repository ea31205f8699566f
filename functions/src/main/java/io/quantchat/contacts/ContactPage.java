package io.quantchat.contacts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.AnswerBudget;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some of an account's contacts, and where to go on.
 *
 * @param contacts as they go out
 * @param next the id behind which the next page begins; none on the last
 */
record ContactPage(ArrayNode contacts, Optional<String> next) {

  /** The most contacts of a page: what one batch reads. */
  static final int MOST = ContactStore.BATCH;

  /**
   * A page of as many as there is room for.
   *
   * @param peers of a stretch of contacts; one whose account is gone is missing
   * @param stretch those contacts
   * @param withKeys whether each has its keys
   */
  static ContactPage of(
      List<Peer> peers, ContactStore.Stretch stretch, boolean withKeys, Instant now) {
    var budget = new AnswerBudget(WholeList.LARGEST);
    ArrayNode contacts = Json.array();
    Optional<String> before = Optional.empty();
    for (Peer peer : peers) {
      ObjectNode entry = withKeys ? peer.toJson(now) : peer.toJsonWithoutKeys(now);
      // The first always fits: else nothing would ever get past it.
      if (!budget.takes(entry) && before.isPresent()) {
        return new ContactPage(contacts, before);
      }
      contacts.add(entry);
      before = Optional.of(peer.contact().contactId());
    }
    return new ContactPage(
        contacts,
        stretch.isLast() ? Optional.empty() : Optional.of(stretch.entries().getLast().contactId()));
  }

  /** The answer. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.set("contacts", contacts);
    return json.put("next_cursor", next.orElse(null));
  }
}
