package io.quantchat.lives;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.keys.KeyOwner;
import java.time.Instant;
import java.util.Optional;

/** The keys of somebody's one device. */
final class KeyDevice {

  private final KeyOwner owner;
  private Optional<ObjectNode> bundle = Optional.empty();
  private boolean isPublished;

  KeyDevice(String userId) {
    owner = new KeyOwner(userId);
  }

  boolean isPublished() {
    return isPublished;
  }

  void published() {
    isPublished = true;
  }

  /** The same until it is published. */
  ObjectNode bundle(Instant now) {
    if (bundle.isEmpty()) {
      bundle = Optional.of(KeyOwner.json(owner.bundle(1, now)));
    }
    return bundle.get();
  }

  ObjectNode batch(Instant now) {
    return KeyOwner.json(owner.batch(8, now));
  }
}
