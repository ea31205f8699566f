package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** Writes to the storage. Each call is one change: all of it is there afterwards, or nothing. */
final class Writer {

  private final Storage storage;

  Writer(Storage storage) {
    this.storage = storage;
  }

  /** Writes one item if its condition holds. */
  Write.Effect write(Write write) {
    return storage.change(
        change -> {
          Write.Effect effect = write.on(change);
          if (effect.holds()) {
            write.apply(effect, change);
          }
          return effect;
        });
  }

  /** Writes all items if the conditions of all hold. */
  List<Write.Effect> writeAll(List<Write> writes) {
    return storage.change(
        change -> {
          List<Write.Effect> effects = new ArrayList<>(writes.size());
          boolean holds = true;
          for (Write write : writes) {
            Write.Effect effect = write.on(change);
            effects.add(effect);
            holds &= effect.holds();
          }
          for (int i = 0; holds && i < effects.size(); i++) {
            writes.get(i).apply(effects.get(i), change);
          }
          return effects;
        });
  }
}
