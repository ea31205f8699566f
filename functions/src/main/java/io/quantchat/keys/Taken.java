package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.util.List;

/**
 * The keys that somebody needs to write to an account.
 *
 * @param bundle the account's
 * @param prekeys one-time ones that nobody else has been given and nobody will be; empty where
 *     there were none
 */
record Taken(PublishedBundle bundle, List<ObjectNode> prekeys) {

  /**
   * As it goes out. The last-resort key is named only where it is to be used, and by its id: the
   * key itself is in the bundle, signed.
   */
  ObjectNode toJson() {
    ObjectNode json = Json.object().put("user_id", bundle.userId());
    json.set("bundle", bundle.json());
    json.putArray("one_time_prekeys").addAll(prekeys);
    return json.put("last_resort_key_id", prekeys.isEmpty() ? bundle.lastResort() : null);
  }
}
