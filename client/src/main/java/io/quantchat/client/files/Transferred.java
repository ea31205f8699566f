package io.quantchat.client.files;

import io.quantchat.client.store.FileStore.Kept;

/** Is told how far files are. */
public interface Transferred {

  /**
   * A file has moved on.
   *
   * @param bytes of the sealed file that have moved, those before included
   */
  void moved(Kept file, long bytes);
}
