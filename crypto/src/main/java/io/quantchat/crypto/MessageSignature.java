package io.quantchat.crypto;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One signature on a message.
 *
 * @param time when it was made, milliseconds; it is signed, too
 */
public record MessageSignature(Signature signature, Instant time) {

  private static final String TIMESTAMP = "timestamp";

  public MessageSignature {
    WireTime.requireMilliseconds(time);
  }

  SignatureAlgorithm algorithm() {
    return signature.algorithm();
  }

  /** As it goes out. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<>(signature.toMap());
    map.put(TIMESTAMP, WireTime.format(time));
    return map;
  }

  /** Reads a list; unlike on bundles, no algorithm is passed over. */
  static List<MessageSignature> listFrom(WireFields fields, String name) {
    return fields.objects(name, Signature.MOST).stream()
        .map(one -> new MessageSignature(Signature.from(one), one.time(TIMESTAMP)))
        .toList();
  }
}
