package io.quantchat.client;

import io.quantchat.client.wire.Wire;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.crypto.SignedBundle;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The key directory's contract, in memory, where tests can tamper with it. */
final class KeyDirectoryStandIn {

  private static final int LOW = 20;

  private final Map<UUID, SignedBundle> bundles = new ConcurrentHashMap<>();
  private final Map<UUID, Deque<OfferedPrekey>> prekeys = new ConcurrentHashMap<>();
  private final Set<UUID> batches = new HashSet<>();

  /** Replaces what is given for somebody, as a server that cheats would. */
  void tamper(UUID userId, SignedBundle bundle) {
    bundles.put(userId, bundle);
    prekeys.put(userId, new ArrayDeque<>());
  }

  SignedBundle bundle(UUID userId) {
    return bundles.get(userId);
  }

  Deque<OfferedPrekey> prekeysOf(UUID userId) {
    return prekeys.computeIfAbsent(userId, none -> new ArrayDeque<>());
  }

  synchronized Answer handle(String method, String path, String query, String body, UUID caller) {
    String[] parts = path.split("/", -1);
    if (path.equals("/keys/bundle") && method.equals("PUT")) {
      return publish(SignedBundle.fromMap(map(body)), caller);
    }
    if (path.equals("/keys/prekeys") && method.equals("POST")) {
      return upload(PrekeyBatch.fromMap(map(body)), caller);
    }
    if (path.equals("/keys/prekeys/count")) {
      int left = prekeysOf(caller).size();
      return new Answer(200, Map.of("one_time", left, "low", left < LOW));
    }
    UUID target = UUID.fromString(parts[2]);
    if (bundles.get(target) == null) {
      return new Answer(404, Map.of("detail", "There are no keys of this account."));
    }
    return parts.length == 4 ? bundle(target, query) : take(target, query);
  }

  private Answer publish(SignedBundle bundle, UUID caller) {
    long version = bundles.containsKey(caller) ? bundles.get(caller).bundle().version() : 0;
    if (bundle.bundle().version() != version + 1) {
      return new Answer(409, Map.of("detail", "Another version is here."));
    }
    bundle.verify(Instant.now());
    bundles.put(caller, bundle);
    return new Answer(200, Map.of());
  }

  private Answer upload(PrekeyBatch batch, UUID caller) {
    batch.verify(bundles.get(caller).bundle().identity());
    boolean isNew = batches.add(batch.batchId());
    if (isNew) {
      prekeysOf(caller).addAll(batch.offers());
    }
    return new Answer(isNew ? 201 : 200, Map.of());
  }

  private Answer bundle(UUID target, String query) {
    SignedBundle bundle = bundles.get(target);
    boolean unchanged = ("if_version=" + bundle.bundle().version()).equals(query);
    return unchanged ? new Answer(304, Map.of()) : new Answer(200, bundle.toMap());
  }

  private Answer take(UUID target, String query) {
    int wanted = Integer.parseInt(query.substring("take=".length()));
    List<Object> taken = new ArrayList<>();
    while (taken.size() < wanted && !prekeysOf(target).isEmpty()) {
      taken.add(prekeysOf(target).poll().toMap());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_id", target.toString());
    body.put("bundle", bundles.get(target).toMap());
    body.put("one_time_prekeys", taken);
    return new Answer(200, body);
  }

  private static Map<String, Object> map(String body) {
    return Wire.read(body).flatMap(Wire::object).orElseThrow();
  }

  record Answer(int status, Map<String, Object> body) {}
}
