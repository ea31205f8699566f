package io.quantchat.infra.database.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a change has asked for; it takes effect once the change has returned, not before. */
final class Writes {

  /** A key that is to go has no value. The last write of a key is the one that counts. */
  private final Map<SpaceKey, byte[]> values = new LinkedHashMap<>();

  void put(String space, byte[] key, byte[] value) {
    if (value == null) {
      throw new NullPointerException("A key without a value: delete it instead.");
    }
    values.put(new SpaceKey(space, key), value);
  }

  void delete(String space, byte[] key) {
    values.put(new SpaceKey(space, key), null);
  }

  /** Each key with its new value, or null. */
  Map<SpaceKey, byte[]> values() {
    return values;
  }
}
