package io.quantchat.infra.local.database;

import java.nio.file.Path;

/** Where the tables live. */
public sealed interface Place {

  /** In memory: they are gone when the process is. */
  record Memory() implements Place {}

  /** In a folder of this machine, kept from one start to the next. */
  record Folder(Path path) implements Place {}

  /**
   * In a database that runs elsewhere.
   *
   * @param creation whether tables that it lacks are to be made
   */
  record Elsewhere(DatabaseUrl url, Creation creation) implements Place {}

  /** What to do about tables that aren't there. */
  enum Creation {
    ON_REQUEST,
    NEVER
  }
}
