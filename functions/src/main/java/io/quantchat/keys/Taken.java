package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that somebody needs to write to an account.
 *
 * @param bundle the account's
 * @param prekeys one-time ones that nobody else has been given and nobody will be; empty where
 *     there were none
 */
record Taken(PublishedBundle bundle, List<StoredPrekey> prekeys) {

  private static final String PATH = "path";

  /**
   * As it goes out. The last-resort key is named only where it is to be used, and by its id: the
   * key itself is in the bundle, signed. Of a batch, what its prekeys share goes out once.
   *
   * @param known the version of the bundle that whoever asks has: then it isn't sent again
   */
  ObjectNode toJson(Optional<Long> known) {
    ObjectNode json = Json.object().put("user_id", bundle.userId());
    if (known.filter(version -> version == bundle.version()).isPresent()) {
      json.putNull("bundle");
    } else {
      json.set("bundle", bundle.json());
    }
    putPrekeys(json.putArray("batches"), json.putArray("one_time_prekeys"));
    return json.put("last_resort_key_id", prekeys.isEmpty() ? bundle.lastResort() : null);
  }

  private void putPrekeys(ArrayNode batches, ArrayNode all) {
    var names = new ArrayList<String>();
    Optional<Place> before = Optional.empty();
    for (StoredPrekey prekey : prekeys) {
      Place place = prekey.place();
      if (!names.contains(place.batchName())) {
        names.add(place.batchName());
        batches.add(prekey.batch().deepCopy().without("user_id"));
      }
      ObjectNode json = Json.object().put("batch", names.indexOf(place.batchName()));
      json.setAll(prekey.own());
      before
          .filter(one -> one.batchName().equals(place.batchName()))
          .ifPresent(
              one -> json.set(PATH, beginning(json.withArray(PATH), one.index() ^ place.index())));
      all.add(json);
      before = Optional.of(place);
    }
  }

  /** The hashes of a path that aren't in the path of another leaf, too. */
  private static ArrayNode beginning(ArrayNode path, int differingBits) {
    ArrayNode beginning = Json.array();
    int size = Integer.SIZE - Integer.numberOfLeadingZeros(differingBits);
    for (int height = 0; height < size; height++) {
      beginning.add(path.get(height));
    }
    return beginning;
  }
}
