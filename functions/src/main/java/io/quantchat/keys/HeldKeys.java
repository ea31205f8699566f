package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import java.util.List;

/** What the directory holds of an account, as its owner gets it with all else that is held. */
public final class HeldKeys {

  private final BundleStore bundles;
  private final BatchStore batches;

  /** The directory in a host's tables. */
  public static HeldKeys of(Host host) {
    return new HeldKeys(BundleStore.of(host), BatchStore.of(host));
  }

  private HeldKeys(BundleStore bundles, BatchStore batches) {
    this.bundles = bundles;
    this.batches = batches;
  }

  /** The newest bundle, and of each batch of prekeys how many were handed out. */
  public ObjectNode of(String userId) {
    var bundle = Parallel.start(() -> bundles.find(userId, Read.CONSISTENT));
    List<Batch> all = batches.allOf(userId, Read.CONSISTENT);
    ObjectNode json = Json.object();
    json.set("bundle", Parallel.await(bundle).map(PublishedBundle::json).orElse(null));
    ArrayNode list = json.putArray("prekey_batches");
    all.forEach(batch -> list.add(json(batch)));
    return json;
  }

  private static ObjectNode json(Batch batch) {
    return Json.object()
        .put("batch_id", batch.batchId())
        .put("created_at", Times.format(batch.created()))
        .put("expires_at", Times.format(batch.goodUntil()))
        .put("size", batch.size())
        .put("handed_out", batch.handedOut());
  }
}
