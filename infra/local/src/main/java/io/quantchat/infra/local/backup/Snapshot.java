package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Tables that can be copied while others write to them. */
@FunctionalInterface
public interface Snapshot {

  /**
   * Writes what is stored, as of one moment.
   *
   * @param file isn't there yet; nor is it if this throws
   */
  void write(Path file) throws IOException;
}
