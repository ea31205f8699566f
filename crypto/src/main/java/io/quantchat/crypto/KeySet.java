package io.quantchat.crypto;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of an account. Of each algorithm at most one is active: the primary key, the one
 * to use.
 *
 * @param keys sorted by id
 */
public record KeySet(List<ListedKey> keys) {

  /** Five algorithms' worth of keys over a rotation or two. */
  static final int MOST = 32;

  /**
   * Sorts them.
   *
   * @throws RefusedException EXTENDED for too many, WRONG_KEY for an id twice or two active keys of
   *     one algorithm
   */
  public KeySet {
    keys = keys.stream().sorted(Comparator.comparing(key -> key.id().text())).toList();
    RefusedException.require(keys.size() <= MOST, Refusal.EXTENDED, "keys");
    var ids = new HashSet<KeyId>();
    var active = new HashSet<String>();
    for (ListedKey key : keys) {
      RefusedException.require(ids.add(key.id()), Refusal.WRONG_KEY, "keys");
      RefusedException.require(
          key.status() != KeyStatus.ACTIVE || active.add(key.algorithm()),
          Refusal.WRONG_KEY,
          "keys");
    }
  }

  /** The active key of an algorithm. */
  public Optional<ListedKey> primary(KeyAlgorithm algorithm) {
    return keys.stream()
        .filter(key -> key.status() == KeyStatus.ACTIVE && key.is(algorithm))
        .findFirst();
  }

  /** The key of this name, whatever its status. */
  Optional<ListedKey> find(KeyId id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  Transcript transcript() {
    var list = new Transcript();
    keys.forEach(key -> list.add(key.transcript()));
    return list;
  }
}
