package io.quantchat.infra.database.storage;

import java.nio.file.Path;

/** What is stored isn't what was answered: it has been altered, cut or put together of parts. */
public final class DamagedException extends StorageException {

  DamagedException(Path folder, String what, Throwable cause) {
    super(
        "The database in %s is damaged (%s): put a backup into an empty folder, or begin anew"
                .formatted(folder, what)
            + " with another folder.",
        cause);
  }

  DamagedException(Path folder, String what) {
    this(folder, what, null);
  }

  private DamagedException(DamagedException known) {
    super(known.getMessage(), known);
  }

  @Override
  StorageException again() {
    return new DamagedException(this);
  }
}
