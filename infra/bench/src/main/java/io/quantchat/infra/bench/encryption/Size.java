package io.quantchat.infra.bench.encryption;

import io.quantchat.client.json.Json;
import io.quantchat.crypto.OfferedPrekey;
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
  private static final int TAKEN = 5;

  static List<Size> all(Instant instant, SecureRandom random) {
    var v1 = new Exchange(Suite.V1, instant, random);
    var v2 = new Exchange(Suite.V2, instant, random);
    return List.of(
        new Size("v1: message of 200 characters", v1.send().length, Optional.of(1_300)),
        new Size("v2: message of 200 characters", v2.send().length, Optional.of(7_500)),
        new Size("bundle", of(v2.reader().bundle.toMap()), Optional.empty()),
        new Size("128 prekeys, uploaded", of(v2.batch().toMap()), Optional.empty()),
        new Size("bundle and 5 prekeys, taken", of(taken(v2)), Optional.empty()));
  }

  /** The key directory's answer. */
  private static Map<String, Object> taken(Exchange exchange) {
    var answer = new HashMap<String, Object>();
    answer.put("user_id", exchange.reader().userId.toString());
    answer.put("bundle", exchange.reader().bundle.toMap());
    answer.put(
        "one_time_prekeys",
        exchange.batch().offers().subList(0, TAKEN).stream().map(OfferedPrekey::toMap).toList());
    answer.put("last_resort_key_id", null);
    return answer;
  }

  private static int of(Map<String, Object> object) {
    return Json.write(object).length;
  }
}
