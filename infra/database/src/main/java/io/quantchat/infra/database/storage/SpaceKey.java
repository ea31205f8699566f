package io.quantchat.infra.database.storage;

import java.util.Arrays;

/** A key in a space, equal by its bytes. */
record SpaceKey(String space, byte[] key) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SpaceKey that
        && space.equals(that.space)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * space.hashCode() + Arrays.hashCode(key);
  }
}
