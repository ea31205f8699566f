package io.quantchat.infra.bench.encryption;

import io.quantchat.client.json.Json;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.Suite;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes of JSON that travel.
 *
 * @param aim bytes that it is to take at most
 */
record Size(String name, int bytes, Optional<Integer> aim) {

  /** So many prekeys a client takes at once. */
  private static final int TAKEN = OfferedPrekeys.MOST;

  static List<Size> all(Instant instant, SecureRandom random) {
    var v1 = new Exchange(Suite.V1, instant, random);
    var v2 = new Exchange(Suite.V2, instant, random);
    return List.of(
        new Size("v1: message of 200 characters", v1.send().length, Optional.of(1_300)),
        new Size("v2: message of 200 characters", v2.send().length, Optional.of(7_500)),
        new Size("bundle", of(v2.reader().bundle.toMap()), Optional.empty()),
        new Size("128 prekeys, uploaded", of(v2.batch().toMap()), Optional.empty()),
        new Size("bundle and 5 prekeys, taken", of(taken(v2, true)), Optional.of(24_500)),
        new Size("5 prekeys, taken", of(taken(v2, false)), Optional.of(14_900)));
  }

  /** The key directory's answer. */
  private static Map<String, Object> taken(Exchange exchange, boolean withBundle) {
    Account reader = exchange.reader();
    var offered = new OfferedPrekeys(reader.userId, exchange.batch().offers().subList(0, TAKEN));
    var answer = new HashMap<>(offered.toMap());
    answer.put("bundle", withBundle ? reader.bundle.toMap() : null);
    answer.put("last_resort_key_id", null);
    return answer;
  }

  private static int of(Map<String, Object> object) {
    return Json.write(object).length;
  }
}
