package io.quantchat.keys;

import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Hands out one-time prekeys, each once: it is claimed before it is given away, and a claim is
 * never taken back. Who dies in between has wasted it.
 */
final class Handouts {

  /**
   * The claims of one hand-out.
   *
   * @param claims none of them empty
   * @param batches as they are now
   */
  private record Claimed(List<Claim> claims, Collection<Batch> batches) {}

  private final BatchStore batches;
  private final PrekeyStore prekeys;
  private final ConnectionStore connections;
  private final Pushes pushes;

  /** The handing out from a host's tables. */
  static Handouts of(Host host) {
    return new Handouts(
        BatchStore.of(host), PrekeyStore.of(host), ConnectionStore.of(host), Pushes.of(host));
  }

  private Handouts(
      BatchStore batches, PrekeyStore prekeys, ConnectionStore connections, Pushes pushes) {
    this.batches = batches;
    this.prekeys = prekeys;
    this.connections = connections;
    this.pushes = pushes;
  }

  /**
   * Hands out prekeys of an account, the oldest first, and tells the account when few are left.
   *
   * <p>One round trip: what is likely to be claimed is read while it is claimed. Two, where others
   * claim from the same account in the same moment; no claim waits for another.
   *
   * @param good the batches to take from, as they were a moment ago
   * @return as many as were wanted, or as there were
   */
  List<StoredPrekey> handOut(String userId, List<Batch> good, int wanted) {
    List<Claim> likely = plan(good, wanted);
    if (likely.isEmpty()) {
      return List.of();
    }
    Future<Claimed> claiming = Parallel.start(() -> claim(good, wanted));
    Optional<Future<List<Connection>>> sockets =
        Stock.of(good).oneTime() - wanted < Stock.LOW
            ? Optional.of(Parallel.start(() -> connections.openOf(userId, Read.EVENTUAL)))
            : Optional.empty();
    Map<Place, StoredPrekey> read = new HashMap<>(prekeys.find(placesOf(likely), Read.EVENTUAL));
    Claimed claimed = Parallel.await(claiming);
    List<Place> places = placesOf(claimed.claims());
    List<Place> unread = places.stream().filter(place -> !read.containsKey(place)).toList();
    if (!unread.isEmpty()) {
      read.putAll(prekeys.find(unread, Read.CONSISTENT));
    }
    tellIfFewAreLeft(userId, claimed, sockets);
    return places.stream().map(place -> existing(read, place)).toList();
  }

  private Claimed claim(List<Batch> good, int wanted) {
    var known = new LinkedHashMap<String, Batch>();
    good.forEach(batch -> known.put(batch.batchId(), batch));
    var claims = new ArrayList<Claim>();
    int missing = wanted;
    List<Claim> plan = plan(good, wanted);
    // Ends: a claim that fails says how few are left, so that the next plan asks for fewer.
    while (!plan.isEmpty()) {
      for (Claim claim : Parallel.map(plan, this::claim)) {
        known.put(claim.before().batchId(), claim.after());
        if (claim.count() > 0) {
          claims.add(claim);
          missing -= claim.count();
        }
      }
      plan = plan(known.values(), missing);
    }
    return new Claimed(claims, known.values());
  }

  private Claim claim(Claim planned) {
    return batches.claim(planned.before(), planned.count());
  }

  /** The claims to make of each batch, as far as is known. */
  private static List<Claim> plan(Collection<Batch> known, int wanted) {
    var plan = new ArrayList<Claim>();
    int missing = wanted;
    for (Batch batch : known) {
      int count = Math.min(batch.left(), missing);
      if (count > 0) {
        plan.add(new Claim(batch, count));
        missing -= count;
      }
    }
    return plan;
  }

  private static List<Place> placesOf(List<Claim> claims) {
    return claims.stream().flatMap(claim -> claim.places().stream()).toList();
  }

  private static StoredPrekey existing(Map<Place, StoredPrekey> read, Place place) {
    StoredPrekey prekey = read.get(place);
    if (prekey == null) {
      throw new IllegalStateException(
          "A batch was opened without its prekey of index " + place.index());
    }
    return prekey;
  }

  /** With each that is claimed below the mark: a push may be lost, and the next one tells again. */
  private void tellIfFewAreLeft(
      String userId, Claimed claimed, Optional<Future<List<Connection>>> lookedUp) {
    Stock left = Stock.of(claimed.batches());
    if (claimed.claims().isEmpty() || !left.isLow()) {
      return;
    }
    List<Connection> sockets =
        lookedUp.map(Parallel::await).orElseGet(() -> connections.openOf(userId, Read.EVENTUAL));
    pushes.post(
        sockets, new Event(Event.Type.PREKEYS_LOW, Json.object().put("one_time", left.oneTime())));
  }
}
